#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "decide/engine_slots.hpp"
#include "muster/decide/engine.hpp"

namespace muster {

/// The catalogues of an engine, and the memory that decisions work in.
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

  std::vector<PreparedPointer> all() const {
    const std::lock_guard lock(mutex);
    return kept;
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
    return std::make_unique<Slot>(std::move(catalogue), now, room.load(std::memory_order_relaxed));
  }

  void put_back(std::unique_ptr<Slot> slot) const noexcept {
    if (slot->decider.room() > room.load(std::memory_order_relaxed)) {
      room.store(slot->decider.room(), std::memory_order_relaxed);
    }
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

  /// Makes `next` the list of catalogues, in one step for those who decide: its last one runs from
  /// then on. What they need for it is made here, and what is dropped is destroyed here, once
  /// neither they nor their views use it, and never by them. Where memory runs out nothing is
  /// changed. REQUIRES: `changing` is held.
  void swap(std::vector<PreparedPointer> next) {
    std::vector<std::unique_ptr<Slot>> slots(wanted_slots());
    const std::uint64_t its_version = version.load(std::memory_order_relaxed) + 1;
    for (auto& slot : slots)
      slot = std::make_unique<Slot>(next.back(), its_version, room.load(std::memory_order_relaxed));
    retired.reserve(retired.size() + kept.size());
    {
      const std::lock_guard lock(mutex);
      kept.swap(next);
      slots = stock.exchange(std::move(slots));
    }
    // Not before: who sees it wants the lock, and would wait where this thread loses its turn.
    version.store(its_version, std::memory_order_release);
    for (PreparedPointer& former : next) {
      const bool stays = std::find(kept.begin(), kept.end(), former) != kept.end();
      if (!stays) retired.push_back(std::move(former));
    }
    next.clear();
    slots.clear();
    shelf.clear();
    pile.clear();
    std::erase_if(retired, [](const PreparedPointer& one) { return one.use_count() == 1; });
  }

  std::size_t wanted_slots() const {
    const std::lock_guard lock(mutex);
    return stock.wanted();
  }

  EngineOptions options;
  std::mutex changing;  ///< held by deploy and roll_back while they look and swap

  mutable std::mutex mutex;  ///< held for moments only
  /// Oldest first, the running one last. Written under both mutexes, read under either.
  std::vector<PreparedPointer> kept;
  std::vector<PreparedPointer> retired;   ///< guarded by `changing`
  std::atomic<std::uint64_t> version{0};  ///< counts swaps

  mutable SlotStock stock;  ///< guarded by `mutex`
  /// What slots grew to: a new one has it from the start, as whoever decides would free the memory
  /// of whoever made the slot, and wait for it where that one frees a catalogue.
  mutable std::atomic<std::size_t> room{Decider::least_room};

  mutable SlotShelf shelf;
  mutable SlotPile pile;
};

}  // namespace muster
