#include "muster/tags/schema.hpp"

#include "core/diagnostics.hpp"
#include "tags/schema_body.hpp"
#include "tags/schema_check.hpp"

namespace muster {
namespace {

Diagnostic to_diagnostic(SchemaProblem problem) {
  return {Severity::error, problem.code, problem.in_formula, std::move(problem.message),
          std::move(problem.suggestion)};
}

}  // namespace

std::string_view name(TagType type) noexcept {
  switch (type) {
    case TagType::boolean:
      return "bool";
    case TagType::category:
      return "category";
    case TagType::category_set:
      return "set";
    case TagType::number:
      return "number";
    case TagType::date:
      return "date";
  }
  return "unknown";
}

std::string_view name(TagKind kind) noexcept {
  switch (kind) {
    case TagKind::basic:
      return "basic";
    case TagKind::application:
      return "application";
    case TagKind::portrait:
      return "portrait";
  }
  return "unknown";
}

std::optional<Schema> SchemaBuilder::build(std::vector<Tag> tags, std::string key,
                                           const Limits& limits,
                                           std::vector<SchemaProblem>& problems) {
  const auto body = std::make_shared<Schema::Body>();
  body->tags = std::move(tags);
  body->key = std::move(key);
  problems = check_schema(*body, limits);
  if (!problems.empty()) return std::nullopt;
  return Schema(body);
}

Result<Schema> Schema::make(std::vector<Tag> tags, std::string key, const Limits& limits) {
  std::vector<SchemaProblem> problems;
  std::optional<Schema> schema =
      SchemaBuilder::build(std::move(tags), std::move(key), limits, problems);
  if (schema) return std::move(*schema);
  std::vector<Diagnostic> diagnostics;
  for (SchemaProblem& problem : problems) {
    diagnostics.push_back(to_diagnostic(std::move(problem)));
  }
  return to_error(std::move(diagnostics));
}

const std::string& Schema::key() const noexcept { return body_->key; }

std::span<const Tag> Schema::tags() const noexcept { return body_->tags; }

std::optional<TagId> Schema::find(std::string_view name) const noexcept {
  const auto found = body_->by_name.find(name);
  if (found == body_->by_name.end()) return std::nullopt;
  return found->second;
}

std::optional<CategoryCode> Schema::find_category(TagId tag,
                                                  std::string_view value) const noexcept {
  const auto& dictionary = body_->dictionaries[static_cast<std::size_t>(tag)];
  const auto found = dictionary.find(value);
  if (found == dictionary.end()) return std::nullopt;
  return found->second;
}

const Arithmetic* Schema::arithmetic(TagId tag) const noexcept {
  return body_->formulas[static_cast<std::size_t>(tag)].get();
}

std::span<const TagId> Schema::derived_order() const noexcept { return body_->derived_order; }

std::uint64_t Schema::fingerprint() const noexcept { return body_->fingerprint; }

}  // namespace muster
