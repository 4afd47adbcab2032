#include "muster/plan/catalogue_diff.hpp"

#include <algorithm>
#include <map>

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

bool hold_the_same_users(const UserTable& one, const UserTable& other) {
  if (one.size() != other.size()) return false;
  std::string buffer, other_buffer;
  for (UserIndex user = 0; user < one.size(); ++user) {
    if (one.key(user, buffer) != other.key(user, other_buffer)) return false;
  }
  return true;
}

class Differ {
 public:
  Differ(Side before, Side after) : before_(std::move(before)), after_(std::move(after)) {}

  CatalogueDiff run() {
    name_policies();
    const std::size_t users = before_.pairs.first.size() - 1;
    for (UserIndex user = 0; user < users; ++user) compare(user);
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

  static void policies_of(const Side& side, UserIndex user, std::vector<std::uint32_t>& out) {
    out.clear();
    for (std::uint64_t i = side.pairs.first[user]; i < side.pairs.first[user + 1]; ++i) {
      out.push_back(side.places[side.pairs.rules[i]]);
    }
    std::sort(out.begin(), out.end());
  }

  void compare(UserIndex user) {
    policies_of(before_, user, had_);
    policies_of(after_, user, has_);
    for (const std::uint32_t policy : had_) ++diff_.policies[policy].before;
    for (const std::uint32_t policy : has_) ++diff_.policies[policy].after;
    const std::size_t known = diff_.users.size();
    std::size_t old = 0, now = 0;
    while (old < had_.size() || now < has_.size()) {
      if (now == has_.size() || (old < had_.size() && had_[old] < has_[now])) {
        diff_.users.push_back({user, had_[old++], false});
      } else if (old == had_.size() || has_[now] < had_[old]) {
        diff_.users.push_back({user, has_[now++], true});
      } else {
        ++old, ++now;
      }
    }
    count(known);
  }

  void count(std::size_t from) {
    bool gains = false, loses = false;
    for (std::size_t i = from; i < diff_.users.size(); ++i) {
      const UserDiff& change = diff_.users[i];
      PolicyDiff& policy = diff_.policies[change.policy];
      ++(change.gained ? policy.gained : policy.lost);
      (change.gained ? gains : loses) = true;
    }
    diff_.users_gaining += gains;
    diff_.users_losing += loses;
  }

  Side before_, after_;
  CatalogueDiff diff_;
  std::vector<std::uint32_t> had_, has_;
};

}  // namespace

Result<CatalogueDiff> diff(const Catalogue& before, const UserTable& users_before,
                           const Catalogue& after, const UserTable& users_after, Date today,
                           const RunOptions& run) {
  if (!hold_the_same_users(users_before, users_after)) {
    return Error{Errc::invalid_argument, "the tables do not hold the same users", {}};
  }
  auto old = match_all(before, users_before, today, run);
  if (!old) return old.error();
  auto now = match_all(after, users_after, today, run);
  if (!now) return now.error();
  return Differ(*std::move(old), *std::move(now)).run();
}

}  // namespace muster
