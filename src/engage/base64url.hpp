#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace muster {

/// Base 64 with the alphabet that is safe in URLs, without padding (RFC 4648, section 5).
std::string to_base64url(std::string_view bytes);

/// Nothing for other letters, an impossible length, or bits past the last byte that are not zero:
/// bytes have one text.
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace muster
