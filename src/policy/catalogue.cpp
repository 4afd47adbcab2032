#include "muster/policy/catalogue.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/mapped_file.hpp"
#include "policy/catalogue_hash.hpp"
#include "policy/catalogue_reader.hpp"

namespace muster {

namespace {

/// Positions of entries in order of their ids.
template <class Entries>
std::vector<std::size_t> order_by_id(const Entries& entries) {
  std::vector<std::size_t> order(entries.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return entries[a].id < entries[b].id; });
  return order;
}

/// The position of an id, or entries.size().
template <class Entries>
std::size_t find_id(const Entries& entries, const std::vector<std::size_t>& order,
                    std::string_view id) noexcept {
  const auto found = std::lower_bound(
      order.begin(), order.end(), id,
      [&](std::size_t entry, std::string_view wanted) { return entries[entry].id < wanted; });
  return found == order.end() || entries[*found].id != id ? entries.size() : *found;
}

/// What four rules may ask for, joined by ANDs and in parentheses.
Limits limits_of_whole_rules(Limits limits) {
  constexpr std::size_t rules = 4, joints = 64;
  const auto raise = [](std::size_t& limit, std::size_t times, std::size_t more) {
    const std::size_t most = std::numeric_limits<std::size_t>::max();
    limit = limit > (most - more) / times ? most : limit * times + more;
  };
  raise(limits.max_rule_bytes, rules, joints);
  raise(limits.max_rule_literals, rules, 0);
  raise(limits.max_rule_depth, 1, rules);
  return limits;
}

/// By name, so that their order in the file makes no difference.
template <class Definer>
Definer with_segments(Definer definer, std::span<const Segment> segments) {
  std::vector<const Segment*> order;
  for (const Segment& segment : segments) order.push_back(&segment);
  std::sort(order.begin(), order.end(),
            [](const Segment* a, const Segment* b) { return a->name < b->name; });
  for (const Segment* segment : order) {
    static_cast<void>(definer.define(segment->name, segment->rule));  // it was right when read
  }
  return definer;
}

}  // namespace

struct Catalogue::Body {
  CatalogueText text;
  Limits limits;
  std::uint64_t hash;
  std::vector<std::size_t> policies_by_id;
  std::vector<std::size_t> channels_by_id;
};

Result<Catalogue> Catalogue::from_json(std::string_view json, const Limits& limits) {
  auto text = read_catalogue(json, limits);
  if (!text) return text.error();
  const std::uint64_t hash = hash_of(*text);
  auto policies = order_by_id(text->policies);
  auto channels = order_by_id(text->channels);
  return Catalogue(std::make_shared<Body>(
      Body{std::move(*text), limits, hash, std::move(policies), std::move(channels)}));
}

Result<Catalogue> Catalogue::read(const std::filesystem::path& file, const Limits& limits) {
  const auto mapped = MappedFile::open(file, limits.max_catalogue_bytes);
  if (!mapped) return mapped.error();
  return from_json(mapped->text(), limits);
}

const std::string& Catalogue::version() const noexcept { return body_->text.version; }

std::uint64_t Catalogue::content_hash() const noexcept { return body_->hash; }

const TimeZone& Catalogue::time_zone() const noexcept { return body_->text.time_zone; }

const std::string& Catalogue::currency() const noexcept { return body_->text.currency; }

const Schema& Catalogue::schema() const noexcept { return *body_->text.schema; }

std::span<const Segment> Catalogue::segments() const noexcept { return body_->text.segments; }

std::span<const Policy> Catalogue::policies() const noexcept { return body_->text.policies; }

std::span<const Channel> Catalogue::channels() const noexcept { return body_->text.channels; }

std::span<const ContactRule> Catalogue::contact_rules() const noexcept {
  return body_->text.contact_rules;
}

const ClassTable& Catalogue::class_table() const noexcept { return body_->text.class_table; }

const Arbitration& Catalogue::arbitration() const noexcept { return body_->text.arbitration; }

const Propensities& Catalogue::propensities() const noexcept { return body_->text.propensities; }

const Holdout& Catalogue::holdout() const noexcept { return body_->text.holdout; }

std::span<const RateMonitor> Catalogue::monitors() const noexcept { return body_->text.monitors; }

std::span<const std::string> Catalogue::test_users() const noexcept {
  return body_->text.test_users;
}

std::size_t Catalogue::find(std::string_view id) const noexcept {
  return find_id(policies(), body_->policies_by_id, id);
}

std::size_t Catalogue::find_channel(std::string_view id) const noexcept {
  return find_id(channels(), body_->channels_by_id, id);
}

std::span<const Diagnostic> Catalogue::warnings() const noexcept { return body_->text.warnings; }

Result<RuleSet> Catalogue::compile(const CompileOptions& options) const {
  RuleSetBuilder builder = rule_builder();
  for (const Policy& policy : policies()) {
    if (auto added = builder.add(policy.segment); !added) return added.error();
  }
  return std::move(builder).compile(options);
}

Checker Catalogue::checker() const {
  return with_segments(Checker(schema(), body_->limits), segments());
}

RuleSetBuilder Catalogue::rule_builder() const {
  return with_segments(RuleSetBuilder(schema(), body_->limits), segments());
}

RuleSetBuilder Catalogue::whole_rule_builder() const {
  return with_segments(RuleSetBuilder(schema(), limits_of_whole_rules(body_->limits)), segments());
}

}  // namespace muster
