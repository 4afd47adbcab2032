#pragma once

#include <filesystem>
#include <string_view>

#include "muster/decide/contact_history.hpp"

namespace muster {

/// Adds the contacts of a CSV text (RFC 4180, UTF-8) to a history. The first line names the
/// columns, in any order: `user`, `at` (RFC 3339: "2026-03-01T09:30:00+08:00"), `policy` and
/// `channel` (ids) must be there; `outcome` (a name, or empty), `cost` (a number from 0 to
/// max_money), `account` and `household` may be. The last account and the last household that a
/// line names for a user count; an empty cell names none. Fails with csv_syntax, missing_column,
/// unknown_column, duplicate_name and bad_cell, naming line and column; what was read until then is
/// in the history.
MUSTER_EXPORT Result<void> read_history_csv(std::string_view text, MemoryHistory& history);
/// The same of a file; fails with io besides.
MUSTER_EXPORT Result<void> read_history_csv_file(const std::filesystem::path& file,
                                                 MemoryHistory& history);

}  // namespace muster
