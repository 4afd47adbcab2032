#include "muster/policy/rate_monitor.hpp"

#include <array>

namespace muster {
namespace {

constexpr std::array<std::string_view, watched_rates> watched_rate_names{"success", "refusal",
                                                                         "unreachable", "lateness"};

}  // namespace

std::string_view name(WatchedRate rate) noexcept {
  return watched_rate_names[static_cast<std::size_t>(rate)];
}

}  // namespace muster
