#include "contacts.hpp"

#include <datetime.h>

#include <cmath>
#include <string>

#include "gil.hpp"

namespace py = pybind11;

namespace muster::python {
namespace {

std::string type_name(py::handle value) { return Py_TYPE(value.ptr())->tp_name; }

py::object field_of(py::handle contact, const char* name) {
  PyObject* field = PyObject_GetAttrString(contact.ptr(), name);
  if (field != nullptr) return py::reinterpret_steal<py::object>(field);
  if (PyErr_ExceptionMatches(PyExc_AttributeError) == 0) throw py::error_already_set();
  PyErr_Clear();
  throw py::type_error("a history shows contacts (muster.Contact), not " + type_name(contact));
}

std::string text_of(py::handle contact, const char* name) {
  const py::object field = field_of(contact, name);
  const std::string what = "the " + std::string(name) + " of a contact";
  if (!PyUnicode_Check(field.ptr())) {
    throw py::type_error(what + " is a str, not " + type_name(field));
  }
  Py_ssize_t size = 0;
  const char* text = PyUnicode_AsUTF8AndSize(field.ptr(), &size);
  if (text != nullptr) return {text, static_cast<std::size_t>(size)};
  PyErr_Clear();
  throw py::value_error(what + ": surrogates not allowed");
}

Moment at_of(py::handle contact) {
  if (PyDateTimeAPI == nullptr) PyDateTime_IMPORT;
  const py::object at = field_of(contact, "at");
  if (!PyDateTime_Check(at.ptr())) {
    throw py::type_error("the moment of a contact is a datetime, not " + type_name(at));
  }
  if (at.attr("tzinfo").is_none()) throw py::value_error("a contact's moment needs a time zone");
  const double seconds = py::float_(at.attr("timestamp")());
  return Moment{static_cast<std::int64_t>(std::floor(seconds))};
}

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

/// A generator has ended before the first contact is read.
py::list list_of(const py::object& given) {
  if (!py::hasattr(given, "__iter__")) {
    throw py::type_error("contacts(user) gives contacts, not " + type_name(given));
  }
  PyObject* list = or_stay([&] { return PySequence_List(given.ptr()); });
  if (list == nullptr) throw py::error_already_set();
  return py::reinterpret_steal<py::list>(list);
}

}  // namespace

Contact contact_of(py::handle contact) {
  return {.at = at_of(contact),
          .policy = text_of(contact, "policy"),
          .channel = text_of(contact, "channel"),
          .outcome = outcome_of(text_of(contact, "outcome")),
          .scope = scope_of(text_of(contact, "scope"))};
}

std::vector<Contact> contacts_of(const py::object& given) {
  const py::list list = list_of(given);
  std::vector<Contact> contacts;
  contacts.reserve(list.size());
  for (const py::handle contact : list) contacts.push_back(contact_of(contact));
  return contacts;
}

}  // namespace muster::python
