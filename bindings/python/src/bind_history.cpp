#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <memory>

#include "bindings.hpp"
#include "contacts.hpp"
#include "errors.hpp"
#include "gil.hpp"
#include "muster/decide/history_csv.hpp"
#include "python_history.hpp"

namespace py = pybind11;

namespace muster::python {
namespace {

void add(MemoryHistory& history, const std::string& user, py::handle contact, double cost) {
  value_of(history.add(user, contact_of(contact), cost));
}

void read_csv(MemoryHistory& history, const std::string& text) {
  const auto read = [&] {
    const WithoutGil others_may_run;
    return read_history_csv(text, history);
  };
  value_of(read());
}

}  // namespace

void bind_history(py::module_& module) {
  py::class_<ContactHistory, std::shared_ptr<ContactHistory>>(module, "ContactHistory");
  py::class_<MemoryHistory, ContactHistory, std::shared_ptr<MemoryHistory>>(module, "MemoryHistory")
      .def(py::init<>())
      .def("place", &MemoryHistory::place, py::arg("user"), py::arg("account"),
           py::arg("household"))
      .def("add", &add, py::arg("user"), py::arg("contact"), py::arg("cost"))
      .def("read_csv", &read_csv, py::arg("text"));
  py::class_<PythonHistory, ContactHistory, std::shared_ptr<PythonHistory>>(module, "PythonHistory")
      .def(py::init<py::object>(), py::arg("history"));
}

}  // namespace muster::python
