#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace muster {

/// An array that either owns its elements or borrows them until it is first written to.
template <class T>
class CowArray {
 public:
  CowArray() = default;
  static CowArray borrow(std::span<const T> elements) {
    CowArray array;
    array.borrowed_ = elements;
    array.borrows_ = true;
    return array;
  }

  const T* data() const noexcept { return borrows_ ? borrowed_.data() : own_.data(); }
  std::size_t size() const noexcept { return borrows_ ? borrowed_.size() : own_.size(); }
  bool empty() const noexcept { return size() == 0; }
  const T& operator[](std::size_t at) const noexcept { return data()[at]; }
  std::span<const T> span() const noexcept { return {data(), size()}; }

  /// The elements to write to; copies them first where they are borrowed.
  std::vector<T>& own() {
    if (borrows_) {
      own_.assign(borrowed_.begin(), borrowed_.end());
      borrows_ = false;
      borrowed_ = {};
    }
    return own_;
  }

  std::size_t memory_bytes() const noexcept { return own_.capacity() * sizeof(T); }

 private:
  std::vector<T> own_;
  std::span<const T> borrowed_;
  bool borrows_ = false;
};

}  // namespace muster
