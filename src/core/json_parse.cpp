#include <fmt/core.h>

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <limits>

#include "core/diagnostics.hpp"
#include "core/json_document.hpp"
#include "core/json_scanner.hpp"
#include "core/json_syntax_error.hpp"
#include "core/text_hash.hpp"
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
class RecordBuilder {
 public:
  static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_array_size = max_object_size;
  static constexpr std::size_t max_key_size = max_object_size;
  static constexpr std::size_t max_string_size = max_object_size;

  explicit RecordBuilder(JsonBody& body, std::size_t begin)
      : body_(body), scanner_(body.source, begin) {}

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
    NameSet set;
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
    return json_error(Errc::limit, {},
                      fmt::format("{} bytes of JSON are more than max_catalogue_bytes, {}",
                                  source.size(), max_bytes));
  }
  if (const std::size_t bad = find_invalid_utf8(source); bad != source.size()) {
    return json_error(Errc::json_syntax, {bad, bad + 1},
                      fmt::format("the byte 0x{:02x} is not UTF-8 here",
                                  static_cast<unsigned char>(source[bad])));
  }
  const std::size_t begin = source.starts_with("\xef\xbb\xbf") ? 3 : 0;
  JsonBody body;
  body.source = source;
  boost::json::parse_options options;
  options.max_depth = max_depth;
  options.allow_comments = true;
  boost::json::basic_parser<RecordBuilder> parser(options, body, begin);
  error_code code;
  const std::size_t end =
      begin + parser.write_some(false, source.data() + begin, source.size() - begin, code);
  if (code && end > source.size()) {
    return json_syntax_error(source, find_lone_slash(source, begin), boost::json::error::syntax);
  }
  if (code) return json_syntax_error(source, end, code);
  if (end != source.size()) {
    return json_error(Errc::json_syntax, {end, end + decode_utf8(source, end).size},
                      "there is more text after the end of the JSON value");
  }
  std::stable_sort(
      body.problems.begin(), body.problems.end(),
      [](const Diagnostic& a, const Diagnostic& b) { return a.range.begin < b.range.begin; });
  return JsonDocument(std::move(body));
}

}  // namespace muster
