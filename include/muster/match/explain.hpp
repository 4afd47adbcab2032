#pragma once

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

/// Why a rule is or is not TRUE for a user.
struct Explanation {
  bool matches = false;
  std::vector<ExplainedLiteral> literals;  ///< every distinct predicate of the rule, in its order
  SmallestChange change;                   ///< what would make it match; empty where it does
};

/// Explains a rule. Fails as `checker.check(rule)` does, and with limit where the rule, segments
/// spelt out, has more literals than allowed. Costs milliseconds at worst, not microseconds. Writes
/// to the checker: one thread at a time.
MUSTER_EXPORT Result<Explanation> explain(Checker& checker, std::string_view rule,
                                          const UserView& user, Date today,
                                          const AnalysisOptions& options = {});

/// Several lines for a person to read.
MUSTER_EXPORT std::string to_text(const Explanation& explanation);

}  // namespace muster
