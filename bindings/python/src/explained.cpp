#include "explained.hpp"

#include <pybind11/stl.h>

namespace py = pybind11;

namespace muster::python {
namespace {

std::string_view name_of(ExplainedPart::Kind kind) {
  switch (kind) {
    case ExplainedPart::Kind::condition:
      return "condition";
    case ExplainedPart::Kind::all_of:
      return "all_of";
    case ExplainedPart::Kind::any_of:
      return "any_of";
    case ExplainedPart::Kind::segment:
      return "segment";
  }
  return "";
}

std::string_view name_of(Verdict verdict) {
  if (verdict == Verdict::yes) return "yes";
  return verdict == Verdict::no ? "no" : "unknown";
}

py::list parts_of(const Explanation& explanation) {
  py::list list;
  for (const ExplainedPart& part : explanation.parts) {
    list.append(py::make_tuple(name_of(part.kind), part.negated, part.depth, part.truth, part.text,
                               part.actual));
  }
  return list;
}

py::list literals_of(const Explanation& explanation) {
  py::list list;
  for (const ExplainedLiteral& literal : explanation.literals) {
    list.append(py::make_tuple(literal.text, literal.actual, literal.holds));
  }
  return list;
}

py::list changes_of(const std::vector<Change>& changes, const Schema& schema) {
  py::list list;
  for (const Change& change : changes) {
    list.append(py::make_tuple(schema.tag(change.tag).name, change.text, change.derived));
  }
  return list;
}

}  // namespace

py::tuple to_python(const Explanation& explanation, const Schema& schema) {
  const SmallestChange& change = explanation.change;
  return py::make_tuple(explanation.matches, parts_of(explanation), literals_of(explanation),
                        name_of(change.found), change.exact, change.certain,
                        changes_of(change.changes, schema), changes_of(change.example, schema),
                        to_text(explanation));
}

}  // namespace muster::python
