#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "muster/match/rule_set.hpp"

namespace muster {

/// A targeted offer: who it is for, and what it is called.
struct Policy {
  std::string id;
  std::string name;
  std::string segment;  ///< a rule, which may be just SEGMENT(name)
  std::string description;
};

/// A named rule, for SEGMENT(name).
struct Segment {
  std::string name;
  std::string rule;
};

/// Schema, segments and policies from one JSON file:
///
///     {"schema": {"key": "customer_id", "tags": [{"name": "tenure", "type": "number"}]},
///      "segments": {"new": "tenure < 6"},
///      "policies": [{"id": "P1", "name": "Welcome", "segment": "SEGMENT(new) AND tenure > 0"}]}
///
/// "segments" and a policy's "description" may be left out. Immutable, thread-safe, cheap to
/// copy: copies share one body. Views last as long as a copy does.
class MUSTER_EXPORT Catalogue {
 public:
  /// Reads and checks everything; on failure the diagnostics hold all errors of the file, with
  /// byte ranges in `json`, those inside a rule pointing into its text. Comments are allowed.
  /// O(length). Fails with the codes of JSON, schemas and rules, whichever comes first in the file,
  /// and with limit (max_catalogue_bytes, max_segments, max_rules, those of schemas and rules).
  static Result<Catalogue> from_json(std::string_view json, const Limits& limits = {});
  /// The same of a file; fails with io besides.
  static Result<Catalogue> read(const std::filesystem::path& file, const Limits& limits = {});

  const Schema& schema() const noexcept;
  /// In order of the file.
  std::span<const Segment> segments() const noexcept;
  std::span<const Policy> policies() const noexcept;
  /// Position of a policy, or policies().size(). O(log policies).
  std::size_t find(std::string_view id) const noexcept;

  /// Warnings of the file, in order of place.
  std::span<const Diagnostic> warnings() const noexcept;

  /// The policies' segments as rules 0, 1, … O(size of all rules). Fails as RuleSetBuilder::compile
  /// does.
  Result<RuleSet> compile(const CompileOptions& options = {}) const;

  /// A checker that knows the segments, for further rules over the same schema and under the same
  /// limits. O(length of the segments).
  Checker checker() const;

 private:
  struct Body;
  explicit Catalogue(std::shared_ptr<const Body> body) : body_(std::move(body)) {}
  std::shared_ptr<const Body> body_;
};

}  // namespace muster
