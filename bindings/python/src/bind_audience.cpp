#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "arrow_out.hpp"
#include "batch.hpp"
#include "bindings.hpp"
#include "muster/match/arrow_results.hpp"
#include "muster/match/audience.hpp"
#include "values.hpp"

namespace py = pybind11;

namespace muster::python {
namespace {

py::array_t<std::uint64_t> counts(const Audience& self, const EncodedUsers& users, Threads threads,
                                  const py::object& progress) {
  return to_numpy(run({threads, progress},
                      [&](const RunOptions& options) { return self.counts(users, options); }));
}

/// One byte a user: what NumPy takes for a mask.
py::array_t<bool> mask(const Audience& self, const EncodedUsers& users, RuleId rule,
                       Threads threads, const py::object& progress) {
  const std::vector<std::uint64_t> bits = run({threads, progress}, [&](const RunOptions& options) {
    return self.bitmap(users, rule, options);
  });
  py::array_t<bool> bytes(static_cast<py::ssize_t>(users.users()));
  bool* out = bytes.mutable_data();
  for (std::size_t user = 0; user < users.users(); ++user) {
    out[user] = (bits[user / 64] >> (user % 64) & 1) != 0;
  }
  return bytes;
}

py::tuple to_rows(Audience::Pairs pairs) {
  return py::make_tuple(to_numpy(std::move(pairs.first)), to_numpy(std::move(pairs.rules)));
}

Audience::Pairs find_pairs(const Audience& self, const EncodedUsers& users, const Batch& batch) {
  return run(batch, [&](const RunOptions& options) { return self.pairs(users, options); });
}

Audience::Pairs find_fresh(const Audience& self, const ArrowUsers& users, std::int32_t today,
                           const Batch& batch) {
  return run(batch,
             [&](const RunOptions& options) { return self.pairs(users, Date{today}, options); });
}

SharedArray to_arrow(Audience::Pairs found, const ArrowUsers& users,
                     const std::vector<std::string>& policies, const Batch& batch) {
  return SharedArray(run(batch, [&](const RunOptions& options) {
    return arrow_pairs(std::move(found), policies, users, options.cancel);
  }));
}

py::tuple rows(const Audience& self, const EncodedUsers& users, Threads threads,
               const py::object& progress) {
  return to_rows(find_pairs(self, users, {threads, progress}));
}

SharedArray pairs(const Audience& self, const EncodedUsers& encoded, const ArrowUsers& users,
                  const std::vector<std::string>& policies, Threads threads,
                  const py::object& progress) {
  const Batch batch{threads, progress};
  return to_arrow(find_pairs(self, encoded, batch), users, policies, batch);
}

py::array_t<std::uint64_t> fresh_counts(const Audience& self, const ArrowUsers& users,
                                        std::int32_t today, Threads threads,
                                        const py::object& progress) {
  return to_numpy(run({threads, progress}, [&](const RunOptions& options) {
    return self.counts(users, Date{today}, options);
  }));
}

py::tuple fresh_rows(const Audience& self, const ArrowUsers& users, std::int32_t today,
                     Threads threads, const py::object& progress) {
  return to_rows(find_fresh(self, users, today, {threads, progress}));
}

SharedArray fresh_pairs(const Audience& self, const ArrowUsers& users, std::int32_t today,
                        const std::vector<std::string>& policies, Threads threads,
                        const py::object& progress) {
  const Batch batch{threads, progress};
  return to_arrow(find_fresh(self, users, today, batch), users, policies, batch);
}

py::array_t<std::uint64_t> overlaps(const Audience& self, const EncodedUsers& users,
                                    py::ssize_t rules, Threads threads,
                                    const py::object& progress) {
  std::vector<std::uint64_t> matrix = run({threads, progress}, [&](const RunOptions& options) {
    return self.overlaps(users, options);
  });
  return to_numpy(std::move(matrix), {rules, rules});
}

}  // namespace

void bind_audience(py::module_& module) {
  py::class_<Audience>(module, "Audience")
      .def(py::init<RuleSet>(), py::arg("rules"))
      .def("counts", &counts, py::arg("users"), py::arg("threads"), py::arg("progress"))
      .def("mask", &mask, py::arg("users"), py::arg("rule"), py::arg("threads"),
           py::arg("progress"))
      .def("rows", &rows, py::arg("users"), py::arg("threads"), py::arg("progress"))
      .def("pairs", &pairs, py::arg("encoded"), py::arg("users"), py::arg("policies"),
           py::arg("threads"), py::arg("progress"))
      .def("fresh_counts", &fresh_counts, py::arg("users"), py::arg("today"), py::arg("threads"),
           py::arg("progress"))
      .def("fresh_rows", &fresh_rows, py::arg("users"), py::arg("today"), py::arg("threads"),
           py::arg("progress"))
      .def("fresh_pairs", &fresh_pairs, py::arg("users"), py::arg("today"), py::arg("policies"),
           py::arg("threads"), py::arg("progress"))
      .def("overlaps", &overlaps, py::arg("users"), py::arg("rules"), py::arg("threads"),
           py::arg("progress"));
}

}  // namespace muster::python
