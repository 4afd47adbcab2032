#include "arrow_out.hpp"

#include "arrow_node.hpp"

namespace py = pybind11;

namespace muster::python {
namespace {

using Owner = std::shared_ptr<const ArrowResult>;

ArrowSchema share(const ArrowSchema& type, const Owner& owner) {
  auto parts = std::make_unique<ArrowParts<ArrowSchema>>();
  parts->owner = owner;
  for (std::int64_t i = 0; i < type.n_children; ++i) {
    parts->children.push_back(share(*type.children[i], owner));
  }
  if (type.dictionary != nullptr) parts->dictionary = share(*type.dictionary, owner);
  ArrowSchema shared = type;
  give(shared, std::move(parts));
  return shared;
}

ArrowArray share(const ArrowArray& array, const Owner& owner) {
  auto parts = std::make_unique<ArrowParts<ArrowArray>>();
  parts->owner = owner;
  for (std::int64_t i = 0; i < array.n_children; ++i) {
    parts->children.push_back(share(*array.children[i], owner));
  }
  if (array.dictionary != nullptr) parts->dictionary = share(*array.dictionary, owner);
  ArrowArray shared = array;
  give(shared, std::move(parts));
  return shared;
}

/// A capsule that releases what it holds, unless a consumer took it.
template <class Arrow>
py::object capsule(Arrow arrow, const char* name) {
  auto held = std::make_unique<Arrow>(arrow);
  PyObject* made = PyCapsule_New(held.get(), name, [](PyObject* self) {
    const std::unique_ptr<Arrow> mine(
        static_cast<Arrow*>(PyCapsule_GetPointer(self, PyCapsule_GetName(self))));
    if (mine->release != nullptr) mine->release(mine.get());
  });
  if (made == nullptr) throw py::error_already_set();
  held.release();
  return py::reinterpret_steal<py::object>(made);
}

}  // namespace

py::tuple SharedArray::capsules() const {
  return py::make_tuple(capsule(share(array_->type(), array_), "arrow_schema"),
                        capsule(share(array_->array(), array_), "arrow_array"));
}

py::object SharedArray::stream() const {
  ArrowSchema type = share(array_->type(), array_);
  ArrowArray array = share(array_->array(), array_);
  ArrowArrayStream stream{};
  ArrowResult(type, array).move_to(stream);
  return capsule(stream, "arrow_array_stream");
}

}  // namespace muster::python
