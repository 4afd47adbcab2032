#include "core/json_syntax_error.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <boost/json/error.hpp>
#include <optional>

#include "core/diagnostics.hpp"
#include "core/json_document.hpp"
#include "core/utf8.hpp"

namespace muster {
namespace {

char last_sign_before(std::string_view text) {
  const std::size_t at = text.find_last_not_of(" \t\r\n");
  return at == text.npos ? '\0' : text[at];
}

std::string unexpected(std::string_view source, std::size_t at) {
  const char c = source[at];
  const std::string_view character = source.substr(at, decode_utf8(source, at).size);
  if (c == '\n' || c == '\r') return "a string may not span lines; is its closing quote missing?";
  if (is_control(static_cast<unsigned char>(c))) {
    return fmt::format("the control character U+{:04X} must be escaped in a string", c);
  }
  if (c == '\'') return "strings and keys take double quotes";
  if ((c == '}' || c == ']') && last_sign_before(source.substr(0, at)) == ',') {
    return fmt::format("a comma may not stand before '{}'", c);
  }
  return fmt::format("unexpected {}", in_quotes(character));
}

// The \uXXXX that the parser stumbled over somewhere near `at`, if it was one.
std::optional<ByteRange> bad_escape(std::string_view source, std::size_t at,
                                    const boost::system::error_code& code) {
  using boost::json::error;
  const std::size_t begin = source.rfind("\\u", at);
  if (begin == source.npos || at - begin > 6) return std::nullopt;
  const std::string_view written = source.substr(begin, 6);
  const bool half = written.size() == 6 && (written[2] | 0x20) == 'd' && written[3] >= '8';
  if (code == error::syntax && !half) return std::nullopt;
  return ByteRange{begin, begin + std::min(written.size(), written.find('"'))};
}

}  // namespace

Error json_error(Errc code, ByteRange range, std::string message) {
  return to_error({{Severity::error, code, range, std::move(message), {}}});
}

Error json_syntax_error(std::string_view source, std::size_t at,
                        const boost::system::error_code& code) {
  using boost::json::error;
  const std::size_t size = at < source.size() ? decode_utf8(source, at).size : 0;
  const ByteRange range{at, at + size};
  if (code == error::too_deep) {
    return json_error(Errc::limit, range,
                      fmt::format("nested deeper than {} levels", JsonDocument::max_depth));
  }
  if (code == error::incomplete || at == source.size()) {
    return json_error(Errc::json_syntax, {source.size(), source.size()}, "the text ends too early");
  }
  if (code == error::exponent_overflow) {
    return json_error(Errc::json_syntax, range, "the number is too large");
  }
  if (const std::optional<ByteRange> escape = bad_escape(source, at, code)) {
    return json_error(Errc::json_syntax, *escape, "the \\u escape is not a character");
  }
  return json_error(Errc::json_syntax, range, unexpected(source, at));
}

}  // namespace muster
