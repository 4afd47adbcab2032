#pragma once

#include "muster/tags/user_table.hpp"

namespace muster {

/// Whether a column, every value of which is right, is as UserTable::save writes it: no NaN, no
/// minus zero, nothing under a NULL, nothing past the last user. Bitmaps come in words of 64 bits.
bool is_as_saved(const ColumnView& column);

}  // namespace muster
