#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "batch.hpp"
#include "bindings.hpp"
#include "core/suggest.hpp"
#include "errors.hpp"
#include "explained.hpp"
#include "gil.hpp"
#include "muster/policy/catalogue.hpp"
#include "muster/tags/user.hpp"

namespace py = pybind11;

namespace muster::python {
namespace {

Catalogue from_json(const std::string& json) {
  const auto read = [&] {
    const WithoutGil others_may_run;
    return Catalogue::from_json(json);
  };
  return value_of(read(), Reading::catalogue, json);
}

py::list policies_of(const Catalogue& catalogue) {
  py::list list;
  for (const Policy& policy : catalogue.policies()) {
    list.append(py::make_tuple(policy.id, policy.name, policy.segment, policy.description,
                               name(policy.state)));
  }
  return list;
}

py::list segments_of(const Catalogue& catalogue) {
  py::list list;
  for (const Segment& segment : catalogue.segments()) {
    list.append(py::make_tuple(segment.name, segment.rule));
  }
  return list;
}

py::list channels_of(const Catalogue& catalogue) {
  py::list list;
  for (const Channel& channel : catalogue.channels()) {
    list.append(py::make_tuple(channel.id, channel.name));
  }
  return list;
}

py::list tags_of(const Catalogue& catalogue) {
  py::list list;
  for (const Tag& tag : catalogue.schema().tags()) {
    list.append(py::make_tuple(tag.name, name(tag.type), tag.nullable, tag.values, name(tag.kind),
                               tag.description, tag.derived));
  }
  return list;
}

RuleSet compile(const Catalogue& catalogue, const py::object& progress) {
  return run({{1}, progress},
             [&](const RunOptions& options) { return catalogue.compile({.run = options}); });
}

/// Rules beside the catalogue's own, which may name its segments.
RuleSet compile_rules(const Catalogue& catalogue, const std::vector<std::string>& rules) {
  RuleSetBuilder builder = catalogue.rule_builder();
  for (const std::string& rule : rules) value_of(builder.add(rule), Reading::data, rule);
  return value_of(std::move(builder).compile());
}

py::tuple explain_rule(const Catalogue& catalogue, const std::string& rule, const UserView& user,
                       std::int32_t today) {
  Checker checker = catalogue.checker();
  return to_python(value_of(explain(checker, rule, user, Date{today})), catalogue.schema());
}

/// The name that was probably meant; empty where none is close.
std::string meant(std::string_view wrong, const std::vector<std::string>& names) {
  return suggest(wrong, names);
}

}  // namespace

void bind_catalogue(py::module_& module) {
  py::class_<UserView>(module, "UserView");
  py::class_<Catalogue>(module, "Catalogue")
      .def_static("from_json", &from_json, py::arg("json"))
      .def_property_readonly("version", &Catalogue::version)
      .def_property_readonly("content_hash", &Catalogue::content_hash)
      .def_property_readonly("currency", &Catalogue::currency)
      .def_property_readonly("key", [](const Catalogue& self) { return self.schema().key(); })
      .def("policies", &policies_of)
      .def("segments", &segments_of)
      .def("channels", &channels_of)
      .def("tags", &tags_of)
      .def("warnings", [](const Catalogue& self) { return to_python(self.warnings()); })
      .def("schema_json", [](const Catalogue& self) { return self.schema().to_json(); })
      .def(
          "day_at",
          [](const Catalogue& self, std::int64_t second) {
            return self.time_zone().local(Moment{second}).day.days;
          },
          py::arg("second"))
      .def("compile", &compile, py::arg("progress"))
      .def("compile_rules", &compile_rules, py::arg("rules"))
      .def("explain", &explain_rule, py::arg("rule"), py::arg("user"), py::arg("today"));
  module.def("meant", &meant, py::arg("wrong"), py::arg("names"));
}

}  // namespace muster::python
