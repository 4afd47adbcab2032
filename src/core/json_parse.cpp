#include <fmt/core.h>

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <limits>

#include "core/diagnostics.hpp"
#include "core/json_document.hpp"
#include "core/json_scanner.hpp"
#include "core/utf8.hpp"

namespace muster {
namespace {

using boost::json::error_code;
using detail::JsonBody;
using detail::JsonRecord;
using Text = boost::json::string_view;

std::uint32_t narrow(std::size_t value) { return static_cast<std::uint32_t>(value); }

// Builds the records from the parser's events; the scanner, in step with them, says where each
// token stands.
class Builder {
 public:
  static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_array_size = max_object_size;
  static constexpr std::size_t max_key_size = max_object_size;
  static constexpr std::size_t max_string_size = max_object_size;

  explicit Builder(JsonBody& body, std::size_t begin) : body_(body), scanner_(body.source, begin) {}

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code&) { return open(JsonKind::object); }
  bool on_object_end(std::size_t size, error_code&) {
    const std::uint32_t object = close(size);
    note_duplicates(object);
    return true;
  }
  bool on_array_begin(error_code&) { return open(JsonKind::array); }
  bool on_array_end(std::size_t size, error_code&) {
    close(size);
    return true;
  }
  bool on_key_part(Text text, std::size_t, error_code&) { return part(text); }
  bool on_key(Text text, std::size_t size, error_code&) {
    const ByteRange range = scanner_.next();
    pending_ = {};
    pending_.key_begin = narrow(range.begin);
    pending_.key_end = narrow(range.end);
    pending_.key_in_pool = keep(text, size, range, pending_.key);
    pending_.key_size = narrow(size);
    return true;
  }
  bool on_string_part(Text text, std::size_t, error_code&) { return part(text); }
  bool on_string(Text text, std::size_t size, error_code&) {
    JsonRecord& record = add(JsonKind::string);
    record.text_in_pool = keep(text, size, {record.begin, record.end}, record.text);
    record.text_size = narrow(size);
    return true;
  }
  bool on_number_part(Text, error_code&) { return true; }
  bool on_int64(std::int64_t value, Text, error_code&) {
    return number(static_cast<double>(value));
  }
  bool on_uint64(std::uint64_t value, Text, error_code&) {
    return number(static_cast<double>(value));
  }
  bool on_double(double value, Text, error_code&) { return number(value); }
  bool on_bool(bool value, error_code&) {
    add(JsonKind::boolean).boolean = value;
    return true;
  }
  bool on_null(error_code&) {
    add(JsonKind::null);
    return true;
  }
  bool on_comment_part(Text, error_code&) { return true; }
  bool on_comment(Text, error_code&) { return true; }

 private:
  JsonRecord& add(JsonKind kind) {
    const ByteRange range = scanner_.next();
    JsonRecord record = std::exchange(pending_, {});
    record.kind = kind;
    record.begin = narrow(range.begin);
    record.end = narrow(range.end);
    record.next = narrow(body_.records.size() + 1);
    return body_.records.emplace_back(record);
  }
  bool open(JsonKind kind) {
    open_.push_back(narrow(body_.records.size()));
    add(kind);
    return true;
  }
  std::uint32_t close(std::size_t size) {
    const std::uint32_t index = open_.back();
    open_.pop_back();
    JsonRecord& record = body_.records[index];
    record.end = narrow(scanner_.next().end);
    record.next = narrow(body_.records.size());
    record.children = narrow(size);
    return index;
  }
  bool number(double value) {
    add(JsonKind::number).number = value;
    return true;
  }
  bool part(Text text) {
    body_.pool.append(text.data(), text.size());
    return true;
  }
  // Escapes make a text shorter than its source, so a text of the same length has none.
  bool keep(Text last_part, std::size_t size, ByteRange source, std::uint32_t& offset) {
    if (last_part.size() == size && source.end - source.begin == size + 2) {
      offset = narrow(source.begin + 1);
      return false;
    }
    part(last_part);
    offset = narrow(body_.pool.size() - size);
    return true;
  }

