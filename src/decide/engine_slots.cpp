#include "decide/engine_slots.hpp"

#include <functional>
#include <thread>

namespace muster {

std::size_t SlotShelf::first_place() noexcept {
  const std::size_t id = std::hash<std::thread::id>()(std::this_thread::get_id());
  return static_cast<std::size_t>((id * 0x9E3779B97F4A7C15) >> 32) % places;
}

std::unique_ptr<Slot> SlotShelf::take() noexcept {
  const std::size_t first = first_place();
  for (std::size_t i = 0; i < places; ++i) {
    std::atomic<Slot*>& place = places_[(first + i) % places].slot;
    if (place.load(std::memory_order_relaxed) == nullptr) continue;
    if (Slot* slot = place.exchange(nullptr, std::memory_order_acq_rel)) {
      return std::unique_ptr<Slot>(slot);
    }
  }
  return nullptr;
}

void SlotShelf::put_back(std::unique_ptr<Slot> slot) noexcept {
  const std::size_t first = first_place();
  for (std::size_t i = 0; i < places; ++i) {
    Slot* expected = nullptr;
    std::atomic<Slot*>& place = places_[(first + i) % places].slot;
    if (place.load(std::memory_order_relaxed) != nullptr) continue;
    if (place.compare_exchange_strong(expected, slot.get(), std::memory_order_acq_rel)) {
      static_cast<void>(slot.release());
      return;
    }
  }
}

}  // namespace muster
