#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tags/schema_body.hpp"

namespace muster {

/// What of a tag's declaration a problem is about.
enum class TagPart : std::uint8_t { whole, name, values, one_value, description, derived };

/// Something wrong with declared tags.
struct SchemaProblem {
  static constexpr std::size_t no_tag = static_cast<std::size_t>(-1);
  std::size_t tag = no_tag;  ///< no_tag: the key or the schema as a whole
  TagPart part = TagPart::whole;
  std::size_t value = 0;  ///< one_value: which
  ByteRange in_formula;   ///< derived: where
  Errc code = Errc::bad_tag;
  std::string message;
  std::string suggestion;
};

/// Fills in everything from `body.tags` and `body.key`, and returns all
/// that is wrong with them.
std::vector<SchemaProblem> check_schema(SchemaBody& body, const Limits& limits);

/// The part of check_schema that compiles formulas, finds cycles and the order of derived tags.
/// REQUIRES: by_name is filled in.
void check_derived(SchemaBody& body, const Limits& limits, std::vector<SchemaProblem>& problems);

class SchemaBuilder {
 public:
  /// The schema, or nothing after noting what is wrong.
  static std::optional<Schema> build(std::vector<Tag> tags, std::string key, const Limits& limits,
                                     std::vector<SchemaProblem>& problems);
};

}  // namespace muster
