#include "values.hpp"

#include <datetime.h>

#include <chrono>
#include <cmath>
#include <string>

namespace py = pybind11;

namespace muster::python {
namespace {

bool is_date(PyObject* value) {
  if (PyDateTimeAPI == nullptr) PyDateTime_IMPORT;
  return PyDate_Check(value);
}

/// A moment with a time zone lies in its day by UTC, as in data frames.
py::object in_utc(py::handle value) {
  const bool zoned = PyDateTime_Check(value.ptr()) && !value.attr("tzinfo").is_none();
  if (!zoned) return py::reinterpret_borrow<py::object>(value);
  return value.attr("astimezone")(py::handle(PyDateTime_TimeZone_UTC));
}

Date day_of(PyObject* value) {
  using namespace std::chrono;
  const year_month_day day{year(PyDateTime_GET_YEAR(value)),
                           month(static_cast<unsigned>(PyDateTime_GET_MONTH(value))),
                           std::chrono::day(static_cast<unsigned>(PyDateTime_GET_DAY(value)))};
  return Date{static_cast<std::int32_t>(sys_days(day).time_since_epoch().count())};
}

/// As pandas.NaT is a datetime, and pandas.NA says of nothing whether it is itself.
bool is_missing(py::handle value) {
  const std::string_view type = Py_TYPE(value.ptr())->tp_name;
  return type == "NaTType" || type.ends_with("NAType");
}

Result<void> set_integer(User& user, std::string_view tag, PyObject* value) {
  int overflow = 0;
  const long long number = PyLong_AsLongLongAndOverflow(value, &overflow);
  if (overflow == 0) return user.set(tag, static_cast<std::int64_t>(number));
  const double nearest = PyLong_AsDouble(value);
  if (nearest == -1 && PyErr_Occurred() != nullptr) {
    PyErr_Clear();
    return user.set_unusable(
        tag, {Errc::wrong_type, "tag '" + std::string(tag) + "' can not hold so large an int", {}});
  }
  return user.set(tag, nearest);
}

/// Rows of data frames have NaN where a text or a date is missing, too.
Result<void> set_real(User& user, std::string_view tag, double value) {
  return std::isnan(value) ? user.set_null(tag) : user.set(tag, value);
}

Result<void> set_categories(User& user, std::string_view tag, py::handle members) {
  std::vector<std::string_view> names;
  std::vector<py::object> held;
  for (const py::handle member : members) {
    if (!PyUnicode_Check(member.ptr())) {
      return user.set_unusable(tag,
                               {Errc::wrong_type,
                                "tag '" + std::string(tag) + "' expects texts in its set, not " +
                                    Py_TYPE(member.ptr())->tp_name,
                                {}});
    }
    held.push_back(py::reinterpret_borrow<py::object>(member));
    names.push_back(text_of(member));
  }
  return user.set(tag, std::span<const std::string_view>(names));
}

bool takes_sets(const Schema& schema, std::string_view tag) {
  const auto found = schema.find(tag);
  return found && schema.tag(*found).type == TagType::category_set;
}

/// Whatever is none of the exact types that rows are mostly made of.
Result<void> set_other(User& user, std::string_view tag, py::handle value) {
  PyObject* object = value.ptr();
  if (is_missing(value)) return user.set_null(tag);
  if (is_date(object)) return user.set(tag, day_of(in_utc(value).ptr()));
  if (PyUnicode_Check(object)) return user.set(tag, text_of(value));
  if (PyFloat_Check(object)) return set_real(user, tag, PyFloat_AS_DOUBLE(object));
  if (PyLong_Check(object)) return set_integer(user, tag, object);
  const bool many = PyAnySet_Check(object) || PyList_Check(object) || PyTuple_Check(object);
  if (many && takes_sets(user.schema(), tag)) {
    return set_categories(user, tag, value);
  }
  const std::string_view type = Py_TYPE(object)->tp_name;
  if (type == "numpy.datetime64") {  // whose finer ones would become integers
    return set(user, tag, py::object(value.attr("astype")("datetime64[D]").attr("tolist")()));
  }
  if (type != "numpy.timedelta64" && py::hasattr(value, "tolist")) {
    return set(user, tag, py::object(value.attr("tolist")()));
  }
  if (py::hasattr(value, "as_integer_ratio")) {  // Decimal, Fraction
    return user.set(tag, py::float_(py::reinterpret_borrow<py::object>(value)).cast<double>());
  }
  return user.set_unusable(
      tag, {Errc::wrong_type,
            "tag '" + std::string(tag) + "' can not be read from " + Py_TYPE(object)->tp_name,
            {}});
}

}  // namespace

bool is_nothing(py::handle value) {
  if (value.is_none() || is_missing(value)) return true;
  return PyFloat_Check(value.ptr()) && std::isnan(PyFloat_AS_DOUBLE(value.ptr()));
}

std::string_view text_of(py::handle string) {
  Py_ssize_t size = 0;
  const char* text = PyUnicode_AsUTF8AndSize(string.ptr(), &size);
  if (text == nullptr) throw py::error_already_set();
  return {text, static_cast<std::size_t>(size)};
}

Result<void> set(User& user, std::string_view tag, py::handle value) {
  PyObject* object = value.ptr();
  if (object == Py_None) return user.set_null(tag);
  if (PyBool_Check(object)) return user.set(tag, object == Py_True);
  if (PyFloat_CheckExact(object)) return set_real(user, tag, PyFloat_AS_DOUBLE(object));
  if (PyLong_CheckExact(object)) return set_integer(user, tag, object);
  if (PyUnicode_CheckExact(object)) return user.set(tag, text_of(value));
  return set_other(user, tag, value);
}

}  // namespace muster::python
