#pragma once

#include <string_view>

namespace muster {

/// What every record begins with.
inline constexpr std::string_view record_magic("MUSTDEC\0", 8);
/// Bytes of the checksum at its end.
inline constexpr std::size_t record_checksum_bytes = 8;

}  // namespace muster
