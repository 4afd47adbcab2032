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
  const PythonHistory* python_history() const noexcept { return python_history_.get(); }

  /// What `call(engine)` gives, unless the history raises. REQUIRES: the GIL.
  template <class Call>
  auto value(Call call) const {
    const HistoryWatch watch(python_history(), HistoryWatch::Threads::this_one);
    auto result = call(engine_);
    watch.rethrow();
    return value_of(std::move(result));
  }

 private:
  std::shared_ptr<const PythonHistory> python_history_;  // null: another kind, or none
  Engine engine_;
};

}  // namespace muster::python
