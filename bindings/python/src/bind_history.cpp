#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <cmath>
#include <memory>

#include "bindings.hpp"
#include "contacts.hpp"
#include "errors.hpp"
#include "muster/decide/history_csv.hpp"
#include "python_history.hpp"

namespace py = pybind11;

namespace muster::python {
namespace {

Outcome outcome_of(const std::string& name) {
  const auto outcome = find_outcome(name);
  if (!outcome) throw py::value_error("there is no outcome '" + name + "'");
  return *outcome;
}

ContactRule::Scope scope_of(const std::string& name) {
  if (name == "user") return ContactRule::Scope::user;
  if (name == "account") return ContactRule::Scope::account;
  if (name == "household") return ContactRule::Scope::household;
  throw py::value_error("the scope of a contact is user, account or household, not '" + name + "'");
}

void add(MemoryHistory& history, const std::string& user, py::handle contact, double cost) {
  history.add(user, contact_of(contact), cost);
}

void read_csv(MemoryHistory& history, const std::string& text) {
  const auto read = [&] {
    const py::gil_scoped_release others_may_run;
    return read_history_csv(text, history);
  };
  value_of(read());
}

}  // namespace

Contact contact_of(py::handle contact) {
  const double seconds = contact.attr("at").attr("timestamp")().cast<double>();
  return {.at = Moment{static_cast<std::int64_t>(std::floor(seconds))},
          .policy = contact.attr("policy").cast<std::string>(),
          .channel = contact.attr("channel").cast<std::string>(),
          .outcome = outcome_of(contact.attr("outcome").cast<std::string>()),
          .scope = scope_of(contact.attr("scope").cast<std::string>())};
}

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
