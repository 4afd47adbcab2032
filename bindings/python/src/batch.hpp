#pragma once

#include <pybind11/pybind11.h>

#include <functional>
#include <optional>
#include <utility>

#include "errors.hpp"
#include "muster/core/progress.hpp"

namespace muster::python {

/// As many threads as a Python integer says; 0: all there are.
struct Threads {
  unsigned count = 0;
};

/// Raises TypeError or ValueError for what is no number of threads.
Threads threads_of(pybind11::handle value);

/// How a caller wants long work done: on how many threads, told to whom.
struct Batch {
  Threads threads;
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

template <>
struct pybind11::detail::type_caster<muster::python::Threads> {
  PYBIND11_TYPE_CASTER(muster::python::Threads, const_name("int"));
  bool load(handle source, bool /*convert*/) {
    value = muster::python::threads_of(source);
    return true;
  }
};
