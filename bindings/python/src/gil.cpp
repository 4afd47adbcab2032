#include "gil.hpp"

#include <chrono>
#include <thread>

namespace py = pybind11;

namespace muster::python {

void stay() noexcept {
  for (;;) std::this_thread::sleep_for(std::chrono::hours(1));
}

py::object call(const py::object& function, const py::tuple& arguments) {
  PyObject* given =
      or_stay([&] { return PyObject_Call(function.ptr(), arguments.ptr(), nullptr); });
  if (given == nullptr) throw py::error_already_set();
  return py::reinterpret_steal<py::object>(given);
}

}  // namespace muster::python
