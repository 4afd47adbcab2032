#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cli/progress_bar.hpp"
#include "muster/match/audience.hpp"
#include "muster/tags/user_table.hpp"

namespace muster::cli {

/// How long each stage of `match` took, and how long one user takes; for `--stats`.
class MatchStats {
 public:
  /// Ends a stage, which began where the one before ended.
  void end(std::string stage);

  /// Says it all on standard error. Times one user at a time first, and counting alone.
  Result<void> show(const RuleSet& rules, const Audience& audience, const UserTable& users,
                    const EncodedUsers& encoded, Date today, unsigned threads) const;

 private:
  double last_ = seconds_now();
  std::vector<std::pair<std::string, double>> stages_;
};

}  // namespace muster::cli
