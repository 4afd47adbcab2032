#include "policy/unknown_id.hpp"

#include "core/unknown_name.hpp"

namespace muster {
namespace {

template <class Owners>
Error unknown_id(Errc code, std::string_view what, std::string_view id, const Owners& owners) {
  return {code,
          unknown_name(what, id, owners,
                       [](const auto& owner) -> std::string_view { return owner.id; }),
          {}};
}

}  // namespace

Error unknown_policy(const Catalogue& catalogue, std::string_view id) {
  return unknown_id(Errc::unknown_policy, "the catalogue has no policy", id, catalogue.policies());
}

Error unknown_channel(const Catalogue& catalogue, std::string_view id) {
  return unknown_id(Errc::unknown_channel, "the catalogue has no channel", id,
                    catalogue.channels());
}

}  // namespace muster
