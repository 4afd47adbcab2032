#pragma once

#include "match/one_user.hpp"
#include "match/one_user_tables.hpp"

namespace muster {

/// Lays rules out for a kernel of these costs: brings each into clausal form, chooses its key, and
/// writes tiles of windows and blocks. O(literals of all rules). Fails with cancelled.
Result<OneUserTables> build_one_user(const OneUserInput& input, const OneUserCosts& costs,
                                     const OneUserOptions& options);

}  // namespace muster
