#pragma once

#include <pybind11/pybind11.h>

#include "muster/match/explain.hpp"
#include "muster/policy/catalogue.hpp"

namespace muster::python {

/// An explanation as plain tuples, which muster._explanation makes objects of.
pybind11::tuple to_python(const Explanation& explanation, const Schema& schema);

}  // namespace muster::python
