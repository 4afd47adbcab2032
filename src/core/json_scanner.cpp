#include "core/json_scanner.hpp"

#include <algorithm>
#include <charconv>

namespace muster {
namespace {

unsigned hex4(std::string_view raw, std::size_t at) {
  unsigned value = 0;
  std::from_chars(raw.data() + at, raw.data() + std::min(at + 4, raw.size()), value, 16);
  return value;
}

struct Step {
  std::size_t raw, decoded;
};

// Bytes of one character's escape (or of one plain byte) as written and as decoded.
Step step_at(std::string_view raw, std::size_t at) {
  if (raw[at] != '\\') return {1, 1};
  if (raw[at + 1] != 'u') return {2, 1};
  const unsigned code = hex4(raw, at + 2);
  if (code >= 0xd800 && code < 0xdc00) return {12, 4};
  if (code < 0x80) return {6, 1};
  return {6, code < 0x800 ? 2u : 3u};
}

}  // namespace

void JsonScanner::skip_space() noexcept {
  for (;;) {
    at_ = std::min(text_.find_first_not_of(" \t\r\n,:", at_), text_.size());
    const std::string_view rest = text_.substr(at_, 2);
    if (rest == "//") {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (rest == "/*") {
      at_ = std::min(text_.find("*/", at_ + 2), text_.size() - 2) + 2;
    } else {
      return;
    }
  }
}

ByteRange JsonScanner::next() noexcept {
  skip_space();
  const std::size_t begin = at_;
  if (at_ == text_.size()) return {begin, begin};
  const char first = text_[at_++];
  if (first == '"') {
    while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
    at_ = std::min(at_ + 1, text_.size());
  } else if (std::string_view("{}[]").find(first) == std::string_view::npos) {
    at_ = std::min(text_.find_first_of(" \t\r\n,:]}/", at_), text_.size());
  }
  return {begin, at_};
}

std::size_t encoded_offset(std::string_view raw, std::size_t offset, bool after) noexcept {
  std::size_t at = 0;
  for (std::size_t decoded = 0; at < raw.size() && decoded < offset;) {
    const Step step = step_at(raw, at);
    if (!after && decoded + step.decoded > offset) break;
    decoded += step.decoded;
    at += step.raw;
  }
  return std::min(at, raw.size());
}

}  // namespace muster
