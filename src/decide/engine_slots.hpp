#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

#include "decide/decision.hpp"

namespace muster {

/// Working memory for deciding from one catalogue, and the catalogue.
struct Slot {
  Slot(PreparedPointer catalogue, std::uint64_t its_version, std::size_t room)
      : version(its_version), decider(std::move(catalogue), room) {}

  std::uint64_t version;  ///< of the engine when the slot was made
  Decider decider;
  Slot* next = nullptr;  ///< in a pile
};

/// Slots that nobody uses just now. A thread takes one, works, and puts it back; none ever waits
/// for another. Slots go by the thread, so that a thread mostly finds its own.
class SlotShelf {
 public:
  SlotShelf() = default;
  ~SlotShelf() { clear(); }

  /// Null where all are taken.
  std::unique_ptr<Slot> take() noexcept;
  /// Drops the slot where the shelf is full.
  void put_back(std::unique_ptr<Slot> slot) noexcept;

  /// Drops all that lie there.
  void clear() noexcept {
    for (Place& place : places_) {
      const std::unique_ptr<Slot> slot(place.slot.exchange(nullptr, std::memory_order_acq_rel));
    }
  }

 private:
  static constexpr std::size_t places = 64;
  static std::size_t first_place() noexcept;

  struct alignas(64) Place {  // a cache line of its own
    std::atomic<Slot*> slot{nullptr};
  };
  std::array<Place, places> places_;
};

/// Slots of former catalogues. Those who decide only put them down here; whoever exchanges
/// catalogues clears them away, as giving back much memory takes long.
class SlotPile {
 public:
  SlotPile() = default;
  SlotPile(const SlotPile&) = delete;
  ~SlotPile() { clear(); }

  void put(std::unique_ptr<Slot> slot) noexcept;
  void clear() noexcept;

 private:
  std::atomic<Slot*> top_{nullptr};
};

/// Slots of the running catalogue that wait for their first use, made by whoever put it in place:
/// as many as were ever used of one catalogue. Guarded by the engine.
class SlotStock {
 public:
  /// How many to make for the next catalogue.
  std::size_t wanted() const noexcept { return most_; }
  /// Replaces what is left by the next catalogue's; gives that back.
  std::vector<std::unique_ptr<Slot>> exchange(std::vector<std::unique_ptr<Slot>> next) noexcept;
  /// Null where none is left: the caller makes one.
  std::unique_ptr<Slot> take() noexcept;

 private:
  static constexpr std::size_t at_most = 64;
  std::vector<std::unique_ptr<Slot>> left_;
  std::size_t used_ = 0;
  std::size_t most_ = 1;
};

}  // namespace muster
