#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "bindings.hpp"
#include "errors.hpp"
#include "muster/policy/catalogue.hpp"
#include "muster/tags/user.hpp"
#include "values.hpp"

namespace py = pybind11;

namespace muster::python {
namespace {

/// What names a user; None where the cell holds nothing. A frame of numbers has keys as floats.
py::object key_of(const py::handle& value, const std::string& column) {
  if (is_nothing(value)) return py::none();
  if (PyUnicode_Check(value.ptr())) return py::reinterpret_borrow<py::object>(value);
  if (!PyBool_Check(value.ptr())) {
    if (PyIndex_Check(value.ptr()))
      return py::str(py::int_(py::reinterpret_borrow<py::object>(value)));
    if (PyFloat_Check(value.ptr()) && value.attr("is_integer")().cast<bool>()) {
      return py::str(py::int_(py::reinterpret_borrow<py::object>(value)));
    }
  }
  raise({Errc::wrong_type,
         "the key '" + column + "' is a str or an integer, not " + Py_TYPE(value.ptr())->tp_name,
         {}});
}

/// A user from a dict of tags, and the key where the dict has the schema's key column.
py::tuple user_of(const Catalogue& catalogue, const py::dict& row, bool lenient) {
  User user(catalogue.schema(), lenient ? User::OnUnusable::as_null : User::OnUnusable::refuse);
  const std::string& key_column = catalogue.schema().key();
  py::object key = py::none();
  for (const auto& [name, value] : row) {
    if (!PyUnicode_Check(name.ptr())) throw py::type_error("tags are named by str");
    const std::string_view tag = text_of(name);
    if (!key_column.empty() && tag == key_column) {
      key = key_of(value, key_column);
    } else {
      value_of(set(user, tag, value));
    }
  }
  return py::make_tuple(std::move(user), key);
}

/// Tags whose value could not be used.
std::vector<std::string> unusable(const User& user) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < user.schema().size(); ++i) {
    if (user.unusable(TagId(i)) != 0) out.push_back(user.schema().tags()[i].name);
  }
  return out;
}

}  // namespace

void bind_user(py::module_& module) {
  py::class_<User, UserView>(module, "User").def("unusable", &unusable);
  module.def("user_of", &user_of, py::arg("catalogue"), py::arg("row"), py::arg("lenient"));
}

}  // namespace muster::python
