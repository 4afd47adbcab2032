#pragma once

#include <map>
#include <utility>
#include <vector>

#include "decide/permitted.hpp"
#include "muster/policy/catalogue.hpp"

namespace muster {

/// Which policies are certain to come before others, whoever the user is and whatever became of
/// earlier offers. Borrows the catalogue.
class Outranking {
 public:
  explicit Outranking(const Catalogue& catalogue);

  bool has_channels(PolicyId policy) const { return !channels_[policy].empty(); }

  /// Whether `winner` is a contender, and the better one, for every user of both for whom `loser`
  /// is a contender, and leaves it no place even where it gets none itself: it is in one of its
  /// groups at least, and in no other. O(channels²) at most.
  bool always(PolicyId winner, PolicyId loser) const;

 private:
  /// What a user's propensity to accept a policy on a channel comes from.
  struct Source {
    const LogisticPropensity* logistic = nullptr;
    double probability = 0;  // where there is none
  };

  Source source_of(PolicyId policy, ChannelId channel) const;
  bool is_there(PolicyId winner, PolicyId loser) const;
  bool counts_apart(PolicyId winner, PolicyId loser) const;
  bool may_be_blocked(PolicyId winner, PolicyId loser) const;
  bool scores_better(PolicyId winner, PolicyId loser) const;
  bool same_choice(PolicyId winner, PolicyId loser) const;
  bool scores_better_on(PolicyId winner, const PermittedChannel& its, PolicyId loser,
                        const PermittedChannel& other) const;

  const Catalogue& catalogue_;
  std::vector<std::vector<PermittedChannel>> channels_;
  std::vector<std::vector<std::string>> groups_;              // ascending
  std::vector<std::vector<std::uint32_t>> weights_;           // context weights that may apply
  std::map<std::pair<PolicyId, ChannelId>, Source> sources_;  // the strongest of each key
};

}  // namespace muster
