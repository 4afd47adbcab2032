#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <utility>

#include "bindings.hpp"
#include "explained.hpp"
#include "gil.hpp"
#include "muster/decide/tmf680.hpp"
#include "policy/unknown_id.hpp"
#include "python_engine.hpp"

namespace py = pybind11;

namespace muster::python {

PythonEngine::PythonEngine(std::shared_ptr<ContactHistory> history, std::size_t catalogues_kept)
    : python_history_(std::dynamic_pointer_cast<const PythonHistory>(history)),
      engine_({.history = std::move(history), .catalogues_kept = catalogues_kept}) {}

namespace {

void deploy(PythonEngine& self, const Catalogue& catalogue) {
  const auto put = [&] {
    const WithoutGil others_may_run;
    return self.engine().deploy(catalogue);
  };
  value_of(put());
}

py::list deployments(const PythonEngine& self) {
  py::list list;
  for (const Deployment& one : self.engine().deployments()) {
    list.append(py::make_tuple(one.version, one.content_hash, one.running));
  }
  return list;
}

std::span<const std::byte> bytes_of(const py::bytes& record) {
  const std::string_view text = record;
  return std::as_bytes(std::span(text.data(), text.size()));
}

PreparedUser prepare(const PythonEngine& self, const UserView& user, std::int64_t now) {
  return self.value([&](const Engine& engine) { return engine.prepare(user, Moment{now}); });
}

/// `prepared` may be null.
py::tuple decide(const PythonEngine& self, const UserView& user, const PreparedUser* prepared,
                 std::string_view key, std::int64_t now, std::uint64_t seed) {
  std::vector<std::byte> record;
  PolicyView view = self.value([&](const Engine& engine) {
    return engine.decide({key, user, prepared}, Moment{now}, {.seed = seed, .record = &record});
  });
  return py::make_tuple(std::move(view),
                        py::bytes(reinterpret_cast<const char*>(record.data()), record.size()));
}

Language language_of(bool chinese) { return chinese ? Language::chinese : Language::english; }

py::tuple check(const PythonEngine& self, const UserView& user, const PreparedUser* prepared,
                std::string_view key, std::string_view policy, std::string_view channel,
                std::int64_t now, bool chinese) {
  const GateAnswer answer = self.value([&](const Engine& engine) {
    return engine.check({key, user, prepared}, policy, channel, Moment{now}, language_of(chinese));
  });
  return py::make_tuple(answer.allowed, answer.allowed ? "" : name(answer.reason), answer.text);
}

PolicyView replay(const PythonEngine& self, const py::bytes& record) {
  return self.value([&](const Engine& engine) { return engine.replay(bytes_of(record)); });
}

py::list blocks_of(const PolicyReason& reason, const Catalogue& catalogue) {
  py::list list;
  for (const ChannelBlock& block : reason.blocked) {
    list.append(py::make_tuple(catalogue.channels()[block.channel].id, name(block.reason),
                               block.rule, block.count, block.most));
  }
  return list;
}

py::tuple explain(const PythonEngine& self, const py::bytes& record, std::string_view policy,
                  bool chinese) {
  const PolicyReason reason =
      self.value([&](const Engine& engine) { return engine.explain(bytes_of(record), policy); });
  const Catalogue catalogue = replay(self, record).catalogue();
  py::object rule = py::none();
  if (reason.rule) rule = to_python(*reason.rule, catalogue.schema());
  return py::make_tuple(reason.policy, name(reason.reason), reason.part, rule,
                        blocks_of(reason, catalogue), reason.better,
                        to_text(reason, catalogue, language_of(chinese)));
}

py::list channels_of(const Offer& offer, const Catalogue& catalogue) {
  py::list list;
  for (const RankedChannel& channel : offer.channels) {
    list.append(py::make_tuple(catalogue.channels()[channel.channel].id, channel.preferred,
                               channel.propensity, channel.rank));
  }
  return list;
}

py::list offers(const PolicyView& view) {
  const Catalogue& catalogue = view.catalogue();
  py::list list;
  for (const Offer& offer : view.offers()) {
    const Policy& policy = catalogue.policies()[offer.policy];
    list.append(py::make_tuple(policy.id, policy.name, offer.primary, offer.score, offer.propensity,
                               offer.value, offer.context, offer.lever, offer.contact_cost,
                               channels_of(offer, catalogue)));
  }
  return list;
}

py::list omissions(const PolicyView& view) {
  py::list list;
  for (const Omission& one : view.omissions()) {
    list.append(py::make_tuple(view.catalogue().policies()[one.policy].id, name(one.reason)));
  }
  return list;
}

ChannelId channel_of(const PolicyView& view, const std::string& channel) {
  const std::size_t found = view.catalogue().find_channel(channel);
  if (found == view.catalogue().channels().size()) {
    raise(unknown_channel(view.catalogue(), channel));
  }
  return static_cast<ChannelId>(found);
}

/// What a channel says for an offer; empty where it says nothing.
std::string script(const PolicyView& view, std::size_t offer, const std::string& channel) {
  const ChannelId its = channel_of(view, channel);
  if (offer >= view.offers().size()) throw py::index_error("there is no such offer");
  return view.script(offer, its);
}

void bind_view(py::module_& module) {
  py::class_<PolicyView>(module, "PolicyView")
      .def_property_readonly("user", &PolicyView::user)
      .def_property_readonly("at", [](const PolicyView& self) { return self.at().seconds; })
      .def_property_readonly("decision_id", &PolicyView::decision_id)
      .def_property_readonly("holdout", &PolicyView::holdout)
      .def_property_readonly("high_value", &PolicyView::high_value)
      .def_property_readonly("version",
                             [](const PolicyView& self) { return self.catalogue().version(); })
      .def("offers", &offers)
      .def("omissions", &omissions)
      .def("script", &script, py::arg("offer"), py::arg("channel"))
      .def("check_channel", &channel_of, py::arg("channel"))
      .def("to_json", &PolicyView::to_json)
      .def("to_tmf680", &to_tmf680);
}

}  // namespace

void bind_engine(py::module_& module) {
  bind_view(module);
  py::class_<PreparedUser>(module, "PreparedUser");
  py::class_<PythonEngine>(module, "Engine")
      .def(py::init<std::shared_ptr<ContactHistory>, std::size_t>(), py::arg("history"),
           py::arg("catalogues_kept"))
      .def("deploy", &deploy, py::arg("catalogue"))
      .def("roll_back", [](PythonEngine& self) { value_of(self.engine().roll_back()); })
      .def("deployments", &deployments)
      .def("prepare", &prepare, py::arg("user"), py::arg("now"))
      .def("decide", &decide, py::arg("user"), py::arg("prepared"), py::arg("key"), py::arg("now"),
           py::arg("seed"))
      .def("check", &check, py::arg("user"), py::arg("prepared"), py::arg("key"), py::arg("policy"),
           py::arg("channel"), py::arg("now"), py::arg("chinese"))
      .def("replay", &replay, py::arg("record"))
      .def("explain", &explain, py::arg("record"), py::arg("policy"), py::arg("chinese"));
}

}  // namespace muster::python
