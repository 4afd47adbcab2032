#pragma once

#include <utility>

#include "muster/tags/arrow_abi.h"

namespace muster {

/// An ArrowSchema, ArrowArray or ArrowArrayStream, released once, when it goes.
template <class T>
class ArrowOwned {
 public:
  ArrowOwned() noexcept = default;
  /// Moves it out of where it lies, as the interface has it.
  explicit ArrowOwned(T& from) noexcept : value_(from) { from.release = nullptr; }
  ArrowOwned(ArrowOwned&& other) noexcept : ArrowOwned(other.value_) {}
  ArrowOwned& operator=(ArrowOwned&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }
  ~ArrowOwned() { reset(); }

  void reset() noexcept {
    if (value_.release != nullptr) value_.release(&value_);
    value_.release = nullptr;
  }
  bool empty() const noexcept { return value_.release == nullptr; }
  T& operator*() noexcept { return value_; }
  const T& operator*() const noexcept { return value_; }
  T* operator->() noexcept { return &value_; }
  const T* operator->() const noexcept { return &value_; }

 private:
  T value_{};
};

}  // namespace muster
