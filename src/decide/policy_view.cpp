#include "muster/decide/policy_view.hpp"

#include <algorithm>

#include "decide/permitted.hpp"
#include "decide/policy_view_body.hpp"
#include "muster/policy/script.hpp"

namespace muster {
namespace {

/// What a policy says on a channel; null where the channel may not carry it.
const std::string* script_of(const Catalogue& catalogue, const Policy& policy, ChannelId channel) {
  if (channel >= catalogue.channels().size()) return nullptr;
  if (!carries(catalogue, channel, policy.service_class)) return nullptr;
  if (policy.channels.empty()) return &policy.script;
  const auto own = std::find_if(policy.channels.begin(), policy.channels.end(),
                                [&](const auto& one) { return one.channel == channel; });
  if (own == policy.channels.end()) return nullptr;
  return own->script.empty() ? &policy.script : &own->script;
}

}  // namespace

const Catalogue& PolicyView::catalogue() const noexcept { return *body_->catalogue; }
std::string_view PolicyView::user() const noexcept { return body_->user; }
Moment PolicyView::at() const noexcept { return body_->at; }
std::uint64_t PolicyView::decision_id() const noexcept { return body_->decision_id; }
bool PolicyView::holdout() const noexcept { return body_->holdout; }
bool PolicyView::high_value() const noexcept { return body_->high_value; }
const ChannelWeights& PolicyView::channel_weights() const noexcept {
  const Arbitration& settings = body_->catalogue->arbitration();
  return body_->high_value ? settings.high_value : settings.others;
}
std::span<const Offer> PolicyView::offers() const noexcept { return body_->offers; }
std::span<const Omission> PolicyView::omissions() const noexcept { return body_->omissions; }

std::string PolicyView::script(std::size_t offer, ChannelId channel) const {
  const Catalogue& catalogue = *body_->catalogue;
  const Policy& policy = catalogue.policies()[body_->offers[offer].policy];
  const std::string* const text = script_of(catalogue, policy, channel);
  if (text == nullptr || text->empty()) return {};
  const Result<Script> script = Script::parse(*text, catalogue.schema());
  if (!script) return {};  // it was right when read
  std::vector<std::string> values;
  for (const TagId tag : script->tags()) {
    values.push_back(to_script_text(catalogue.schema(), tag, body_->script_values[tag]));
  }
  return script->fill(values);
}

}  // namespace muster
