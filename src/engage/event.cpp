#include "muster/engage/event.hpp"

#include <array>

namespace muster {
namespace {

constexpr std::array<std::string_view, event_kinds> kind_names{
    "decision",  "task",     "contact", "answer", "dispatch", "expiry",
    "placement", "hand_off", "sheet",   "token",  "note"};
constexpr std::array<std::string_view, shared_fields> field_names{
    "none", "intent", "recommendation", "trail", "order"};

}  // namespace

std::string_view name(EventKind kind) noexcept {
  return kind_names[static_cast<std::size_t>(kind)];
}
std::string_view name(SharedField field) noexcept {
  return field_names[static_cast<std::size_t>(field)];
}

std::optional<SharedField> find_shared_field(std::string_view name) noexcept {
  for (std::size_t i = 0; i < shared_fields; ++i) {
    if (field_names[i] == name) return static_cast<SharedField>(i);
  }
  return std::nullopt;
}

}  // namespace muster
