#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>

#include "decide/decision.hpp"

namespace muster {

using PreparedPointer = std::shared_ptr<const PreparedCatalogue>;

/// Working memory for deciding from one catalogue, and the catalogue.
struct Slot {
  Slot(PreparedPointer its_catalogue, std::uint64_t its_version)
      : catalogue(std::move(its_catalogue)), version(its_version), decider(*catalogue) {}

  PreparedPointer catalogue;
  std::uint64_t version;  ///< of the engine when the slot was made
  Decider decider;
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

}  // namespace muster
