// What a decision leaves: the view and its id.

#include <algorithm>

#include "decide/decision.hpp"
#include "decide/holdout.hpp"

namespace muster {
namespace {

std::uint64_t hash_of(const void* bytes, std::size_t size) noexcept {
  return XXH3_64bits(bytes, size);
}

}  // namespace

RankedChannel* Decider::rank_channels(const Candidate& one, RankedChannel* first) const {
  RankedChannel* end = first;
  for (std::size_t at = one.channels.begin; at < one.channels.end; ++at) {
    *end++ = {places_[at].channel, false, propensities_[at]};
  }
  ranker_.rank({first, end});
  return end;
}

std::vector<RankedChannel> Decider::ranked_channels(PolicyIndex policy) const {
  std::vector<RankedChannel> out;
  for (const Candidate& one : candidates_) {
    if (one.policy != policy) continue;
    out.resize(one.channels.end - one.channels.begin);
    rank_channels(one, out.data());
  }
  return out;
}

void Decider::fill_offers(PolicyView::Body& view) const {
  RankedChannel* channel = view.channels.data();
  for (std::size_t i = 0; i < view.offers.size(); ++i) {
    const Contender& contender = contenders_[offered_[i]];
    const Candidate& one = candidates_[contender.candidate];
    const Score& score = one.score;
    RankedChannel* const first = channel;
    channel = rank_channels(one, first);
    view.offers[i] = {catalogue_.policies[one.policy].position,
                      contender.reason == Reason::primary,
                      contender.score,
                      score.propensity,
                      score.value,
                      score.context,
                      score.lever,
                      score.contact_cost,
                      {first, channel}};
  }
}

std::span<const TagId> Decider::tags_of_scripts() {
  script_tags_.clear();
  for (const std::uint32_t offer : offered_) {
    const PolicyIndex policy = contenders_[offer].policy;
    const auto its = part(catalogue_.script_tags, catalogue_.policies[policy].script_tags);
    for (const TagId tag : its) {  // offers mostly name the same ones
      if (script_tags_.empty() || script_tags_.back() != tag) script_tags_.push_back(tag);
    }
  }
  if (script_tags_.size() < 2) return script_tags_;
  std::sort(script_tags_.begin(), script_tags_.end());
  script_tags_.erase(std::unique(script_tags_.begin(), script_tags_.end()), script_tags_.end());
  return script_tags_;
}

// Each is written, those that are not offered stay: nothing branches on what can not be foretold.
void Decider::fill_omissions(PolicyView::Body& view) const {
  std::size_t end = 0;
  for (std::size_t i = 0; i < policies_matched_; ++i) {
    view.omissions[end] = {catalogue_.policies[matched_[i]].position, reasons_[i]};
    end += reasons_[i] > Reason::secondary;
  }
  view.omissions = view.omissions.first(end);
}

// Of the tags it takes what the decision saw of them: the answers of rules, propensities, values in
// scripts. Encoded bits would be nearer to the tags, but depend on how the rules are compiled; the
// cells of two hundred tags would cost more than the match.
std::uint64_t Decider::id_of(const DecisionInput& input, const PolicyView::Body& view) {
  const auto& conditions = conditions_.words();
  const std::uint64_t words[] = {
      catalogue_.catalogue.content_hash(),
      hash_of(input.user.key.data(), input.user.key.size()),
      static_cast<std::uint64_t>(input.now.seconds),
      input.seed,
      hash_of(matched_.data(), policies_matched_ * sizeof(RuleId)),
      hash_of(conditions.data(), conditions.size() * sizeof(conditions[0])),
      history_hash_,
      hash_of(propensities_.data(), propensities_.size() * sizeof(double)),
      view.script_values.hash()};
  return hash_of(words, sizeof words);
}

ViewSizes Decider::sizes_of_view() const noexcept {
  // Of omissions some may be left over.
  ViewSizes sizes{offered_.size(), 0, policies_matched_};
  for (const std::uint32_t offer : offered_) {
    const Stretch its = candidates_[contenders_[offer].candidate].channels;
    sizes.channels += its.end - its.begin;
  }
  return sizes;
}

PolicyView Decider::make_view(const DecisionInput& input) {
  const TagValues values =
      tags_.read(catalogue_.catalogue.schema(), input.user.tags, tags_of_scripts());
  auto view = PolicyView::Body::make(held_, input.user.key, values, sizes_of_view());
  view->at = input.now;
  view->holdout = is_held_out(input.user.key, catalogue_.catalogue.holdout());
  view->high_value = conditions_[catalogue_.high_value];
  fill_offers(*view);
  fill_omissions(*view);
  view->decision_id = id_of(input, *view);
  return PolicyView(std::move(view));
}

}  // namespace muster
