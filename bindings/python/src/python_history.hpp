#pragma once

#include <pybind11/pybind11.h>

#include <exception>

#include "muster/decide/contact_history.hpp"

namespace muster::python {

/// A history that a Python object keeps: `contacts(user)` gives muster.Contact objects,
/// `taken(policy)` a pair (acceptances, cost). The engine can not be told of what these raise: it
/// sees nothing instead, and rethrow() raises it when the engine is done.
class PythonHistory final : public ContactHistory {
 public:
  explicit PythonHistory(pybind11::object object) : object_(std::move(object)) {}
  ~PythonHistory() override;

  void contacts(std::string_view user, See see, void* context) const noexcept override;
  Taken taken(std::string_view policy) const noexcept override;

  /// REQUIRES: the GIL.
  void rethrow() const;

 private:
  void remember() const noexcept;  // the exception in flight, if it is the first

  pybind11::object object_;
  mutable std::exception_ptr failure_;  // the GIL guards it
};

}  // namespace muster::python
