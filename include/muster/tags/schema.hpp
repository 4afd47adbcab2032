#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "muster/core/error.hpp"
#include "muster/core/export.hpp"
#include "muster/core/limits.hpp"

namespace muster {

enum class TagType : std::uint8_t { boolean, category, category_set, number, date };

/// Where a tag comes from: the operator's records, an application's rules, or a model's portrait.
enum class TagKind : std::uint8_t { basic, application, portrait };

/// "bool", "category", "set", "number", "date"; "basic", "application", "portrait".
MUSTER_EXPORT std::string_view name(TagType type) noexcept;
MUSTER_EXPORT std::string_view name(TagKind kind) noexcept;

/// A tag's position in its schema.
enum class TagId : std::uint16_t {};
/// A category's position in its tag's dictionary.
enum class CategoryCode : std::uint16_t {};

/// One declared tag.
struct Tag {
  std::string name = {};  ///< UTF-8, unique in the schema, case-sensitive
  TagType type = TagType::boolean;
  bool nullable = false;                 ///< may be missing
  std::vector<std::string> values = {};  ///< dictionary of a category or set; required there
  TagKind kind = TagKind::basic;
  std::string description = {};
  std::string derived = {};  ///< formula over number tags, e.g. "used_gb / plan_gb"
};

class Arithmetic;

/// The declared tags of a population. Immutable; copies share one body; thread-safe.
class MUSTER_EXPORT Schema {
 public:
  /// Checks the tags against one another: names, dictionaries, formulas, limits. A derived tag
  /// is made nullable where its inputs are, and where it calculates: whatever is not a finite
  /// number, division by zero included, is NULL. The error names every tag that is wrong; a
  /// diagnostic's range lies in the formula, and is empty where it is not about one. Fails with
  /// bad_tag, duplicate_name, bad_derived, derived_cycle, unknown_tag and bad_number (in
  /// a formula) and limit (max_tags, max_categories). O(size).
  static Result<Schema> make(std::vector<Tag> tags, std::string key = {},
                             const Limits& limits = {});

  /// Reads `{"key": "customer_id", "tags": [{"name": …, "type": …}, …]}`; comments are allowed.
  /// Types also go by "boolean", "category_set", "integer", "int", "double" and "float".
  /// All errors are reported at once, with byte ranges in `json`. Fails as make() does, with the
  /// json_ codes and with limit (max_catalogue_bytes). O(length).
  static Result<Schema> from_json(std::string_view json, const Limits& limits = {});
  /// What from_json() makes an equal schema of. O(size).
  std::string to_json() const;

  /// Name of the column that identifies a user; empty: the row number, from 1.
  const std::string& key() const noexcept;
  std::span<const Tag> tags() const noexcept;
  std::size_t size() const noexcept { return tags().size(); }
  const Tag& tag(TagId id) const noexcept { return tags()[static_cast<std::size_t>(id)]; }

  /// O(1).
  std::optional<TagId> find(std::string_view name) const noexcept;
  std::optional<CategoryCode> find_category(TagId tag, std::string_view value) const noexcept;

  /// The compiled formula of a derived tag, else null.
  const Arithmetic* arithmetic(TagId tag) const noexcept;
  /// Derived tags, each after those it needs.
  std::span<const TagId> derived_order() const noexcept;

  /// Equal for schemas that give every tag the same name, type, nullability, dictionary and
  /// formula. O(1).
  std::uint64_t fingerprint() const noexcept;

 private:
  friend class SchemaBuilder;
  struct Body;
  explicit Schema(std::shared_ptr<const Body> body) : body_(std::move(body)) {}
  std::shared_ptr<const Body> body_;
};

}  // namespace muster
