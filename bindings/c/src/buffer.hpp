#pragma once

#include <string_view>

#include "muster.h"

namespace muster::c {

/// Makes a buffer hold these bytes and a NUL behind them; its memory is used again. Throws
/// bad_alloc, and then leaves it as it was.
void fill(muster_buffer& buffer, std::string_view bytes);

}  // namespace muster::c
