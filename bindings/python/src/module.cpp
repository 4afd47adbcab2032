#include "bindings.hpp"
#include "muster/core/version.hpp"
#include "muster/match/kernel.hpp"

PYBIND11_MODULE(_core, module) {
  using namespace muster::python;
  module.attr("__version__") = muster::version();
  bind_catalogue(module);
  bind_user(module);
  bind_population(module);
  bind_columns(module);
  bind_rule_set(module);
  bind_audience(module);
  bind_history(module);
  bind_engine(module);
  bind_plan(module);
}
