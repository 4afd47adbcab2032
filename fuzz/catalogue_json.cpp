// Any text is a catalogue or is refused with findings that point into it; an accepted one
// compiles, writes its schema so that it reads back the same, and decides as its records say.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "muster/decide/engine.hpp"
#include "require.hpp"

namespace {

void check_findings(std::span<const muster::Diagnostic> findings, std::string_view text) {
  for (const muster::Diagnostic& finding : findings) {
    require(finding.range.begin <= finding.range.end, "a range begins before it ends");
    require(finding.range.end <= text.size(), "a finding points into the text");
    require(!muster::render(finding, text, "file").empty(), "a finding can be shown");
  }
}

/// A user of whom nothing is known, or every tag has its plainest value.
struct Plain final : muster::UserView {
  Plain(const muster::Schema& its_schema, bool is_known) : schema(its_schema), known(is_known) {}
  muster::Cell cell(muster::TagId id) const override {
    const muster::Tag& tag = schema.tag(id);
    if (!known) return {};
    switch (tag.type) {
      case muster::TagType::boolean:
        return true;
      case muster::TagType::number:
        return muster::Number(1);
      case muster::TagType::date:
        return muster::Date{20'000};
      case muster::TagType::category:
        return tag.values.empty() ? muster::Cell() : muster::Cell(muster::CategoryCode{0});
      default:
        return muster::Cell(std::span<const muster::CategoryCode>());
    }
  }
  const muster::Schema& schema;
  bool known;
};

constexpr muster::Moment now{1'774'872'000};  // 2026-03-30T12:00:00Z

/// Contacts with some of the policies, on some of the channels.
std::shared_ptr<muster::MemoryHistory> make_history(const muster::Catalogue& catalogue) {
  const auto history = std::make_shared<muster::MemoryHistory>();
  history->place("u", "A", "H");
  history->place("mate", "A", "");
  const auto channels = catalogue.channels();
  for (std::size_t i = 0; i < std::min<std::size_t>(catalogue.policies().size(), 8); ++i) {
    const std::string channel = channels.empty() ? "none" : channels[i % channels.size()].id;
    const auto outcome = static_cast<muster::Outcome>(i % muster::outcomes);
    history->add(i % 3 == 0 ? "mate" : "u", {{now.seconds - static_cast<std::int64_t>(i) * 40'000},
                                             catalogue.policies()[i].id,
                                             channel,
                                             outcome,
                                             {}});
  }
  return history;
}

void check_decision(const muster::Engine& engine, const muster::Subject& user) {
  std::vector<std::byte> record;
  const auto view = engine.decide(user, now, {.record = &record});
  if (!view) return require(!view.error().message.empty(), "a refused user is told why");
  const muster::Catalogue& catalogue = view->catalogue();
  const auto again = engine.replay(record);
  require(again && again->to_json() == view->to_json(), "a record gives the same view");
  const auto policies = catalogue.policies();
  for (std::size_t i = 0; i < std::min<std::size_t>(policies.size(), 3); ++i) {
    const auto reason = engine.explain(record, policies[i].id);
    require(reason && !to_text(*reason, catalogue, muster::Language::chinese).empty(),
            "each policy has a reason");
    if (catalogue.channels().empty()) continue;
    const std::string& channel = catalogue.channels().front().id;
    require(engine.check(user, policies[i].id, channel, now).has_value(), "the gate answers too");
  }
  for (const muster::Offer& offer : view->offers()) {
    require(!offer.channels.empty(), "what is offered can be carried");
  }
}

void check_decisions(const muster::Catalogue& catalogue) {
  muster::Engine engine({.history = make_history(catalogue)});
  if (const auto deployed = engine.deploy(catalogue); !deployed) {
    return require(!deployed.error().message.empty(),
                   "a catalogue that is not deployed is told why");
  }
  for (const bool known : {false, true}) {
    const Plain user(catalogue.schema(), known);
    check_decision(engine, {"u", user});
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto catalogue = muster::Catalogue::from_json(text);
  if (!catalogue) {
    require(!catalogue.error().message.empty(), "a refusal says why");
    check_findings(catalogue.error().diagnostics, text);
    return 0;
  }
  check_findings(catalogue->warnings(), text);
  const auto schema = muster::Schema::from_json(catalogue->schema().to_json());
  require(schema.has_value(), "a schema that was read can be written");
  require(schema->fingerprint() == catalogue->schema().fingerprint(), "and is then the same");
  for (const muster::Policy& policy : catalogue->policies()) {
    require(!policy.id.empty(), "each policy has an id");
    require(policy.valid.from < policy.valid.until, "a policy is valid at some time");
    for (const muster::PolicyChannel& channel : policy.channels) {
      require(channel.channel < catalogue->channels().size(), "a policy's channels are there");
    }
  }
  require(muster::Catalogue::from_json(text)->content_hash() == catalogue->content_hash(),
          "the same text has the same hash");
  const auto rules = catalogue->compile();
  require(rules.has_value(), "an accepted catalogue compiles");
  require(rules->size() == catalogue->policies().size(), "each policy is a rule");
  check_decisions(*catalogue);
  return 0;
}
