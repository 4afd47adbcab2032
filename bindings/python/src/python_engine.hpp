#pragma once

#include <memory>

#include "errors.hpp"
#include "muster/decide/engine.hpp"
#include "python_history.hpp"

namespace muster::python {

/// An engine and what its history, where that is Python's, raised.
class PythonEngine {
 public:
  PythonEngine(std::shared_ptr<ContactHistory> history, std::size_t catalogues_kept);

  Engine& engine() noexcept { return engine_; }
  const Engine& engine() const noexcept { return engine_; }
  /// What a call gave, unless the history raised. REQUIRES: the GIL.
  template <class T>
  T value(Result<T> result) const {
    if (python_history_) python_history_->rethrow();
    return value_of(std::move(result));
  }

 private:
  std::shared_ptr<const PythonHistory> python_history_;  // null: another kind, or none
  Engine engine_;
};

}  // namespace muster::python
