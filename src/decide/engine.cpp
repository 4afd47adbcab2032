#include "muster/decide/engine.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <mutex>

#include "core/diagnostics.hpp"
#include "decide/engine_slots.hpp"
#include "decide/explain.hpp"
#include "decide/record.hpp"

namespace muster {
namespace {

Error no_catalogue() { return {Errc::no_catalogue, "the engine has no catalogue yet", {}}; }

Error unknown(Errc code, const char* what, std::string_view id) {
  return {code, fmt::format("the catalogue has no {} {}", what, in_quotes(id)), {}};
}

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

struct Engine::Body {
  /// A slot that goes back when its user is done.
  struct Lease {
    explicit Lease(const Body& its_body) : body(its_body), slot(body.take_slot()) {}
    Lease(const Lease&) = delete;
    ~Lease() {
      if (slot) body.put_back(std::move(slot));
    }
    const Body& body;
    std::unique_ptr<Slot> slot;
  };

  explicit Body(EngineOptions its_options) : options(std::move(its_options)) {}

  PreparedPointer running() const {
    const std::lock_guard lock(mutex);
    return kept.empty() ? nullptr : kept.back();
  }

  /// A slot for the running catalogue, or null where there is none. Waits for moments only, and
  /// gives no memory back.
  std::unique_ptr<Slot> take_slot() const {
    while (std::unique_ptr<Slot> slot = shelf.take()) {
      if (slot->version == version.load(std::memory_order_acquire)) return slot;
      pile.put(std::move(slot));
    }
    PreparedPointer catalogue;
    std::uint64_t now = 0;
    {
      const std::lock_guard lock(mutex);
      if (kept.empty()) return nullptr;
      if (auto slot = stock.take()) return slot;
      catalogue = kept.back();
      now = version.load(std::memory_order_relaxed);
    }
    return std::make_unique<Slot>(std::move(catalogue), now);
  }

  void put_back(std::unique_ptr<Slot> slot) const noexcept {
    if (slot->version == version.load(std::memory_order_acquire)) {
      shelf.put_back(std::move(slot));
    } else {
      pile.put(std::move(slot));
    }
  }

  PreparedPointer find(std::uint64_t content_hash) const {
    const std::lock_guard lock(mutex);
    for (auto one = kept.rbegin(); one != kept.rend(); ++one) {
      if ((*one)->catalogue.content_hash() == content_hash) return *one;
    }
    return nullptr;
  }

  /// Runs `change` on the list of catalogues, in one step for those who decide, which makes `next`
  /// the running one. What they need for it is made here, and what is dropped is destroyed here,
  /// never by them, however long they go on with it. REQUIRES: `changing` is held.
  template <class Change>
  void swap(const PreparedPointer& next, Change change) {
    std::vector<std::unique_ptr<Slot>> slots(wanted_slots());
    const std::uint64_t its_version = version.load(std::memory_order_relaxed) + 1;
    for (auto& slot : slots) slot = std::make_unique<Slot>(next, its_version);
    {
      const std::lock_guard lock(mutex);
      change();
      slots = stock.exchange(std::move(slots));
      version.store(its_version, std::memory_order_release);
    }
    slots.clear();
    shelf.clear();
    pile.clear();
    std::vector<PreparedPointer> unused;
    const std::lock_guard lock(mutex);
    const auto in_use = std::partition(retired.begin(), retired.end(),
                                       [](const auto& one) { return one.use_count() > 1; });
    unused.assign(std::make_move_iterator(in_use), std::make_move_iterator(retired.end()));
    retired.erase(in_use, retired.end());
  }

  std::size_t wanted_slots() const {
    const std::lock_guard lock(mutex);
    return stock.wanted();
  }

  EngineOptions options;
  std::mutex changing;  ///< held by deploy and roll_back while they look and swap

  mutable std::mutex mutex;           ///< of the two lists; held for moments only
  std::vector<PreparedPointer> kept;  ///< oldest first, the running one last
  std::vector<PreparedPointer> retired;
  std::atomic<std::uint64_t> version{0};  ///< counts swaps

  mutable SlotStock stock;  ///< guarded by `mutex`

  mutable SlotShelf shelf;
  mutable SlotPile pile;
};

Engine::Engine(EngineOptions options) : body_(std::make_unique<Body>(std::move(options))) {}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

Result<void> Engine::deploy(const Catalogue& catalogue) {
  auto next = PreparedCatalogue::make(catalogue, body_->options.limits, body_->options.compile);
  if (!next) return next.error();
  const std::lock_guard changing(body_->changing);
  if (const PreparedPointer running = body_->running()) {
    if (auto allowed = check_transitions(*running, **next); !allowed) return allowed.error();
  }
  const std::size_t most = std::max<std::size_t>(body_->options.catalogues_kept, 1);
  body_->swap(*next, [&] {
    auto& kept = body_->kept;
    kept.push_back(*next);
    const auto dropped = kept.size() - std::min(kept.size(), most);
    const auto end = kept.begin() + static_cast<std::ptrdiff_t>(dropped);
    body_->retired.insert(body_->retired.end(), kept.begin(), end);
    kept.erase(kept.begin(), end);
  });
  return {};
}

Result<void> Engine::roll_back() {
  const std::lock_guard changing(body_->changing);
  PreparedPointer former;
  {
    const std::lock_guard lock(body_->mutex);
    if (body_->kept.size() < 2) {
      return Error{Errc::no_catalogue, "there is no catalogue before the running one", {}};
    }
    former = *(body_->kept.end() - 2);
  }
  body_->swap(former, [&] {
    body_->retired.push_back(std::move(body_->kept.back()));
    body_->kept.pop_back();
  });
  return {};
}

std::vector<Deployment> Engine::deployments() const {
  const std::lock_guard lock(body_->mutex);
  std::vector<Deployment> out;
  for (const PreparedPointer& one : body_->kept) {
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
  const PreparedCatalogue& catalogue = *slot.catalogue;
  const PropensityModel* own = body_->options.model.get();
  const DecisionInput input{user, now, options.seed, body_->options.history.get(),
                            own != nullptr ? *own : *catalogue.model};
  WhatWasRead read;
  const bool record = options.record != nullptr;
  Result<PolicyView> view = slot.decider.decide(input, record ? &read : nullptr);
  if (view && record) *options.record = write_record(catalogue, input, read);
  return view;
}

Result<GateAnswer> Engine::check(const Subject& user, std::string_view policy,
                                 std::string_view channel, Moment now, Language language) const {
  const Body::Lease lease(*body_);
  if (!lease.slot) return no_catalogue();
  Slot& slot = *lease.slot;
  const PreparedPointer catalogue = slot.catalogue;
  const std::uint32_t its_policy = catalogue->policy_ids.find(policy);
  if (its_policy == IdTable::none) return unknown(Errc::unknown_policy, "policy", policy);
  const std::uint32_t its_channel = catalogue->channel_ids.find(channel);
  if (its_channel == IdTable::none) return unknown(Errc::unknown_channel, "channel", channel);
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
  return decide_again(*again->catalogue, again->recorded, body_->options.model.get());
}

Result<PolicyReason> Engine::explain(std::span<const std::byte> record,
                                     std::string_view policy) const {
  const auto again = find_again(record, [&](std::uint64_t hash) { return body_->find(hash); });
  if (!again) return again.error();
  const std::uint32_t wanted = again->catalogue->policy_ids.find(policy);
  if (wanted == IdTable::none) return unknown(Errc::unknown_policy, "policy", policy);
  return explain_policy(*again->catalogue, again->recorded, body_->options.model.get(), wanted);
}

}  // namespace muster
