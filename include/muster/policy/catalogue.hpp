#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "muster/core/time_zone.hpp"
#include "muster/match/rule_set.hpp"
#include "muster/policy/arbitration.hpp"
#include "muster/policy/channel.hpp"
#include "muster/policy/contact_rule.hpp"
#include "muster/policy/policy.hpp"
#include "muster/policy/rate_monitor.hpp"
#include "muster/policy/service_class.hpp"

namespace muster {

/// A named rule, for SEGMENT(name).
struct Segment {
  std::string name;
  std::string rule;
};

/// Everything a decision needs, from one JSON file; docs/catalogue.md lists its keys:
///
///     {"schema": {"key": "customer_id", "tags": [{"name": "tenure", "type": "number"}]},
///      "segments": {"new": "tenure < 6"},
///      "channels": [{"id": "hotline", "name": "Hotline", "kind": "digital"}],
///      "policies": [{"id": "P1", "name": "Welcome", "segment": "SEGMENT(new) AND tenure > 0"}]}
///
/// Only "schema" and "policies" must be there. Immutable, thread-safe, cheap to copy: copies share
/// one body. Views last as long as a copy does.
class MUSTER_EXPORT Catalogue {
 public:
  /// Reads and checks everything; on failure the diagnostics hold all errors of the file, with
  /// byte ranges in `json`, those inside a rule pointing into its text. Comments are allowed.
  /// O(length). Fails with the codes of JSON, schemas and rules, whichever comes first in the file,
  /// and with limit (max_catalogue_bytes, max_segments, max_rules, those of schemas and rules).
  static Result<Catalogue> from_json(std::string_view json, const Limits& limits = {});
  /// The same of a file; fails with io besides.
  static Result<Catalogue> read(const std::filesystem::path& file, const Limits& limits = {});

  /// What the file calls its version; may be empty.
  const std::string& version() const noexcept;
  /// Equal for catalogues that say the same, however their files are laid out and their policies
  /// ordered.
  std::uint64_t content_hash() const noexcept;
  /// Of whatever the catalogue says of days and hours; UTC if it does not say.
  const TimeZone& time_zone() const noexcept;
  /// Of every value, cost and budget; for people. May be empty.
  const std::string& currency() const noexcept;

  const Schema& schema() const noexcept;
  /// In order of the file.
  std::span<const Segment> segments() const noexcept;
  std::span<const Policy> policies() const noexcept;
  std::span<const Channel> channels() const noexcept;
  std::span<const ContactRule> contact_rules() const noexcept;
  const ClassTable& class_table() const noexcept;
  const Arbitration& arbitration() const noexcept;
  const Propensities& propensities() const noexcept;
  const Holdout& holdout() const noexcept;
  /// What warns of rates that leave their band; no decision depends on them.
  std::span<const RateMonitor> monitors() const noexcept;
  /// Keys of the users to whom policies in state `test` are offered; ascending.
  std::span<const std::string> test_users() const noexcept;

  /// Position of a policy, or policies().size(). O(log policies).
  std::size_t find(std::string_view id) const noexcept;
  /// Position of a channel, or channels().size().
  std::size_t find_channel(std::string_view id) const noexcept;

  /// Warnings of the file, in order of place.
  std::span<const Diagnostic> warnings() const noexcept;

  /// The policies' segments as rules 0, 1, … O(size of all rules). Fails as RuleSetBuilder::compile
  /// does.
  Result<RuleSet> compile(const CompileOptions& options = {}) const;

  /// A checker, or a builder, that knows the segments, for further rules over the same schema and
  /// under the same limits. O(length of the segments).
  Checker checker() const;
  RuleSetBuilder rule_builder() const;
  /// A builder for whole_rule of the policies, which a rule of four parts may make longer, and
  /// nest deeper, than the limits allow each of them.
  RuleSetBuilder whole_rule_builder() const;

 private:
  struct Body;
  explicit Catalogue(std::shared_ptr<const Body> body) : body_(std::move(body)) {}
  std::shared_ptr<const Body> body_;
};

}  // namespace muster
