#pragma once

#include <cstddef>

#include "muster/tags/user_table.hpp"

namespace muster {

/// Whether a tag can have this value: its type, its dictionary, NULL only where it is nullable,
/// dates of the calendar, a set's codes ascending. `row` counts users from 0, for the message.
Result<void> check_cell(const Tag& tag, const Cell& cell, std::size_t row);

/// The same for a whole column, which must hold `size` values by suitable pointers; `first_row`
/// is the row of its first user.
Result<void> check_column(const Tag& tag, const ColumnView& column, std::size_t size,
                          std::size_t first_row);

}  // namespace muster
