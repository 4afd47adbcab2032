#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <utility>
#include <vector>

#include "batch.hpp"
#include "bindings.hpp"
#include "gil.hpp"
#include "muster/match/rule_set.hpp"
#include "muster/tags/arrow.hpp"

namespace py = pybind11;

namespace muster::python {
namespace {

/// One user's bits for one rule set.
struct EncodedUser {
  std::vector<std::uint64_t> bits;
  std::uint64_t fingerprint = 0;
};

/// Matches one user after another. One caller at a time: the GIL sees to it.
class Matcher {
 public:
  /// `names` has the objects that matched rules are told by, one a rule.
  Matcher(RuleSet rules, py::tuple names)
      : rules_(std::move(rules)), names_(std::move(names)), scratch_(rules_), ids_(rules_.size()) {
    if (names_.size() != rules_.size()) throw py::value_error("as many names as rules");
    fingerprint_ = rules_.encoder().fingerprint();
  }

  EncodedUser prepare(const UserView& user, std::int32_t today) const {
    return {value_of(rules_.encoder().encode(user, Date{today})), fingerprint_};
  }
  py::list match(const EncodedUser& user) {
    if (user.fingerprint != fingerprint_) {
      raise({Errc::schema_mismatch, "the user was prepared for other rules", {}});
    }
    return told(rules_.match(user.bits, scratch_, ids_));
  }
  py::list match_view(const UserView& user, std::int32_t today) {
    bits_.resize(rules_.encoder().words());
    value_of(rules_.encoder().encode(user, Date{today}, bits_));
    return told(rules_.match(bits_, scratch_, ids_));
  }

 private:
  py::list told(std::size_t matched) const {
    py::list list(matched);
    for (std::size_t i = 0; i < matched; ++i) {
      PyObject* name = PyTuple_GET_ITEM(names_.ptr(), static_cast<Py_ssize_t>(ids_[i]));
      Py_INCREF(name);
      PyList_SET_ITEM(list.ptr(), static_cast<Py_ssize_t>(i), name);
    }
    return list;
  }

  RuleSet rules_;
  py::tuple names_;
  Scratch scratch_;
  std::vector<RuleId> ids_;
  std::vector<std::uint64_t> bits_;
  std::uint64_t fingerprint_ = 0;
};

py::bytes save(const RuleSet& rules) {
  const std::vector<std::byte> bytes = rules.save();
  return py::bytes(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

RuleSet load(const py::bytes& saved) {
  const std::string_view text = saved;
  const auto read = [&] {
    const WithoutGil others_may_run;
    return RuleSet::load(std::as_bytes(std::span(text.data(), text.size())));
  };
  return value_of(read());
}

EncodedUsers encode(const RuleSet& rules, const ArrowUsers& users, std::int32_t today,
                    Threads threads, const py::object& progress) {
  return run({threads, progress}, [&](const RunOptions& options) {
    return rules.encoder().encode(users, Date{today}, options);
  });
}

}  // namespace

void bind_rule_set(py::module_& module) {
  py::class_<EncodedUsers>(module, "EncodedUsers")
      .def("__len__", &EncodedUsers::users)
      .def_property_readonly("memory_bytes", &EncodedUsers::memory_bytes);
  py::class_<EncodedUser>(module, "EncodedUser");
  py::class_<RuleSet>(module, "RuleSet")
      .def("__len__", &RuleSet::size)
      .def_property_readonly("kernel", &RuleSet::kernel)
      .def_property_readonly("memory_bytes", &RuleSet::memory_bytes)
      .def("save", &save)
      .def_static("load", &load, py::arg("saved"))
      .def("encode", &encode, py::arg("users"), py::arg("today"), py::arg("threads"),
           py::arg("progress"));
  py::class_<Matcher>(module, "Matcher")
      .def(py::init<RuleSet, py::tuple>(), py::arg("rules"), py::arg("names"))
      .def("prepare", &Matcher::prepare, py::arg("user"), py::arg("today"))
      .def("match", &Matcher::match, py::arg("user"))
      .def("match_view", &Matcher::match_view, py::arg("user"), py::arg("today"));
}

}  // namespace muster::python
