#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "arrow_node.hpp"
#include "arrow_out.hpp"
#include "bindings.hpp"
#include "gil.hpp"
#include "values.hpp"

namespace py = pybind11;

namespace muster::python {
namespace {

/// Keeps a Python object alive for whoever reads its memory, on whatever thread that ends.
std::shared_ptr<const void> keep(py::object object) {
  return std::shared_ptr<const void>(object.release().ptr(), [](const void* kept) {
    const WithGil gil;
    Py_DECREF(static_cast<PyObject*>(const_cast<void*>(kept)));
  });
}

/// A column as muster._columns describes it.
struct Column {
  std::string name, format;
  std::int64_t length = 0;
  py::list buffers;  ///< contiguous arrays, or None
  std::vector<Column> children;
  std::vector<Column> dictionary;  ///< at most one
};

ArrowSchema type_of(const Column& column) {
  auto parts = std::make_unique<ArrowParts<ArrowSchema>>();
  parts->name = column.name;
  parts->format = column.format;
  for (const Column& child : column.children) parts->children.push_back(type_of(child));
  if (!column.dictionary.empty()) parts->dictionary = type_of(column.dictionary.front());
  ArrowSchema type{};
  type.format = parts->format.c_str();
  type.name = parts->name.c_str();
  type.flags = ARROW_FLAG_NULLABLE;
  give(type, std::move(parts));
  return type;
}

ArrowArray array_of(const Column& column) {
  auto parts = std::make_unique<ArrowParts<ArrowArray>>();
  for (const py::handle buffer : column.buffers) {
    parts->buffers.push_back(buffer.is_none() ? nullptr : py::cast<py::array>(buffer).data());
  }
  parts->owner = keep(column.buffers);
  for (const Column& child : column.children) parts->children.push_back(array_of(child));
  if (!column.dictionary.empty()) parts->dictionary = array_of(column.dictionary.front());
  ArrowArray array{};
  array.length = column.length;
  array.null_count = -1;  // whoever wants to know counts
  array.n_buffers = static_cast<std::int64_t>(parts->buffers.size());
  array.buffers = parts->buffers.data();
  give(array, std::move(parts));
  return array;
}

SharedArray struct_of(std::vector<Column> columns, std::int64_t length) {
  const Column all{"", "+s", length, py::list(py::make_tuple(py::none())), std::move(columns), {}};
  ArrowSchema type = type_of(all);
  ArrowArray array = array_of(all);
  return SharedArray(ArrowResult(type, array));
}

/// Numbers texts in order of appearance.
class Dictionary {
 public:
  std::int32_t code(py::handle text) {
    if (!PyUnicode_Check(text.ptr())) {
      throw py::type_error("expected str, not " + std::string(Py_TYPE(text.ptr())->tp_name));
    }
    if (PyObject* known = PyDict_GetItemWithError(codes_.ptr(), text.ptr())) {
      return static_cast<std::int32_t>(PyLong_AsLong(known));
    }
    const auto next = static_cast<std::int32_t>(texts_.size());
    codes_[text] = next;
    texts_.append(text);
    return next;
  }
  const py::list& texts() const { return texts_; }

 private:
  py::dict codes_;
  py::list texts_;
};

/// Codes of texts, -1 for None and NaN, and the texts.
py::tuple intern(const py::list& values) {
  Dictionary dictionary;
  std::vector<std::int32_t> codes;
  codes.reserve(values.size());
  for (const py::handle value : values) {
    codes.push_back(is_nothing(value) ? -1 : dictionary.code(value));
  }
  return py::make_tuple(to_numpy(std::move(codes)), dictionary.texts());
}

/// Of collections of texts: where each begins, -1 for None and NaN, the members' codes, the texts.
py::tuple intern_sets(const py::list& values) {
  Dictionary dictionary;
  std::vector<std::int32_t> offsets{0}, codes;
  std::vector<std::uint8_t> known;
  for (const py::handle value : values) {
    known.push_back(!is_nothing(value));
    if (known.back() != 0) {
      if (PyUnicode_Check(value.ptr()))
        throw py::type_error("expected a collection of str, not str");
      for (const py::handle member : value) codes.push_back(dictionary.code(member));
    }
    offsets.push_back(static_cast<std::int32_t>(codes.size()));
  }
  return py::make_tuple(to_numpy(std::move(known)), to_numpy(std::move(offsets)),
                        to_numpy(std::move(codes)), dictionary.texts());
}

}  // namespace

void bind_columns(py::module_& module) {
  py::class_<Column>(module, "Column")
      .def(py::init([](std::string name, std::string format, std::int64_t length,
                       const py::list& buffers, std::vector<Column> children,
                       std::vector<Column> dictionary) {
             return Column{std::move(name), std::move(format),   length,
                           buffers,         std::move(children), std::move(dictionary)};
           }),
           py::arg("name"), py::arg("format"), py::arg("length"), py::arg("buffers"),
           py::arg("children") = py::list(), py::arg("dictionary") = py::list())
      .def_readonly("name", &Column::name)
      .def_readonly("length", &Column::length);
  py::class_<SharedArray>(module, "Array")
      .def("__len__", &SharedArray::length)
      .def(
          "__arrow_c_array__",
          [](const SharedArray& self, const py::object&) { return self.capsules(); },
          py::arg("requested_schema") = py::none())
      .def(
          "__arrow_c_stream__",
          [](const SharedArray& self, const py::object&) { return self.stream(); },
          py::arg("requested_schema") = py::none());
  module.def("struct_of", &struct_of, py::arg("columns"), py::arg("length"));
  module.def("is_nothing", &is_nothing, py::arg("value"));
  module.def("intern", &intern, py::arg("values"));
  module.def("intern_sets", &intern_sets, py::arg("values"));
}

}  // namespace muster::python
