#include "plan/outranks.hpp"

#include <algorithm>
#include <cmath>

#include "decide/score.hpp"

namespace muster {
namespace {

/// What rounding may add to or take from a score of doubles, generously.
constexpr double rounding = 1e-9;
/// Context weights together that may turn scores into infinities.
constexpr double overflowing = 1e100;

std::vector<std::uint32_t> weights_of(const Catalogue& catalogue, PolicyId policy) {
  const auto service_class = static_cast<unsigned>(catalogue.policies()[policy].service_class);
  std::vector<std::uint32_t> out;
  const auto& weights = catalogue.arbitration().context;
  for (std::uint32_t i = 0; i < weights.size(); ++i) {
    const auto& named = weights[i].policies;
    if ((weights[i].classes >> service_class & 1) == 0) continue;
    if (!named.empty() && !std::binary_search(named.begin(), named.end(), policy)) continue;
    out.push_back(i);
  }
  return out;
}

bool is_same(const std::vector<PermittedChannel>& a, const std::vector<PermittedChannel>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto& x, const auto& y) { return x.channel == y.channel; });
}

bool includes(const std::vector<PermittedChannel>& all, const std::vector<PermittedChannel>& some) {
  return std::includes(all.begin(), all.end(), some.begin(), some.end(),
                       [](const auto& x, const auto& y) { return x.channel < y.channel; });
}

bool concerns(const ContactRule& rule, const std::vector<PermittedChannel>& channels) {
  return rule.channels.empty() ||
         std::any_of(channels.begin(), channels.end(), [&](const PermittedChannel& one) {
           return std::find(rule.channels.begin(), rule.channels.end(), one.channel) !=
                  rule.channels.end();
         });
}

bool counts(const ContactRule& rule, ContactRule::Counts what) {
  return (rule.kind == ContactRule::Kind::cap || rule.kind == ContactRule::Kind::cool_down) &&
         rule.counts == what;
}

/// A score apart from the context weight k: gain × k − cost.
struct ScoreLine {
  double gain_before_lever = 0;
  double lever = 1;
  double cost = 0;
  double gain() const { return gain_before_lever * lever; }
};

/// Rounded as scores are, `a` is at least `b` whatever k: each step of the one is at least that of
/// the other.
bool never_less(const ScoreLine& a, const ScoreLine& b) {
  if (a.cost > b.cost || a.gain_before_lever < b.gain_before_lever) return false;
  return a.gain_before_lever >= 0 ? a.lever >= b.lever : a.lever <= b.lever;
}

bool is_more_at(double k, const ScoreLine& a, const ScoreLine& b) {
  const double more = (a.gain() - b.gain()) * k - (a.cost - b.cost);
  const double size = (std::abs(a.gain()) + std::abs(b.gain())) * k + a.cost + b.cost;
  return std::isfinite(size) && more > rounding * size;
}

}  // namespace

Outranking::Outranking(const Catalogue& catalogue) : catalogue_(catalogue) {
  const auto policies = catalogue.policies();
  for (PolicyId policy = 0; policy < policies.size(); ++policy) {
    channels_.push_back(permitted_channels(catalogue, policies[policy]));
    groups_.push_back(policies[policy].groups);
    std::sort(groups_.back().begin(), groups_.back().end());
    weights_.push_back(weights_of(catalogue, policy));
  }
  // Logistic ones come before constants, the first before its likes.
  for (const LogisticPropensity& one : catalogue.propensities().logistic) {
    sources_.try_emplace({one.policy, one.channel}, Source{&one, 0});
  }
  for (const ConstantPropensity& one : catalogue.propensities().constants) {
    sources_.try_emplace({one.policy, one.channel}, Source{nullptr, one.probability});
  }
}

Outranking::Source Outranking::source_of(PolicyId policy, ChannelId channel) const {
  const std::pair<PolicyId, ChannelId> keys[] = {
      {policy, channel}, {policy, any_channel}, {any_policy, channel}, {any_policy, any_channel}};
  for (const auto& key : keys) {
    if (const auto found = sources_.find(key); found != sources_.end()) return found->second;
  }
  return {};
}

