#include "muster/plan/catalogue_diff.hpp"

#include <algorithm>
#include <map>
#include <span>

#include "core/cancelled.hpp"
#include "core/parallel.hpp"
#include "muster/match/audience.hpp"

namespace muster {
namespace {

/// One catalogue's released policies and whom they are for.
struct Side {
  std::vector<std::string> ids;  // of released policies
  Audience::Pairs pairs;
  std::vector<std::uint32_t> places;  // of the policies in the diff
};

Result<Side> match_all(const Catalogue& catalogue, const UserTable& users, Date today,
                       const RunOptions& run) {
  Side side;
  RuleSetBuilder builder = catalogue.whole_rule_builder();
  for (const Policy& policy : catalogue.policies()) {
    if (policy.state != PolicyState::released) continue;
    if (auto ok = builder.add(whole_rule(policy)); !ok) return ok.error();
    side.ids.push_back(policy.id);
  }
  const auto rules = std::move(builder).compile({.run = {.cancel = run.cancel}});
  if (!rules) return rules.error();
  const auto encoded = rules->encoder().encode(users, today, run);
  if (!encoded) return encoded.error();
  auto pairs = Audience(*rules).pairs(*encoded, run);
  if (!pairs) return pairs.error();
  side.pairs = *std::move(pairs);
  return side;
}

constexpr std::size_t users_compared = 1'024;

std::size_t change_blocks(std::size_t users) {
  return (users + users_compared - 1) / users_compared;
}

/// Calls `visit(user)` for those of one block.
template <class Visit>
void for_each_user(std::size_t block, std::size_t users, Visit visit) {
  const UserIndex end = std::min<UserIndex>(users, (block + 1) * users_compared);
  for (UserIndex user = block * users_compared; user < end; ++user) visit(user);
}

/// Progress is told of the matching, which takes longest.
RunOptions quietly(const RunOptions& run) { return {.threads = run.threads, .cancel = run.cancel}; }

Result<void> check_users(const UserTable& one, const UserTable& other, const RunOptions& run) {
  const Error differ{Errc::invalid_argument, "the tables do not hold the same users", {}};
  if (one.size() != other.size()) return differ;
  const auto check = [&](std::size_t block, unsigned) -> Result<void> {
    std::string buffer, other_buffer;
    bool same = true;
    for_each_user(block, one.size(), [&](UserIndex user) {
      same = same && one.key(user, buffer) == other.key(user, other_buffer);
    });
    if (!same) return differ;
    return {};
  };
  return for_each_block(quietly(run), change_blocks(one.size()), check);
}

/// What one worker counts.
class ChangeTally {
 public:
  explicit ChangeTally(std::size_t policies) : policies_(policies) {}

  /// Adds what the user gains and loses to `changes`.
  void compare(const Side& before, const Side& after, UserIndex user,
               std::vector<UserDiff>& changes) {
    policies_of(before, user, had_);
    policies_of(after, user, has_);
    for (const std::uint32_t policy : had_) ++policies_[policy].before;
    for (const std::uint32_t policy : has_) ++policies_[policy].after;
    const std::size_t known = changes.size();
    std::size_t old = 0, now = 0;
    while (old < had_.size() || now < has_.size()) {
      if (now == has_.size() || (old < had_.size() && had_[old] < has_[now])) {
        changes.push_back({user, had_[old++], false});
      } else if (old == had_.size() || has_[now] < had_[old]) {
        changes.push_back({user, has_[now++], true});
      } else {
        ++old, ++now;
      }
    }
    count(std::span(changes).subspan(known));
  }

  void add_to(CatalogueDiff& sum) const {
    for (std::size_t i = 0; i < policies_.size(); ++i) {
      sum.policies[i].before += policies_[i].before;
      sum.policies[i].after += policies_[i].after;
      sum.policies[i].gained += policies_[i].gained;
      sum.policies[i].lost += policies_[i].lost;
    }
    sum.users_gaining += users_gaining_;
    sum.users_losing += users_losing_;
  }

 private:
  static void policies_of(const Side& side, UserIndex user, std::vector<std::uint32_t>& out) {
    out.clear();
    for (std::uint64_t i = side.pairs.first[user]; i < side.pairs.first[user + 1]; ++i) {
      out.push_back(side.places[side.pairs.rules[i]]);
    }
    std::sort(out.begin(), out.end());
  }

  void count(std::span<const UserDiff> changes) {
    bool gains = false, loses = false;
    for (const UserDiff& change : changes) {
      PolicyDiff& policy = policies_[change.policy];
      ++(change.gained ? policy.gained : policy.lost);
      (change.gained ? gains : loses) = true;
    }
    users_gaining_ += gains;
    users_losing_ += loses;
  }

  std::vector<PolicyDiff> policies_;  // without their ids
  std::uint64_t users_gaining_ = 0, users_losing_ = 0;
  std::vector<std::uint32_t> had_, has_;
};

class Differ {
 public:
  Differ(Side before, Side after) : before_(std::move(before)), after_(std::move(after)) {}

  Result<CatalogueDiff> run(const RunOptions& run) {
    name_policies();
    if (auto done = compare(run); !done) return std::move(done).error();
    if (auto done = gather(run.cancel); !done) return std::move(done).error();
    return std::move(diff_);
  }

 private:
  void name_policies() {
    std::map<std::string, std::uint32_t> places;
    for (const Side* side : {&before_, &after_}) {
      for (const std::string& id : side->ids) places.emplace(id, 0);
    }
    for (auto& [id, place] : places) {
      place = static_cast<std::uint32_t>(diff_.policies.size());
      diff_.policies.emplace_back().policy = id;
    }
    for (Side* side : {&before_, &after_}) {
      for (const std::string& id : side->ids) side->places.push_back(places[id]);
    }
  }

  Result<void> compare(const RunOptions& run) {
    const std::size_t users = before_.pairs.first.size() - 1;
    changes_.resize(change_blocks(users));
    std::vector<ChangeTally> tallies(worker_count(run, changes_.size()),
                                     ChangeTally(diff_.policies.size()));
    const auto compare_block = [&](std::size_t block, unsigned worker) {
      for_each_user(block, users, [&](UserIndex user) {
        tallies[worker].compare(before_, after_, user, changes_[block]);
      });
    };
    if (auto done = for_each_block(quietly(run), changes_.size(), compare_block); !done) {
      return done;
    }
    for (const ChangeTally& one : tallies) one.add_to(diff_);
    return {};
  }

  /// Puts the blocks' changes in one vector.
  Result<void> gather(const CancelToken* cancel) {
    std::size_t changes = 0;
    for (const auto& block : changes_) changes += block.size();
    diff_.users.reserve(changes);
    for (auto& block : changes_) {
      if (is_cancelled(cancel)) return cancelled_by_caller();
      diff_.users.insert(diff_.users.end(), block.begin(), block.end());
      block = {};
    }
    return {};
  }

  Side before_, after_;
  std::vector<std::vector<UserDiff>> changes_;  // of each block
  CatalogueDiff diff_;
};

}  // namespace

Result<CatalogueDiff> diff(const Catalogue& before, const UserTable& users_before,
                           const Catalogue& after, const UserTable& users_after, Date today,
                           const RunOptions& run) {
  if (auto same = check_users(users_before, users_after, run); !same) {
    return std::move(same).error();
  }
  auto old = match_all(before, users_before, today, run);
  if (!old) return old.error();
  auto now = match_all(after, users_after, today, run);
  if (!now) return now.error();
  return Differ(*std::move(old), *std::move(now)).run(run);
}

}  // namespace muster
