#include "python_history.hpp"

#include <pybind11/stl.h>

#include <utility>
#include <vector>

#include "contacts.hpp"

namespace py = pybind11;

namespace muster::python {

PythonHistory::~PythonHistory() {
  const py::gil_scoped_acquire gil;
  object_ = py::object();
  failure_ = nullptr;
}

void PythonHistory::contacts(std::string_view user, See see, void* context) const noexcept {
  const py::gil_scoped_acquire gil;
  std::vector<Contact> shown;
  try {
    for (const py::handle contact : object_.attr("contacts")(user)) {
      shown.push_back(contact_of(contact));
    }
  } catch (...) {
    remember();
  }
  see(context, shown);
}

Taken PythonHistory::taken(std::string_view policy) const noexcept {
  const py::gil_scoped_acquire gil;
  try {
    const auto [acceptances, cost] =
        object_.attr("taken")(policy).cast<std::pair<std::uint64_t, double>>();
    return {acceptances, cost};
  } catch (...) {
    remember();
    return {};
  }
}

void PythonHistory::rethrow() const {
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

void PythonHistory::remember() const noexcept {
  if (!failure_) failure_ = std::current_exception();
}

}  // namespace muster::python
