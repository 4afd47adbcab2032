#include "errors.hpp"

#include <algorithm>

namespace py = pybind11;

namespace muster::python {
namespace {

py::object errors_module(const char* name) {
  return py::module_::import("muster._errors").attr(name);
}

/// Other people's words may be no UTF-8.
py::object str_of(std::string_view text) {
  PyObject* made =
      PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace");
  if (made == nullptr) throw py::error_already_set();
  return py::reinterpret_steal<py::object>(made);
}

}  // namespace

py::list to_python(std::span<const Diagnostic> diagnostics) {
  const py::object make = errors_module("Diagnostic");
  py::list list;
  for (const Diagnostic& one : diagnostics) {
    list.append(make(one.severity == Severity::error ? "error" : "warning", name(one.code),
                     one.range.begin, one.range.end, str_of(one.message), str_of(one.suggestion)));
  }
  return list;
}

void raise(const Error& error, Reading reading, std::string_view source) {
  const py::object exception = errors_module("from_core")(
      static_cast<unsigned>(error.code), name(error.code), str_of(error.message),
      to_python(error.diagnostics), reading == Reading::catalogue);
  constexpr std::size_t drawn = 10;
  for (std::size_t i = 0; !source.empty() && i < std::min(drawn, error.diagnostics.size()); ++i) {
    exception.attr("add_note")(str_of(render(error.diagnostics[i], source)));
  }
  PyErr_SetObject(py::type::handle_of(exception).ptr(), exception.ptr());
  throw py::error_already_set();
}

}  // namespace muster::python
