#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "muster/rules/formula.hpp"

namespace muster {

/// A checked rule and what is suspicious about it.
struct Checked {
  Formula formula;
  std::vector<Diagnostic> warnings;
};

/// Turns rules into formulas over one schema: names are looked up, types compared, SQL's
/// three-valued logic spent, constants folded, predicates of one tag merged. Holds the named
/// segments that rules may refer to and the pool their predicates go to. What was probably meant is
/// said until two million names were looked at for that, so that strangers' rules stay cheap. Not
/// thread-safe.
class MUSTER_EXPORT Checker {
 public:
  /// `limits` holds for all calls.
  explicit Checker(Schema schema, Limits limits = {});
  Checker(Checker&&) noexcept;
  Checker& operator=(Checker&&) noexcept;
  ~Checker();

  const Schema& schema() const noexcept;
  const PredicatePool& predicates() const noexcept;
  PredicatePool& predicates() noexcept;

  /// Names a rule. Segments may refer to one another in any order of definition; they are parsed
  /// and checked by `check_segments`, or when a rule first refers to them. O(length). Fails with
  /// duplicate_name and limit (max_segments).
  Result<void> define(std::string_view name, std::string_view rule);
  Result<void> define(std::string_view name, Expr rule);

  /// Checks every segment: `Error::diagnostics` of segment i, empty where it is right. Cycles
  /// are reported at each segment that takes part. O(size of all segments).
  std::vector<std::vector<Diagnostic>> check_segments();

  std::size_t segments() const noexcept;
  std::string_view segment_name(std::uint32_t segment) const noexcept;
  /// The users for whom a segment is TRUE, or (`negated`) FALSE. REQUIRES: it checks.
  const Formula& segment(std::uint32_t segment, bool negated) const;

  /// The number of a segment, and the rule it names as it was written. REQUIRES: it checks.
  std::optional<std::uint32_t> find_segment(std::string_view name) const noexcept;
  const Expr& segment_rule(std::uint32_t segment) const;

  /// Checks one rule. Its formula refers to segments by number (Formula::Op::segment). O(length),
  /// and the length of segments not checked yet. The error has the code of its first diagnostic: of
  /// a text whatever `parse` fails with, then unknown_tag, unknown_category, unknown_segment,
  /// wrong_type, bad_date, bad_number, limit (max_rule_depth, max_rule_literals, segments spelt
  /// out); of a wrong segment that rule's code, segment_cycle among them.
  Result<Checked> check(std::string_view rule);
  Result<Checked> check(const Expr& rule);
  /// The same into memory that is reused, for very many rules; warnings are appended. What `out`
  /// holds after a failure is unspecified.
  Result<void> check_into(Formula& out, std::vector<Diagnostic>& warnings, const Expr& rule);

  /// The formula with every segment spelt out, simplified again. O(size of the result before it is
  /// simplified). Fails with limit (max_rule_literals). REQUIRES: a formula of this checker's.
  Result<Formula> spell_out(const Formula& formula) const;

 private:
  Result<std::uint32_t> add_segment(std::string_view name);
  struct Body;
  std::unique_ptr<Body> body_;
};

/// The formula as rule text that means the same. O(length). REQUIRES: a formula of this checker's.
MUSTER_EXPORT std::string to_text(const Formula& formula, const Checker& checker);

/// What the formula, segments spelt out, says of one user. O(literals), slowly: for tests and
/// explanations. Thread-safe if the pool is not written and the user is of one thread.
MUSTER_EXPORT bool holds(const Formula& formula, const PredicatePool& predicates,
                         const UserView& user, Date today);

}  // namespace muster
