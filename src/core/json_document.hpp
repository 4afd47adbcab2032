#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "muster/core/error.hpp"

namespace muster {

enum class JsonKind : std::uint8_t { null, boolean, number, string, array, object };

class JsonNode;
struct JsonMember;
template <class Child>
class JsonRange;
using JsonChildren = JsonRange<JsonNode>;
using JsonMembers = JsonRange<JsonMember>;

namespace detail {

/// A value in document order; its children follow it.
struct JsonRecord {
  JsonKind kind = JsonKind::null;
  bool boolean = false;
  bool text_in_pool = false;  // the text had escapes; else it is the source between the quotes
  bool key_in_pool = false;
  std::uint32_t begin = 0, end = 0;          // of the value in the source
  std::uint32_t text = 0, text_size = 0;     // strings: decoded
  std::uint32_t key_begin = 0, key_end = 0;  // members: the key in the source, quotes included
  std::uint32_t key = 0, key_size = 0;       // members: the key decoded
  std::uint32_t next = 0;                    // the record after this one's children
  std::uint32_t children = 0;
  double number = 0;
};

struct JsonBody {
  std::string_view source;
  std::string pool;
  std::vector<JsonRecord> records;
  std::vector<Diagnostic> problems;
};

/// The decoded key of a member.
std::string_view key_of(const JsonBody& body, const JsonRecord& record);

}  // namespace detail

/// A value of a JsonDocument: a handle, valid as long as the document is.
class JsonNode {
 public:
  JsonKind kind() const noexcept { return record().kind; }
  /// The value's bytes in the source, quotes and brackets included.
  ByteRange range() const noexcept { return {record().begin, record().end}; }

  /// REQUIRES: the kind asked for.
  bool boolean() const noexcept { return record().boolean; }
  double number() const noexcept { return record().number; }
  /// Decoded; valid as long as document and source are.
  std::string_view string() const noexcept;

  /// Elements of an array or members of an object; 0 for other kinds.
  std::size_t size() const noexcept { return record().children; }
  /// An array's elements, in order; none for other kinds.
  JsonChildren elements() const noexcept;
  /// An object's members in document order, duplicates included; none for other kinds.
  JsonMembers members() const noexcept;
  /// The first member of that key. O(size).
  std::optional<JsonNode> find(std::string_view key) const noexcept;

  /// Where in the source a range of the decoded string() was written, which differs where it has
  /// escapes. Offsets past the end of the string mean its closing quote. REQUIRES: a string.
  ByteRange source_range(ByteRange in_string) const noexcept;

 private:
  friend class JsonDocument;
  template <class Child>
  friend class JsonRange;
  friend struct JsonMember;
  JsonNode(const detail::JsonBody* body, std::uint32_t index) : body_(body), index_(index) {}
  const detail::JsonRecord& record() const noexcept { return body_->records[index_]; }

  const detail::JsonBody* body_;
  std::uint32_t index_;
};

struct JsonMember {
  explicit JsonMember(JsonNode node);

  std::string_view key;
  ByteRange key_range;  ///< quotes included
  JsonNode value;
};

/// A node's children, for range-based for: `for (JsonNode tag : array.elements())`,
/// `for (JsonMember member : object.members())`.
template <class Child>
class JsonRange {
 public:
  class Iterator {
   public:
    explicit Iterator(JsonNode node) : node_(node) {}
    Child operator*() const noexcept { return Child(node_); }
    Iterator& operator++() noexcept {
      node_.index_ = node_.record().next;
      return *this;
    }
    bool operator!=(const Iterator& other) const noexcept {
      return node_.index_ != other.node_.index_;
    }

   private:
    JsonNode node_;
  };
  Iterator begin() const noexcept { return Iterator(first_); }
  Iterator end() const noexcept { return Iterator(last_); }

 private:
  friend class JsonNode;
  JsonRange(JsonNode first, JsonNode last) : first_(first), last_(last) {}
  JsonNode first_, last_;
};

/// A JSON text (comments allowed, a byte order mark skipped) as a tree that knows where each
/// key and value stands in the source. Borrows the source. Immutable.
class JsonDocument {
 public:
  static constexpr std::size_t max_depth = 64;

  /// Fails with limit (longer than max_bytes, or than 4 GiB) or json_syntax, the diagnostic
  /// saying where and why. Duplicate keys do not fail: they are in problems().
  static Result<JsonDocument> parse(std::string_view source, std::size_t max_bytes);

  JsonNode root() const noexcept { return JsonNode(&body_, 0); }
  std::string_view source() const noexcept { return body_.source; }
  /// One json_duplicate_key for each key that its object already has. Begin the list of errors
  /// with them.
  std::span<const Diagnostic> problems() const noexcept { return body_.problems; }

  JsonDocument(JsonDocument&&) = default;  // nodes taken before a move are invalid after it
  JsonDocument& operator=(JsonDocument&&) = default;

 private:
  explicit JsonDocument(detail::JsonBody body) : body_(std::move(body)) {}
  detail::JsonBody body_;
};

/// Typed reading that notes every error and goes on. `what` names the value in messages, e.g.
/// "'nullable'" gives "'nullable' must be true or false, not a string". Nothing on a wrong type.
std::optional<std::string_view> read_string(JsonNode node, std::string_view what,
                                            std::vector<Diagnostic>& errors);
std::optional<bool> read_boolean(JsonNode node, std::string_view what,
                                 std::vector<Diagnostic>& errors);
/// Whether the node is a number, an array, an object; an error is noted if not.
bool expect_number(JsonNode node, std::string_view what, std::vector<Diagnostic>& errors);
bool expect_array(JsonNode node, std::string_view what, std::vector<Diagnostic>& errors);
bool expect_object(JsonNode node, std::string_view what, std::vector<Diagnostic>& errors);

/// An object of known keys. Construction notes json_type if it is not an object and
/// json_unknown_key, with "did you mean", for keys that are not in `keys`.
class JsonObject {
 public:
  /// `what` names the object in messages: "a tag" gives "a tag needs a 'name'".
  JsonObject(JsonNode node, std::string_view what, std::span<const std::string_view> keys,
             std::vector<Diagnostic>& errors);

  /// False if it was not an object; all reads then give nothing without noting more errors.
  explicit operator bool() const noexcept { return node_.kind() == JsonKind::object; }

  std::optional<JsonNode> find(std::string_view key) const noexcept { return node_.find(key); }
  /// Notes json_missing_key where it is not there.
  std::optional<JsonNode> require(std::string_view key);
  /// A string that must be there; nothing after noting what is wrong.
  std::optional<std::string_view> require_string(std::string_view key);
  /// The member's value, or `fallback` where it is not there or of a wrong type (noted).
  std::string_view string_or(std::string_view key, std::string_view fallback);
  bool boolean_or(std::string_view key, bool fallback);

 private:
  JsonNode node_;
  std::string_view what_;
  std::vector<Diagnostic>* errors_;
};

}  // namespace muster
