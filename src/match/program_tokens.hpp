#pragma once

#include <cstddef>
#include <cstdint>

/// The bytes that boolean programs are made of; see ProgramList.
namespace muster::program_token {

// First bytes of a token. Literals are numbered from 0 within each form and start where the
// shorter form ends, so that every literal has exactly one spelling.
constexpr std::uint8_t close_token = 0;
constexpr std::uint8_t open_token = 1;
constexpr std::uint8_t short_token = 2;     // the literal is the byte minus this
constexpr std::uint8_t double_token = 202;  // one more byte
constexpr std::uint8_t triple_token = 254;  // two more bytes
constexpr std::uint8_t long_token = 255;    // four more bytes

constexpr std::uint32_t double_base = double_token - short_token;
constexpr std::uint32_t triple_base = double_base + (triple_token - double_token) * 256u;
constexpr std::uint32_t long_base = triple_base + 65536u;

constexpr std::size_t token_size(std::uint8_t first) noexcept {
  if (first < double_token) return 1;
  if (first < triple_token) return 2;
  return first == triple_token ? 3 : 5;
}

constexpr std::uint32_t bytes_as_number(const std::uint8_t* at, std::size_t count) noexcept {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < count; ++i) value = value << 8 | at[i];
  return value;
}

constexpr std::uint64_t read_literal(const std::uint8_t* at) noexcept {
  if (*at < double_token) return *at - std::uint64_t{short_token};
  if (*at < triple_token) return double_base + (*at - std::uint64_t{double_token}) * 256 + at[1];
  if (*at == triple_token) return triple_base + bytes_as_number(at + 1, 2);
  return std::uint64_t{long_base} + bytes_as_number(at + 1, 4);
}

// Past the `close` of the group that `at` lies in.
inline const std::uint8_t* skip_group(const std::uint8_t* at) noexcept {
  for (std::size_t nested = 1; nested > 0;) {
    if (*at == open_token) ++nested;
    if (*at == close_token) --nested;
    at += token_size(*at);
  }
  return at;
}

}  // namespace muster::program_token
