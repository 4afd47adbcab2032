#include "evaluate/effect_tally.hpp"

#include <algorithm>

namespace muster {

EffectTally::EffectTally() : figures_(1) { policies_.number({}); }

void EffectTally::assign(std::string_view user, std::string_view policy, Flag group) {
  const std::uint32_t who = users_.number(user), what = policies_.number(policy);
  figures_.resize(policies_.size());
  assign(who, all_policies, group);
  assign(who, what, group);
}

void EffectTally::assign(std::uint32_t user, std::uint32_t policy, Flag group) {
  std::uint8_t& flags = pairs_[pair(user, policy)];
  if (flags != 0) return;  // the first group counts
  flags = group;
  PolicyFigures& its = figures_[policy];
  if (group == treated) ++its.participation.trials;
  ++(group == treated ? its.uplift.treated : its.uplift.held_out).trials;
}

void EffectTally::note(std::string_view user, std::string_view policy, Flag what) {
  const std::uint32_t who = users_.number(user), which = policies_.number(policy);
  figures_.resize(policies_.size());
  if (pairs_.find(pair(who, which)) == pairs_.end()) return;
  note(who, which, what);
  note(who, all_policies, what);
}

void EffectTally::note(std::uint32_t user, std::uint32_t policy, Flag what) {
  const auto found = pairs_.find(pair(user, policy));
  if (found == pairs_.end() || (found->second & what) != 0) return;
  found->second = static_cast<std::uint8_t>(found->second | what);
  const bool is_treated = (found->second & treated) != 0;
  PolicyFigures& its = figures_[policy];
  if (what == accepted) ++(is_treated ? its.uplift.treated : its.uplift.held_out).successes;
  if (what == met && is_treated) ++its.participation.successes;
}

std::vector<PolicyFigures> EffectTally::figures() const {
  std::vector<PolicyFigures> out = figures_;
  for (std::uint32_t i = 0; i < out.size(); ++i) out[i].policy = policies_.name(i);
  const auto nobody = [](const PolicyFigures& its) {
    return !its.policy.empty() && its.uplift == Uplift();
  };
  out.erase(std::remove_if(out.begin(), out.end(), nobody), out.end());
  std::sort(out.begin(), out.end(),
            [](const PolicyFigures& a, const PolicyFigures& b) { return a.policy < b.policy; });
  return out;
}

}  // namespace muster
