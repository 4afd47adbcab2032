#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "batch.hpp"
#include "bindings.hpp"
#include "muster/plan/catalogue_diff.hpp"
#include "muster/plan/funnel.hpp"
#include "python_engine.hpp"
#include "values.hpp"

namespace py = pybind11;

namespace muster::python {
namespace {

py::dict removed_of(const PolicyFunnel& policy) {
  py::dict removed;
  for (std::size_t reason = 0; reason < policy.removed.size(); ++reason) {
    if (policy.removed[reason] == 0) continue;
    removed[py::str(name(static_cast<Reason>(reason)))] = policy.removed[reason];
  }
  return removed;
}

py::tuple to_python(const Funnel& funnel) {
  py::list policies;
  for (const PolicyFunnel& one : funnel.policies) {
    policies.append(py::make_tuple(one.policy, one.matched, one.live, one.permitted,
                                   one.contactable, one.offered, one.primary, removed_of(one)));
  }
  return py::make_tuple(funnel.users, funnel.users_offered, funnel.holdout, policies);
}

py::tuple funnel(const PythonEngine& self, const UserTable& users, std::int64_t now,
                 unsigned threads, const py::object& progress) {
  std::optional<Result<Funnel>> made;
  const HistoryWatch history(self.python_history(), HistoryWatch::Threads::any);
  watch({threads, progress}, [&](const RunOptions& options) {
    made.emplace(make_funnel(self.engine(), users, Moment{now}, options));
  });
  history.rethrow();
  return to_python(value_of(std::move(*made)));
}

py::tuple to_python(const CatalogueDiff& diff) {
  py::list policies;
  for (const PolicyDiff& one : diff.policies) {
    policies.append(py::make_tuple(one.policy, one.before, one.after, one.gained, one.lost));
  }
  std::vector<std::uint64_t> users;
  std::vector<std::uint32_t> of;
  std::vector<std::uint8_t> gained;
  for (const UserDiff& one : diff.users) {
    users.push_back(one.user);
    of.push_back(one.policy);
    gained.push_back(one.gained);
  }
  return py::make_tuple(policies, to_numpy(std::move(users)), to_numpy(std::move(of)),
                        to_numpy(std::move(gained)), diff.users_gaining, diff.users_losing);
}

py::tuple difference(const Catalogue& before, const UserTable& users_before, const Catalogue& after,
                     const UserTable& users_after, std::int32_t today, unsigned threads,
                     const py::object& progress) {
  return to_python(run({threads, progress}, [&](const RunOptions& options) {
    return diff(before, users_before, after, users_after, Date{today}, options);
  }));
}

}  // namespace

void bind_plan(py::module_& module) {
  module.def("funnel", &funnel, py::arg("engine"), py::arg("users"), py::arg("now"),
             py::arg("threads"), py::arg("progress"));
  module.def("diff", &difference, py::arg("before"), py::arg("users_before"), py::arg("after"),
             py::arg("users_after"), py::arg("today"), py::arg("threads"), py::arg("progress"));
}

}  // namespace muster::python
