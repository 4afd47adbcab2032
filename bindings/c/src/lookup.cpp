#include "lookup.hpp"

#include <fmt/format.h>

#include "core/diagnostics.hpp"
#include "guard.hpp"
#include "tags/unknown_tag.hpp"

namespace muster::c {
namespace {

std::size_t known(std::size_t found, std::size_t none, Errc code, const char* what,
                  std::string_view id) {
  if (found < none) return found;
  refuse(code, fmt::format("the catalogue has no {} {}", what, in_quotes(id)));
}

}  // namespace

TagId find_tag(const Schema& schema, std::string_view name) {
  const auto found = schema.find(name);
  if (!found) throw Exception(unknown_tag(schema, name));
  return *found;
}

std::size_t find_policy(const Catalogue& catalogue, std::string_view id) {
  return known(catalogue.find(id), catalogue.policies().size(), Errc::unknown_policy, "policy", id);
}

std::size_t find_channel(const Catalogue& catalogue, std::string_view id) {
  return known(catalogue.find_channel(id), catalogue.channels().size(), Errc::unknown_channel,
               "channel", id);
}

void check_schema(std::uint64_t of_user, const Schema& wanted) {
  if (of_user == wanted.fingerprint()) return;
  refuse(Errc::schema_mismatch, "the user is of another schema than the rules");
}

}  // namespace muster::c