  void note_duplicates(std::uint32_t object) {
    const std::uint32_t end = body_.records[object].next;
    const bool many = body_.records[object].children > 16;
    boost::unordered_flat_set<std::string_view> set;
    std::string_view few[16];
    std::size_t count = 0;
    for (std::uint32_t i = object + 1; i < end; i = body_.records[i].next) {
      const std::string_view key = detail::key_of(body_, body_.records[i]);
      const bool fresh =
          many ? set.insert(key).second : std::find(few, few + count, key) == few + count;
      if (!fresh) note_duplicate(body_.records[i], key);
      if (!many) few[count++] = key;
    }
  }
  void note_duplicate(const JsonRecord& record, std::string_view key) {
    body_.problems.push_back({Severity::error,
                              Errc::json_duplicate_key,
                              {record.key_begin, record.key_end},
                              fmt::format("the key {} is given twice", in_quotes(key)),
                              {}});
  }

  JsonBody& body_;
  JsonScanner scanner_;
  JsonRecord pending_;  // holds the key of the member that is coming
  std::vector<std::uint32_t> open_;
};

Error fail(Errc code, ByteRange range, std::string message) {
  return to_error({{Severity::error, code, range, std::move(message), {}}});
}

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
                                    const error_code& code) {
  using boost::json::error;
  const std::size_t begin = source.rfind("\\u", at);
  if (begin == source.npos || at - begin > 6) return std::nullopt;
  const std::string_view written = source.substr(begin, 6);
  const bool half = written.size() == 6 && (written[2] | 0x20) == 'd' && written[3] >= '8';
  if (code == error::syntax && !half) return std::nullopt;
  return ByteRange{begin, begin + std::min(written.size(), written.find('"'))};
}

Error syntax_error(std::string_view source, std::size_t at, const error_code& code) {
  using boost::json::error;
  const std::size_t size = at < source.size() ? decode_utf8(source, at).size : 0;
  const ByteRange range{at, at + size};
  if (code == error::too_deep) {
    return fail(Errc::limit, range,
                fmt::format("nested deeper than {} levels", JsonDocument::max_depth));
  }
  if (code == error::incomplete || at == source.size()) {
    return fail(Errc::json_syntax, {source.size(), source.size()}, "the text ends too early");
  }
  if (code == error::exponent_overflow) {
    return fail(Errc::json_syntax, range, "the number is too large");
  }
  if (const std::optional<ByteRange> escape = bad_escape(source, at, code)) {
    return fail(Errc::json_syntax, *escape, "the \\u escape is not a character");
  }
  return fail(Errc::json_syntax, range, unexpected(source, at));
}

// At a slash that begins no comment the parser loses its place.
std::size_t find_lone_slash(std::string_view source, std::size_t begin) {
  JsonScanner scanner(source, begin);
  for (;;) {
    const ByteRange token = scanner.next();
    if (token.begin == token.end || source[token.begin] == '/') return token.begin;
  }
}

}  // namespace

Result<JsonDocument> JsonDocument::parse(std::string_view source, std::size_t max_bytes) {
  max_bytes = std::min<std::size_t>(max_bytes, std::numeric_limits<std::uint32_t>::max());
  if (source.size() > max_bytes) {
    return fail(Errc::limit, {},
                fmt::format("{} bytes of JSON are more than max_catalogue_bytes, {}", source.size(),
                            max_bytes));
  }
  if (const std::size_t bad = find_invalid_utf8(source); bad != source.size()) {
    return fail(Errc::json_syntax, {bad, bad + 1},
                fmt::format("the byte 0x{:02x} is not UTF-8 here",
                            static_cast<unsigned char>(source[bad])));
  }
  const std::size_t begin = source.starts_with("\xef\xbb\xbf") ? 3 : 0;
  JsonBody body;
  body.source = source;
  boost::json::parse_options options;
  options.max_depth = max_depth;
  options.allow_comments = true;
  boost::json::basic_parser<Builder> parser(options, body, begin);
  error_code code;
  const std::size_t end =
      begin + parser.write_some(false, source.data() + begin, source.size() - begin, code);
  if (code && end > source.size()) {
    return syntax_error(source, find_lone_slash(source, begin), boost::json::error::syntax);
  }
  if (code) return syntax_error(source, end, code);
  if (end != source.size()) {
    return fail(Errc::json_syntax, {end, end + decode_utf8(source, end).size},
                "there is more text after the end of the JSON value");
  }
  std::stable_sort(
      body.problems.begin(), body.problems.end(),
      [](const Diagnostic& a, const Diagnostic& b) { return a.range.begin < b.range.begin; });
  return JsonDocument(std::move(body));
}

}  // namespace muster
