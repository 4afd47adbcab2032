#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

namespace muster {

/// Numbers from a 64-byte line on, not initialised.
template <class T>
class AlignedArray {
 public:
  explicit AlignedArray(std::size_t size)
      : items_(static_cast<T*>(::operator new (size * sizeof(T), std::align_val_t{64}))) {}

  T* data() noexcept { return items_.get(); }
  const T* data() const noexcept { return items_.get(); }

 private:
  struct Delete {
    void operator()(T* items) const noexcept { ::operator delete (items, std::align_val_t{64}); }
  };
  std::unique_ptr<T, Delete> items_;
};

using AlignedWords = AlignedArray<std::uint64_t>;

}  // namespace muster
