#pragma once

#include <pybind11/pybind11.h>

/// Each adds the classes of one subject to the module `muster._core`, which the Python files beside
/// it wrap: see muster/_core.pyi.
namespace muster::python {

void bind_catalogue(pybind11::module_& module);
void bind_user(pybind11::module_& module);
void bind_population(pybind11::module_& module);
void bind_rule_set(pybind11::module_& module);
void bind_audience(pybind11::module_& module);
void bind_columns(pybind11::module_& module);
void bind_history(pybind11::module_& module);
void bind_engine(pybind11::module_& module);
void bind_plan(pybind11::module_& module);

}  // namespace muster::python
