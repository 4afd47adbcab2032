#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "muster/rules/analysis.hpp"

namespace muster {

/// One predicate of a rule, for one user.
struct ExplainedLiteral {
  std::string text;    ///< as a rule, e.g. "plan_fee = 96"
  std::string actual;  ///< the user's value as text: "59", "'iPhone'", "NULL"
  bool holds = false;
};

/// One part of a rule as it is written, for one user.
struct ExplainedPart {
  enum class Kind : std::uint8_t { condition, all_of, any_of, segment };
  Kind kind = Kind::condition;
  bool negated = false;     ///< under NOT, conditions apart: their text says so
  std::uint32_t depth = 0;  ///< what a part consists of follows it, one deeper; the whole rule is 0
  std::optional<bool> truth;  ///< TRUE, FALSE or (nothing) NULL, NOT included
  std::string text;           ///< "plan_fee = 96 AND loyal"; of a segment its name
  std::string actual;         ///< condition: the user's value, long numbers rounded for people
};

/// Why a rule is or is not TRUE for a user.
struct Explanation {
  bool matches = false;
  std::vector<ExplainedPart> parts;        ///< the rule as a tree, segments opened
  std::vector<ExplainedLiteral> literals;  ///< every distinct predicate of the rule, in its order
  SmallestChange change;                   ///< what would make it match; empty where it does
};

/// Explains a rule. Fails as `checker.check(rule)` does, and with limit where the rule, segments
/// spelt out, has more literals than allowed; with schema_mismatch for a user of another. Costs
/// milliseconds at worst, not microseconds. Writes to the checker: one thread at a time. Derived
/// tags: a change that touches one, or a tag that one is worked out from, is tried out with values,
/// and is marked where none were found (see SmallestChange::certain).
MUSTER_EXPORT Result<Explanation> explain(Checker& checker, std::string_view rule,
                                          const UserView& user, Date today,
                                          const AnalysisOptions& options = {});

/// Several lines for a person to read.
MUSTER_EXPORT std::string to_text(const Explanation& explanation);

}  // namespace muster
