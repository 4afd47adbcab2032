#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace muster {

using Signature = std::array<std::uint8_t, 32>;

/// HMAC-SHA-256 (RFC 2104); false where the crypto library fails. REQUIRES: a secret that is not
/// longer than an int counts.
bool sign_hmac(std::string_view secret, std::string_view message, Signature& signature) noexcept;

/// Takes as long wherever they differ.
bool equal_in_constant_time(const Signature& left, std::string_view right) noexcept;

}  // namespace muster
