#pragma once

#include <pybind11/pybind11.h>

#include "muster/decide/contact_history.hpp"

namespace muster::python {

/// What a muster.Contact says. Raises ValueError for an outcome or scope that is none.
Contact contact_of(pybind11::handle contact);

}  // namespace muster::python
