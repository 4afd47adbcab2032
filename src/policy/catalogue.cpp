#include "muster/policy/catalogue.hpp"

#include <algorithm>
#include <utility>

#include "core/mapped_file.hpp"
#include "policy/catalogue_reader.hpp"

namespace muster {

struct Catalogue::Body {
  CatalogueText text;
  Limits limits;
  std::vector<std::size_t> by_id;  // positions of policies in order of their ids

  std::string_view id(std::size_t policy) const { return text.policies[policy].id; }
};

Result<Catalogue> Catalogue::from_json(std::string_view json, const Limits& limits) {
  auto text = read_catalogue(json, limits);
  if (!text) return text.error();
  auto body = std::make_shared<Body>(Body{std::move(*text), limits, {}});
  body->by_id.resize(body->text.policies.size());
  for (std::size_t i = 0; i < body->by_id.size(); ++i) body->by_id[i] = i;
  std::sort(body->by_id.begin(), body->by_id.end(),
            [&](std::size_t a, std::size_t b) { return body->id(a) < body->id(b); });
  return Catalogue(std::move(body));
}

Result<Catalogue> Catalogue::read(const std::filesystem::path& file, const Limits& limits) {
  const auto mapped = MappedFile::open(file);
  if (!mapped) return mapped.error();
  return from_json(mapped->text(), limits);
}

const Schema& Catalogue::schema() const noexcept { return *body_->text.schema; }

std::span<const Segment> Catalogue::segments() const noexcept { return body_->text.segments; }

std::span<const Policy> Catalogue::policies() const noexcept { return body_->text.policies; }

std::size_t Catalogue::find(std::string_view id) const noexcept {
  const auto& order = body_->by_id;
  const auto found = std::lower_bound(
      order.begin(), order.end(), id,
      [&](std::size_t policy, std::string_view wanted) { return body_->id(policy) < wanted; });
  return found == order.end() || body_->id(*found) != id ? policies().size() : *found;
}

std::span<const Diagnostic> Catalogue::warnings() const noexcept { return body_->text.warnings; }

Result<RuleSet> Catalogue::compile(const CompileOptions& options) const {
  RuleSetBuilder builder(schema(), body_->limits);
  for (const Segment& segment : segments()) {
    if (auto defined = builder.define(segment.name, segment.rule); !defined) {
      return defined.error();
    }
  }
  for (const Policy& policy : policies()) {
    if (auto added = builder.add(policy.segment); !added) return added.error();
  }
  return std::move(builder).compile(options);
}

Checker Catalogue::checker() const {
  Checker checker(schema(), body_->limits);
  for (const Segment& segment : segments()) {
    static_cast<void>(checker.define(segment.name, segment.rule));  // it was right when read
  }
  return checker;
}

}  // namespace muster
