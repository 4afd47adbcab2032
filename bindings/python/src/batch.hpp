#pragma once

#include <pybind11/pybind11.h>

#include <functional>
#include <optional>
#include <utility>

#include "errors.hpp"
#include "muster/core/progress.hpp"

namespace muster::python {

/// How a caller wants long work done: on how many threads (0: all there are), told to whom.
struct Batch {
  unsigned threads = 0;
  pybind11::object progress;  ///< None, or called with (done, total)
};

/// Does long work on a thread of its own while this one, without the GIL but for moments, passes
/// progress on and looks for signals. Where either raises, the work is cancelled and what was
/// raised goes on, well within 100 ms. REQUIRES: the GIL.
void watch(const Batch& batch, const std::function<void(const RunOptions&)>& work);

/// The same for work that gives a Result: its value, or its error raised.
template <class Work>
auto run(const Batch& batch, Work work) {
  std::optional<decltype(work(RunOptions{}))> outcome;
  watch(batch, [&](const RunOptions& options) { outcome.emplace(work(options)); });
  return value_of(std::move(*outcome));
}

}  // namespace muster::python
