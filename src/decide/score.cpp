// What channels and policies are worth to a user.

#include "decide/score.hpp"

#include "decide/decision.hpp"

namespace muster {

double context_weight(std::span<const PreparedWeight> weights,
                      const ConditionBits& conditions) noexcept {
  double product = 1;
  for (const PreparedWeight& one : weights) {
    if (conditions[one.when]) product *= one.weight;
  }
  return as_finite(product);
}

void Decider::estimate(const DecisionInput& input) {
  propensities_.assign(placed_, 0);
  if (placed_ == 0) return;
  const auto places = std::span<const Placement>(places_).first(placed_);
  const PreparedUser* const prepared = input.user.prepared;
  const bool numbers_are_known = prepared != nullptr && &input.model == catalogue_.model.get() &&
                                 prepared->catalogue_ == catalogue_.catalogue.content_hash();
  if (numbers_are_known) {
    catalogue_.model->estimate(prepared->numbers_, places, propensities_);
  } else {
    input.model.estimate(input.user.tags, input.seed, places, propensities_);
  }
  for (double& propensity : propensities_) propensity = as_probability(propensity);
}

// Which one is best can not be foretold, so nothing branches on it.
std::size_t Decider::best_channel(const Candidate& one) const noexcept {
  std::size_t best = one.channels.begin;
  double best_rank = ranker_.rank_of(places_[best].channel, propensities_[best]);
  for (std::size_t i = best + 1; i < one.channels.end; ++i) {
    const double rank = ranker_.rank_of(places_[i].channel, propensities_[i]);
    const std::size_t is_better = rank > best_rank;
    best += is_better * (i - best);
    best_rank = rank > best_rank ? rank : best_rank;
  }
  return best;
}

void Decider::score() {
  contenders_.clear();
  if (candidates_.empty()) return;
  const Arbitration& settings = catalogue_.catalogue.arbitration();
  ranker_.begin(catalogue_,
                conditions_[catalogue_.high_value] ? settings.high_value : settings.others,
                conditions_);
  const PreparedPolicy* last = nullptr;
  double context = 1;
  for (std::uint32_t i = 0; i < candidates_.size(); ++i) {
    Candidate& one = candidates_[i];
    const PreparedPolicy& policy = catalogue_.policies[one.policy];
    // Neighbours mostly share the weights of their class.
    if (last == nullptr || policy.context != last->context) {
      context = context_weight(part(catalogue_.context, policy.context), conditions_);
    }
    last = &policy;
    const std::size_t best = best_channel(one);
    one.score = {propensities_[best], policy.value, context, policy.lever * levers_[best],
                 catalogue_.channels[places_[best].channel].cost};
    contenders_.push_back({policy.tier, one.score.total(), one.policy, i, Reason::outranked});
  }
}

}  // namespace muster
