#pragma once

#include <cxxabi.h>
#include <pybind11/pybind11.h>

#include <optional>

/// The interpreter's lock, for threads that nobody waits for. When the interpreter ends, CPython
/// before 3.14 unwinds every thread that asks for the lock out of the middle of C++ that can not be
/// left like that: the process would abort. Here such a thread stays where it is for ever, as it
/// does since.
namespace muster::python {

/// Never returns; the process ends without this thread.
[[noreturn]] void stay() noexcept;

/// Does what may ask for the lock, such as calling Python. Let frames within `work` own no Python
/// objects: they would be let go of without the lock.
template <class Work>
auto or_stay(Work work) {
#ifdef __GLIBCXX__  // elsewhere ending a thread unwinds nothing
  try {
    return work();
  } catch (const abi::__forced_unwind&) {
    stay();
  }
#else
  return work();
#endif
}

/// Calls a Python function. REQUIRES: the GIL.
pybind11::object call(const pybind11::object& function,
                      const pybind11::tuple& arguments = pybind11::tuple());

/// Lets others run while it lives. REQUIRES: the GIL.
class WithoutGil {
 public:
  WithoutGil() : state_(PyEval_SaveThread()) {}
  WithoutGil(const WithoutGil&) = delete;
  WithoutGil& operator=(const WithoutGil&) = delete;
  ~WithoutGil() {
    or_stay([this] { PyEval_RestoreThread(state_); });
  }

 private:
  PyThreadState* state_;
};

/// Holds the lock while it lives, on whatever thread.
class WithGil {
 public:
  WithGil() {
    or_stay([this] { held_.emplace(); });
  }
  WithGil(const WithGil&) = delete;
  WithGil& operator=(const WithGil&) = delete;

 private:
  std::optional<pybind11::gil_scoped_acquire> held_;
};

}  // namespace muster::python
