#include "engage/base64url.hpp"

#include <cstdint>

namespace muster {
namespace {

constexpr std::string_view base64url_letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

}  // namespace

std::string to_base64url(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() * 4 + 2) / 3);
  std::uint32_t bits = 0;
  int have = 0;
  for (const char byte : bytes) {
    bits = bits << 8 | static_cast<std::uint8_t>(byte);
    for (have += 8; have >= 6; have -= 6) text += base64url_letters[bits >> (have - 6) & 63];
  }
  if (have > 0) text += base64url_letters[bits << (6 - have) & 63];
  return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() * 3 / 4);
  std::uint32_t bits = 0;
  int have = 0;
  for (const char letter : text) {
    const std::size_t value = base64url_letters.find(letter);
    if (value == base64url_letters.npos) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    have += 6;
    if (have < 8) continue;
    have -= 8;
    bytes += static_cast<char>(bits >> have & 0xff);
  }
  const bool one_text = have < 6 && (bits & ((1U << have) - 1)) == 0;
  if (!one_text) return std::nullopt;
  return bytes;
}

}  // namespace muster
