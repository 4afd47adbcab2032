#pragma once

#include <string_view>

#include "muster/policy/catalogue.hpp"

/// Finding by name, and refusing what does not belong together.
namespace muster::c {

/// Fails with unknown_tag, and says what was probably meant.
TagId find_tag(const Schema& schema, std::string_view name);
/// Fails with unknown_policy, unknown_channel.
std::size_t find_policy(const Catalogue& catalogue, std::string_view id);
std::size_t find_channel(const Catalogue& catalogue, std::string_view id);
/// Whether a user, by UserView::schema_fingerprint(), is of a schema. Fails with schema_mismatch.
void check_schema(std::uint64_t of_user, const Schema& wanted);

}  // namespace muster::c
