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
                 Threads threads, const py::object& progress) {
  std::optional<Result<Funnel>> made;
  const HistoryWatch history(self.python_history(), HistoryWatch::Threads::any);
  watch({threads, progress}, [&](const RunOptions& options) {
    made.emplace(make_funnel(self.engine(), users, Moment{now}, options));
  });
  history.rethrow();
  return to_python(value_of(std::move(*made)));
}

/// A difference whose users lie in columns.
class DiffColumns {
 public:
  /// Stops half-way where it is cancelled.
  DiffColumns(CatalogueDiff diff, const CancelToken& cancel) : diff_(std::move(diff)) {
    users_.reserve(diff_.users.size());
    of_.reserve(diff_.users.size());
    gained_.reserve(diff_.users.size());
    for (const UserDiff& one : diff_.users) {
      constexpr std::size_t at_once = std::size_t{1} << 16;
      if (users_.size() % at_once == 0 && cancel.cancelled()) return;
      users_.push_back(one.user);
      of_.push_back(one.policy);
      gained_.push_back(one.gained);
    }
    diff_.users = {};
  }

  py::tuple to_python() && {
    py::list policies;
    for (const PolicyDiff& one : diff_.policies) {
      policies.append(py::make_tuple(one.policy, one.before, one.after, one.gained, one.lost));
    }
    return py::make_tuple(policies, to_numpy(std::move(users_)), to_numpy(std::move(of_)),
                          to_numpy(std::move(gained_)), diff_.users_gaining, diff_.users_losing);
  }

 private:
  CatalogueDiff diff_;
  std::vector<std::uint64_t> users_;
  std::vector<std::uint32_t> of_;
  std::vector<std::uint8_t> gained_;
};

py::tuple difference(const Catalogue& before, const UserTable& users_before, const Catalogue& after,
                     const UserTable& users_after, std::int32_t today, Threads threads,
                     const py::object& progress) {
  const auto work = [&](const RunOptions& options) -> Result<DiffColumns> {
    auto made = diff(before, users_before, after, users_after, Date{today}, options);
    if (!made) return std::move(made).error();
    return DiffColumns(*std::move(made), *options.cancel);
  };
  return run({threads, progress}, work).to_python();
}

}  // namespace

void bind_plan(py::module_& module) {
  module.def("funnel", &funnel, py::arg("engine"), py::arg("users"), py::arg("now"),
             py::arg("threads"), py::arg("progress"));
  module.def("diff", &difference, py::arg("before"), py::arg("users_before"), py::arg("after"),
             py::arg("users_after"), py::arg("today"), py::arg("threads"), py::arg("progress"));
}

}  // namespace muster::python
