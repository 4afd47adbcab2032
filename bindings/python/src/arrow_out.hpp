#pragma once

#include <pybind11/pybind11.h>

#include <memory>

#include "muster/match/arrow_results.hpp"

namespace muster::python {

/// An Arrow array that any number of consumers may take: they share its buffers.
class SharedArray {
 public:
  explicit SharedArray(ArrowResult array)
      : array_(std::make_shared<const ArrowResult>(std::move(array))) {}

  std::int64_t length() const noexcept { return array_->array().length; }
  /// What __arrow_c_array__ gives: a capsule of the type, one of the array.
  pybind11::tuple capsules() const;
  /// What __arrow_c_stream__ gives: a capsule of a stream of this one array.
  pybind11::object stream() const;

 private:
  std::shared_ptr<const ArrowResult> array_;
};

}  // namespace muster::python
