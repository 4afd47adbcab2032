#include "muster/decide/engine.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "core/diagnostics.hpp"
#include "decide/engine_body.hpp"
#include "decide/explain.hpp"
#include "decide/record.hpp"
#include "policy/unknown_id.hpp"

namespace muster {
namespace {

Error no_catalogue() { return {Errc::no_catalogue, "the engine has no catalogue yet", {}}; }

/// Whether every policy of `next` may follow from what it is in `running`.
Result<void> check_transitions(const PreparedCatalogue& running, const PreparedCatalogue& next) {
  for (const PreparedPolicy& policy : next.policies) {
    const std::string& id = next.catalogue.policies()[policy.position].id;
    const std::uint32_t before = running.policy_ids.find(id);
    if (before == IdTable::none || running.policies[before].state == policy.state) continue;
    auto allowed = check_transition(id, running.policies[before].state, policy.state);
    if (!allowed) return allowed.error();
  }
  return {};
}

}  // namespace

Engine::Engine(EngineOptions options) : body_(std::make_unique<Body>(std::move(options))) {}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

Result<void> Engine::deploy(const Catalogue& catalogue) {
  auto next = PreparedCatalogue::make(catalogue, body_->options.compile);
  if (!next) return next.error();
  const std::lock_guard changing(body_->changing);
  if (const PreparedPointer running = body_->running()) {
    if (auto allowed = check_transitions(*running, **next); !allowed) return allowed.error();
  }
  const std::size_t most = std::max<std::size_t>(body_->options.catalogues_kept, 1);
  const auto& kept = body_->kept;
  const std::size_t stay = std::min(kept.size(), most - 1);
  std::vector<PreparedPointer> list(kept.end() - static_cast<std::ptrdiff_t>(stay), kept.end());
  list.push_back(std::move(*next));
  body_->swap(std::move(list));
  return {};
}

Result<void> Engine::roll_back() {
  const std::lock_guard changing(body_->changing);
  std::vector<PreparedPointer> list = body_->kept;
  if (list.size() < 2) {
    return Error{Errc::no_catalogue, "there is no catalogue before the running one", {}};
  }
  list.pop_back();
  body_->swap(std::move(list));
  return {};
}

std::vector<Deployment> Engine::deployments() const {
  std::vector<Deployment> out;
  for (const PreparedPointer& one : body_->all()) {
    out.push_back({one->catalogue.version(), one->catalogue.content_hash(), false});
  }
  if (!out.empty()) out.back().running = true;
  return out;
}

std::optional<Catalogue> Engine::catalogue() const {
  const PreparedPointer running = body_->running();
  if (!running) return std::nullopt;
  return running->catalogue;
}

Result<PolicyView> Engine::decide(const Subject& user, Moment now,
                                  const DecideOptions& options) const {
  const Body::Lease lease(*body_);
  if (!lease.slot) return no_catalogue();
  Slot& slot = *lease.slot;
  const PreparedCatalogue& catalogue = *slot.decider.catalogue();
  const PropensityModel* own = body_->options.model.get();
  const DecisionInput input{user, now, options.seed, body_->options.history.get(),
                            own != nullptr ? *own : *catalogue.model};
  WhatWasRead read;
  const bool record = options.record != nullptr;
  Result<PolicyView> view = slot.decider.decide(input, record ? &read : nullptr);
  if (view && record) *options.record = write_record(catalogue, input, read);
  return view;
}

Result<PreparedUser> Engine::prepare(const UserView& tags, Moment now) const {
  const Body::Lease lease(*body_);
  if (!lease.slot) return no_catalogue();
  return lease.slot->decider.prepare(tags, now);
}

Result<GateAnswer> Engine::check(const Subject& user, std::string_view policy,
                                 std::string_view channel, Moment now, Language language) const {
  const Body::Lease lease(*body_);
  if (!lease.slot) return no_catalogue();
  Slot& slot = *lease.slot;
  const PreparedPointer catalogue = slot.decider.catalogue();
  const std::uint32_t its_policy = catalogue->policy_ids.find(policy);
  if (its_policy == IdTable::none) return unknown_policy(catalogue->catalogue, policy);
  const std::uint32_t its_channel = catalogue->channel_ids.find(channel);
  if (its_channel == IdTable::none) return unknown_channel(catalogue->catalogue, channel);
  const Result<Reason> reason = gate(slot.decider, *catalogue, user, its_policy, its_channel, now,
                                     body_->options.history.get());
  if (!reason) return reason.error();
  if (*reason == Reason::primary) return GateAnswer{true, Reason::primary, {}};
  return GateAnswer{false, *reason,
                    gate_text(*catalogue, user, its_policy, *reason, now, language)};
}

namespace {

/// A recorded decision, decided again.
struct Again {
  PreparedPointer catalogue;
  Recorded recorded;
};

Result<Again> find_again(std::span<const std::byte> record, const auto& find) {
  Result<Recorded> recorded = read_record(record);
  if (!recorded) return recorded.error();
  PreparedPointer catalogue = find(recorded->content_hash);
  if (catalogue) return Again{std::move(catalogue), std::move(*recorded)};
  return Error{
      Errc::unknown_catalogue,
      fmt::format("the engine does not hold catalogue {} ({:016x}), of which the decision is",
                  in_quotes(recorded->catalogue_version), recorded->content_hash),
      {}};
}

}  // namespace

Result<PolicyView> Engine::replay(std::span<const std::byte> record) const {
  const auto again = find_again(record, [&](std::uint64_t hash) { return body_->find(hash); });
  if (!again) return again.error();
  return decide_again(again->catalogue, again->recorded, body_->options.model.get());
}

Result<PolicyReason> Engine::explain(std::span<const std::byte> record,
                                     std::string_view policy) const {
  const auto again = find_again(record, [&](std::uint64_t hash) { return body_->find(hash); });
  if (!again) return again.error();
  const std::uint32_t wanted = again->catalogue->policy_ids.find(policy);
  if (wanted == IdTable::none) return unknown_policy(again->catalogue->catalogue, policy);
  return explain_policy(again->catalogue, again->recorded, body_->options.model.get(), wanted);
}

}  // namespace muster
