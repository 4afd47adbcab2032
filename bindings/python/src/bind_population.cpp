#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "arrow_in.hpp"
#include "bindings.hpp"
#include "muster/policy/catalogue.hpp"

namespace py = pybind11;

namespace muster::python {
namespace {

std::string key_of(const ArrowUsers& users, UserIndex user) {
  if (user >= users.size()) throw py::index_error("there is no such user");
  std::string buffer;
  return std::string(users.key(user, buffer));
}

ArrowUsers::Row row_of(const ArrowUsers& users, UserIndex user) {
  if (user >= users.size()) throw py::index_error("there is no such user");
  return users.row(user);
}

UserTable to_table(const ArrowUsers& users) {
  return run({{1}, py::none()},
             [&](const RunOptions& options) { return users.to_table({}, options.cancel); });
}

}  // namespace

void bind_population(py::module_& module) {
  py::class_<ArrowUsers::Row, UserView>(module, "Row");
  py::class_<UserTable>(module, "UserTable").def("__len__", &UserTable::size);
  py::class_<ArrowUsers>(module, "Users")
      .def(py::init([](const Catalogue& catalogue, const py::object& source, Threads threads,
                       const py::object& progress) {
             return users_of(catalogue.schema(), source, {threads, progress});
           }),
           py::arg("catalogue"), py::arg("source"), py::arg("threads"), py::arg("progress"))
      .def("__len__", &ArrowUsers::size)
      .def("ignored_columns",
           [](const ArrowUsers& self) {
             return std::vector<std::string>(self.ignored_columns().begin(),
                                             self.ignored_columns().end());
           })
      .def("key", &key_of, py::arg("user"))
      .def("find", &ArrowUsers::find, py::arg("key"))
      .def("row", &row_of, py::arg("user"), py::keep_alive<0, 1>())
      .def("to_table", &to_table);
}

}  // namespace muster::python
