#include "decide/engine_slots.hpp"

#include <algorithm>
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

void SlotPile::put(std::unique_ptr<Slot> slot) noexcept {
  Slot* const put = slot.release();
  put->next = top_.load(std::memory_order_relaxed);
  while (!top_.compare_exchange_weak(put->next, put, std::memory_order_release,
                                     std::memory_order_relaxed)) {
  }
}

void SlotPile::clear() noexcept {
  Slot* slot = top_.exchange(nullptr, std::memory_order_acquire);
  while (slot != nullptr) {
    const std::unique_ptr<Slot> done(slot);
    slot = slot->next;
  }
}

std::vector<std::unique_ptr<Slot>> SlotStock::exchange(
    std::vector<std::unique_ptr<Slot>> next) noexcept {
  used_ = 0;
  std::swap(left_, next);
  return next;
}

std::unique_ptr<Slot> SlotStock::take() noexcept {
  most_ = std::clamp(++used_, most_, at_most);
  if (left_.empty()) return nullptr;
  std::unique_ptr<Slot> slot = std::move(left_.back());
  left_.pop_back();
  return slot;
}

}  // namespace muster
