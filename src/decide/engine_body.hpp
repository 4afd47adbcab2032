#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <iterator>
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
  /// once neither they nor their views use it; never by them. REQUIRES: `changing` is held.
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

}  // namespace muster
