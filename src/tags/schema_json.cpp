#include "tags/schema_json.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "core/diagnostics.hpp"
#include "core/suggest.hpp"
#include "tags/schema_check.hpp"

namespace muster {
namespace {

struct TypeName {
  std::string_view name;
  TagType type;
};
constexpr TypeName type_names[] = {
    {"bool", TagType::boolean},
    {"category", TagType::category},
    {"set", TagType::category_set},
    {"number", TagType::number},
    {"date", TagType::date},
    {"boolean", TagType::boolean},
    {"category_set", TagType::category_set},
    {"category set", TagType::category_set},
    {"integer", TagType::number},
    {"int", TagType::number},
    {"double", TagType::number},
    {"float", TagType::number},
};
constexpr TagKind kinds[] = {TagKind::basic, TagKind::application, TagKind::portrait};

constexpr std::string_view schema_keys[] = {"key", "tags"};
constexpr std::string_view tag_keys[] = {"name", "type",        "nullable", "values",
                                         "kind", "description", "derived"};

// What was meant by a type that other systems have and this one does not.
std::string meant_type(std::string_view written) {
  for (const std::string_view text : {"string", "text", "str", "varchar", "enum", "categorical"}) {
    if (written == text) return "category";
  }
  for (const std::string_view list : {"list", "array", "tags"}) {
    if (written == list) return "set";
  }
  for (const std::string_view time : {"datetime", "timestamp", "time"}) {
    if (written == time) return "date";
  }
  Suggestion suggestion(written);
  for (const TypeName& known : type_names) suggestion.offer(known.name);
  return suggestion.best();
}

class SchemaReader {
 public:
  SchemaReader(JsonNode node, const Limits& limits, std::vector<Diagnostic>& errors)
      : node_(node), limits_(limits), errors_(errors) {}

  std::optional<Schema> read() {
    const std::size_t errors_before = errors_.size();
    JsonObject schema(node_, "the schema", schema_keys, errors_);
    std::string key(schema.string_or("key", {}));
    if (const auto tags = schema.require("tags"); tags && expect_array(*tags, "'tags'", errors_)) {
      for (const JsonNode tag : tags->elements()) read_tag(tag);
    }
    std::vector<SchemaProblem> problems;
    std::optional<Schema> built =
        SchemaBuilder::build(std::move(tags_), std::move(key), limits_, problems);
    for (SchemaProblem& problem : problems) note(std::move(problem));
    std::stable_sort(
        errors_.begin() + static_cast<std::ptrdiff_t>(errors_before), errors_.end(),
        [](const Diagnostic& a, const Diagnostic& b) { return a.range.begin < b.range.begin; });
    return errors_.size() == errors_before ? std::move(built) : std::nullopt;
  }

 private:
  // A tag that can not be read in full is left out of the checks that follow: what they would
  // say of it helps nobody.
  void read_tag(JsonNode node) {
    JsonObject object(node, "a tag", tag_keys, errors_);
    Tag tag;
    const auto name = object.require_string("name");
    const bool typed = read_type(object, tag.type);
    tag.nullable = object.boolean_or("nullable", false);
    tag.description = object.string_or("description", {});
    tag.derived = object.string_or("derived", {});
    read_kind(object, tag.kind);
    const bool valued = read_values(object, tag.values);
    if (!name || !typed || !valued) return forget(name);
    tag.name = *name;
    tags_.push_back(std::move(tag));
    nodes_.push_back(node);
  }

  void forget(std::optional<std::string_view> name) {
    if (name) forgotten_.emplace_back(*name);
  }

  bool read_type(JsonObject& object, TagType& type) {
    const auto written = object.require_string("type");
    if (!written) return false;
    for (const TypeName& known : type_names) {
      if (known.name != *written) continue;
      type = known.type;
      return true;
    }
    note(*object.find("type"), Errc::bad_tag,
         fmt::format("there is no tag type {}", in_quotes(*written)), meant_type(*written));
    return false;
  }

  void read_kind(JsonObject& object, TagKind& kind) {
    const auto node = object.find("kind");
    const auto written = node ? read_string(*node, "'kind'", errors_) : std::nullopt;
    if (!written) return;
    Suggestion suggestion(*written);
    for (const TagKind known : kinds) {
      if (name(known) == *written) {
        kind = known;
        return;
      }
      suggestion.offer(name(known));
    }
    note(*node, Errc::bad_tag,
         fmt::format("there is no kind {}: it is basic, application or portrait",
                     in_quotes(*written)),
         suggestion.best());
  }

  bool read_values(JsonObject& object, std::vector<std::string>& values) {
    const auto node = object.find("values");
    if (!node) return true;
    if (!expect_array(*node, "'values'", errors_)) return false;
    bool good = true;
    for (const JsonNode element : node->elements()) {
      const auto value = read_string(element, "a value", errors_);
      good &= value.has_value();
      values.emplace_back(value.value_or(""));
    }
    return good;
  }

  void note(JsonNode node, Errc code, std::string message, std::string suggestion = {}) {
    errors_.push_back(
        {Severity::error, code, node.range(), std::move(message), std::move(suggestion)});
  }

  void note(SchemaProblem problem) {
    if (is_about_forgotten(problem)) return;
    errors_.push_back({Severity::error, problem.code, place(problem), std::move(problem.message),
                       std::move(problem.suggestion)});
  }

  // A formula may well name a tag that was left out for its own errors.
  bool is_about_forgotten(const SchemaProblem& problem) const {
    if (problem.code != Errc::unknown_tag || forgotten_.empty()) return false;
    const std::string_view formula = nodes_[problem.tag].find("derived")->string();
    const std::string_view name =
        formula.substr(problem.in_formula.begin, problem.in_formula.end - problem.in_formula.begin);
    return std::find(forgotten_.begin(), forgotten_.end(), name) != forgotten_.end();
  }

  ByteRange place(const SchemaProblem& problem) const {
    if (problem.tag == SchemaProblem::no_tag) return node_.find("key").value_or(node_).range();
    const JsonNode tag = nodes_[problem.tag];
    switch (problem.part) {
      case TagPart::name:
        return tag.find("name")->range();
      case TagPart::description:
        return tag.find("description")->range();
      case TagPart::derived:
        return tag.find("derived")->source_range(problem.in_formula);
      case TagPart::values:
        return tag.find("values")->range();
      case TagPart::one_value:
        return value_range(*tag.find("values"), problem.value);
      case TagPart::whole:
        break;
    }
    return tag.find("type")->range();
  }

  static ByteRange value_range(JsonNode values, std::size_t index) {
    for (const JsonNode value : values.elements()) {
      if (index-- == 0) return value.range();
    }
    return values.range();
  }

  JsonNode node_;
  const Limits& limits_;
  std::vector<Diagnostic>& errors_;
  std::vector<Tag> tags_;
  std::vector<JsonNode> nodes_;  // of tags_
  std::vector<std::string> forgotten_;
};

}  // namespace

std::optional<Schema> read_schema(JsonNode node, const Limits& limits,
                                  std::vector<Diagnostic>& errors) {
  return SchemaReader(node, limits, errors).read();
}

Result<Schema> Schema::from_json(std::string_view json, const Limits& limits) {
  Result<JsonDocument> document = JsonDocument::parse(json, limits.max_catalogue_bytes);
  if (!document) return document.error();
  std::vector<Diagnostic> errors(document->problems().begin(), document->problems().end());
  std::optional<Schema> schema = read_schema(document->root(), limits, errors);
  if (errors.empty()) return std::move(*schema);
  return to_error(std::move(errors));
}

}  // namespace muster
