#include "arrow_in.hpp"

#include "gil.hpp"

namespace py = pybind11;

namespace muster::python {
namespace {

/// What a capsule of the Arrow PyCapsule interface holds. A consumer empties it.
template <class Held>
Held& held_by(const py::object& capsule, const char* name) {
  if (PyCapsule_IsValid(capsule.ptr(), name) == 0) {
    throw py::type_error("the users' producer gave no capsule '" + std::string(name) + "'");
  }
  Held& held = *static_cast<Held*>(PyCapsule_GetPointer(capsule.ptr(), name));
  if (held.release != nullptr) return held;
  raise({Errc::invalid_argument, "these users were read before, and can be read only once", {}});
}

ArrowUsers from_stream(const Schema& schema, const py::object& source, const Batch& batch) {
  const py::object capsule = call(source.attr("__arrow_c_stream__"));
  auto& stream = held_by<ArrowArrayStream>(capsule, "arrow_array_stream");
  return run(batch, [&](const RunOptions& options) {
    return ArrowUsers::from_stream(schema, stream, options);
  });
}

ArrowUsers from_array(const Schema& schema, const py::object& source, const Batch& batch) {
  const py::object given = call(source.attr("__arrow_c_array__"));
  if (!py::isinstance<py::tuple>(given) || py::len(given) != 2) {
    throw py::type_error("the users' producer gave no pair of capsules");
  }
  const py::tuple pair = given;
  auto& type = held_by<ArrowSchema>(pair[0], "arrow_schema");
  auto& array = held_by<ArrowArray>(pair[1], "arrow_array");
  return run(batch, [&](const RunOptions& options) {
    return ArrowUsers::from_array(schema, type, array, options);
  });
}

}  // namespace

ArrowUsers users_of(const Schema& schema, const py::object& source, const Batch& batch) {
  if (py::hasattr(source, "__arrow_c_stream__")) return from_stream(schema, source, batch);
  if (py::hasattr(source, "__arrow_c_array__")) return from_array(schema, source, batch);
  throw py::type_error(
      "users come as an object with __arrow_c_stream__ or __arrow_c_array__ or "
      "as a dict of arrays, not as " +
      std::string(Py_TYPE(source.ptr())->tp_name) +
      (py::hasattr(source, "collect") ? "; what its collect() gives may do" : ""));
}

}  // namespace muster::python