bool Outranking::always(PolicyId winner, PolicyId loser) const {
  if (winner == loser || !is_there(winner, loser) || may_be_blocked(winner, loser)) return false;
  const std::int32_t first = catalogue_.policies()[winner].tier;
  const std::int32_t second = catalogue_.policies()[loser].tier;
  return first < second || (first == second && scores_better(winner, loser));
}

// A winner with a group of its own could lose its place there, and leave it to the loser.
bool Outranking::is_there(PolicyId winner, PolicyId loser) const {
  const Policy& one = catalogue_.policies()[winner];
  const Policy& other = catalogue_.policies()[loser];
  const bool live = one.state == PolicyState::released ||
                    (one.state == PolicyState::test && other.state == PolicyState::test);
  return live && one.valid.from <= other.valid.from && other.valid.until <= one.valid.until &&
         one.quota == 0 && one.budget == 0 && !groups_[winner].empty() &&
         std::includes(groups_[loser].begin(), groups_[loser].end(), groups_[winner].begin(),
                       groups_[winner].end());
}

// Contacts of its groups count for the loser as well, which is in all of them.
bool Outranking::may_be_blocked(PolicyId winner, PolicyId loser) const {
  if (!includes(channels_[winner], channels_[loser])) return true;
  const auto rules = catalogue_.contact_rules();
  return std::any_of(rules.begin(), rules.end(), [&](const ContactRule& rule) {
    return counts(rule, ContactRule::Counts::policy) && concerns(rule, channels_[loser]);
  });
}

bool Outranking::scores_better(PolicyId winner, PolicyId loser) const {
  if (weights_[winner] != weights_[loser]) return false;
  const auto& its = channels_[winner];
  if (same_choice(winner, loser)) {
    for (std::size_t i = 0; i < its.size(); ++i) {
      if (!scores_better_on(winner, its[i], loser, channels_[loser][i])) return false;
    }
    return true;
  }
  return std::all_of(its.begin(), its.end(), [&](const PermittedChannel& one) {
    return std::all_of(channels_[loser].begin(), channels_[loser].end(), [&](const auto& other) {
      return scores_better_on(winner, one, loser, other);
    });
  });
}

// Their channels are ranked alike: the same are free, and each is as likely to work.
bool Outranking::same_choice(PolicyId winner, PolicyId loser) const {
  if (!is_same(channels_[winner], channels_[loser]) || counts_apart(winner, loser)) return false;
  return std::all_of(channels_[winner].begin(), channels_[winner].end(), [&](const auto& one) {
    const Source a = source_of(winner, one.channel), b = source_of(loser, one.channel);
    return a.logistic == b.logistic && a.probability == b.probability;
  });
}

bool Outranking::counts_apart(PolicyId winner, PolicyId loser) const {
  if (groups_[winner] == groups_[loser]) return false;
  const auto rules = catalogue_.contact_rules();
  return std::any_of(rules.begin(), rules.end(), [&](const ContactRule& rule) {
    return counts(rule, ContactRule::Counts::group) && concerns(rule, channels_[loser]);
  });
}

bool Outranking::scores_better_on(PolicyId winner, const PermittedChannel& its, PolicyId loser,
                                  const PermittedChannel& other) const {
  const Policy& one = catalogue_.policies()[winner];
  const Policy& two = catalogue_.policies()[loser];
  const Source a = source_of(winner, its.channel), b = source_of(loser, other.channel);
  if (a.logistic != b.logistic) return false;
  // Of a propensity that both share, 1 stands for any.
  const bool open = a.logistic != nullptr;
  const ScoreLine best{(open ? 1 : as_probability(a.probability)) * one.value,
                       one.lever * its.lever, catalogue_.channels()[its.channel].cost};
  const ScoreLine worst{(open ? 1 : as_probability(b.probability)) * two.value,
                        two.lever * other.lever, catalogue_.channels()[other.channel].cost};
  double least = 1, most = 1;
  for (const std::uint32_t weight : weights_[winner]) {
    const double factor = catalogue_.arbitration().context[weight].weight;
    least *= std::min(factor, 1.0);
    most *= std::max(factor, 1.0);
  }
  if (most > overflowing) return false;
  if (one.id < two.id && never_less(best, worst)) return true;
  if (open) return false;
  // Both lines are straight: what holds for the least and the most weight holds between them.
  return is_more_at(least, best, worst) && is_more_at(most, best, worst);
}

}  // namespace muster
