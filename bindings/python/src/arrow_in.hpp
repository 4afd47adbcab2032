#pragma once

#include <pybind11/pybind11.h>

#include "batch.hpp"
#include "muster/tags/arrow.hpp"

namespace muster::python {

/// The users that an object with __arrow_c_stream__ or __arrow_c_array__ holds. Raises TypeError
/// for one that has neither.
ArrowUsers users_of(const Schema& schema, const pybind11::object& source, const Batch& batch);

}  // namespace muster::python
