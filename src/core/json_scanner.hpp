#pragma once

#include <cstddef>
#include <string_view>

#include "muster/core/error.hpp"

namespace muster {

/// Lists where the tokens of a JSON text stand. It does not check: the text up to and including
/// the token asked for must have been found right by a parser.
class JsonScanner {
 public:
  JsonScanner(std::string_view text, std::size_t begin) : text_(text), at_(begin) {}

  /// The next bracket, string, number or word; commas and colons do not count.
  ByteRange next() noexcept;

 private:
  void skip_space() noexcept;
  std::string_view text_;
  std::size_t at_;
};

/// Where in `raw`, the inside of a JSON string as written, the byte `offset` of the decoded
/// string comes from. In the middle of an escaped character: its beginning, or (`after`) its end.
std::size_t encoded_offset(std::string_view raw, std::size_t offset, bool after) noexcept;

}  // namespace muster
