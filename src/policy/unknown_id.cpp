#include "policy/unknown_id.hpp"

#include <fmt/format.h>

#include "core/diagnostics.hpp"
#include "core/suggest.hpp"

namespace muster {
namespace {

template <class Owners>
Error unknown_id(Errc code, std::string_view what, std::string_view id, const Owners& owners) {
  Suggestion meant(id);
  for (const auto& owner : owners) meant.offer(owner.id);
  Diagnostic found;
  found.message = fmt::format("the catalogue has no {} {}", what, in_quotes(id));
  found.suggestion = meant.best();
  return {code, full_message(found), {}};
}

}  // namespace

Error unknown_policy(const Catalogue& catalogue, std::string_view id) {
  return unknown_id(Errc::unknown_policy, "policy", id, catalogue.policies());
}

Error unknown_channel(const Catalogue& catalogue, std::string_view id) {
  return unknown_id(Errc::unknown_channel, "channel", id, catalogue.channels());
}

}  // namespace muster
