#include <fmt/format.h>

#include <memory>

#include "cli/decision_inputs.hpp"
#include "cli/output.hpp"
#include "cli/report.hpp"
#include "cli/view_text.hpp"

namespace muster::cli {
namespace {

/// Whom `decide` and `gate` are about, and when.
struct SubjectInput {
  CatalogueInput catalogue;
  UsersInput users;
  MomentInput at;
  HistoryInput history;
  LanguageInput language;
  std::string user;

  void add_to(CLI::App& command) {
    catalogue.add_to(command);
    users.add_to(command)->required();
    command.add_option("--user", user, "the user's key")->required()->type_name("KEY");
    at.add_to(command);
    history.add_to(command);
    language.add_to(command);
  }
};

/// How `decide` and `replay` show a view.
struct ViewInput {
  std::string channel;
  std::string why;
  bool json = false;

  void add_to(CLI::App& command) {
    auto* as =
        command.add_option("--channel", channel, "show it as this channel would")->type_name("ID");
    auto* reason = command.add_option("--why", why, "and say what became of this policy, and why")
                       ->type_name("POLICY");
    command.add_flag("--json", json, "as JSON, the same bytes whoever asks")
        ->excludes(as)
        ->excludes(reason);
  }
};

Exit write_out(std::string_view text) {
  Output out;
  out.open({});
  out.write(text);
  return out.finish();
}

/// Calls `ask(engine, user)` for the user that is meant.
template <class Ask>
Exit with_subject(const SubjectInput& input, Ask ask) {
  const auto catalogue = input.catalogue.load();
  if (!catalogue) return Exit::refused;
  const auto users = input.users.load(catalogue->schema());
  if (!users) return Exit::refused;
  const auto user = find_user(*users, input.user, input.users.file);
  auto history = user ? input.history.load() : nullptr;
  if (!history) return Exit::refused;
  const auto engine = make_engine(*catalogue, std::move(history));
  if (!engine) return Exit::refused;
  const auto row = users->row(*user);
  return ask(*engine, Subject{input.user, row});
}

bool write_record(const std::string& file, std::span<const std::byte> record) {
  Output out;
  if (!out.open(file)) return false;
  out.write({reinterpret_cast<const char*>(record.data()), record.size()});
  return out.finish() == Exit::done;
}

Exit show_view(const ViewInput& input, Language language, const Engine& engine,
               const PolicyView& view, std::span<const std::byte> record) {
  std::string text;
  if (input.json) {
    text = view.to_json() + "\n";
  } else if (!append_view(text, view, input.channel, language)) {
    return Exit::refused;
  }
  if (!input.why.empty()) {
    const auto reason = engine.explain(record, input.why);
    if (!reason) return refuse(reason.error().message);
    text += to_text(*reason, view.catalogue(), language);
  }
  return write_out(text);
}

struct DecideInput {
  SubjectInput subject;
  ViewInput shown;
  std::string record;
  std::uint64_t seed = 0;
};

Exit decide_one(const DecideInput& input) {
  return with_subject(input.subject, [&](const Engine& engine, const Subject& user) {
    std::vector<std::byte> record;
    const auto view = engine.decide(user, input.subject.at.moment(), {input.seed, &record});
    if (!view) return refuse(view.error().message);
    if (!input.record.empty() && !write_record(input.record, record)) return Exit::refused;
    return show_view(input.shown, input.subject.language.language, engine, *view, record);
  });
}

struct GateInput {
  SubjectInput subject;
  std::string policy;
  std::string channel;
};

Exit ask_gate(const GateInput& input) {
  return with_subject(input.subject, [&](const Engine& engine, const Subject& user) {
    const auto answer = engine.check(user, input.policy, input.channel, input.subject.at.moment(),
                                     input.subject.language.language);
    if (!answer) return refuse(answer.error().message);
    return write_out(answer->allowed
                         ? "allowed\n"
                         : fmt::format("refused ({}): {}\n", name(answer->reason), answer->text));
  });
}

struct ReplayInput {
  CatalogueInput catalogue;
  LanguageInput language;
  ViewInput shown;
  std::string record;
};

Exit replay_record(const ReplayInput& input) {
  const auto catalogue = input.catalogue.load();
  if (!catalogue) return Exit::refused;
  const auto bytes = read_text(input.record);
  if (!bytes) return Exit::refused;
  const auto engine = make_engine(*catalogue, nullptr);
  if (!engine) return Exit::refused;
  const auto record = std::as_bytes(std::span(*bytes));
  const auto view = engine->replay(record);
  if (!view) return refuse(fmt::format("{}: {}", input.record, view.error().message));
  return show_view(input.shown, input.language.language, *engine, *view, record);
}

}  // namespace

void add_decide(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand("decide", "Decide what one user should be offered");
  command->footer(
      "\nThe policy view: primary and secondary policies with their scores, the channels that may\n"
      "carry them, best first, and why the other policies that fit the user are not offered.\n"
      "\nExamples:\n"
      "  muster decide catalogue.json --users users.csv --user C00000042 --channel hotline\n"
      "  muster decide catalogue.json --users users.csv --user C00000042 --why D168 --language zh\n"
      "  muster decide catalogue.json --users users.csv --user C00000042 --record decision.mdr");
  auto input = std::make_shared<DecideInput>();
  input->subject.add_to(*command);
  input->shown.add_to(*command);
  command->add_option("--seed", input->seed, "for models that explore")->type_name("N");
  command->add_option("--record", input->record, "file for the decision's record; see replay")
      ->type_name("FILE");
  command->callback([input, &exit] { exit = decide_one(*input); });
}

void add_gate(CLI::App& app, Exit& exit) {
  auto* command =
      app.add_subcommand("gate", "Ask whether a user may have a policy before it is fulfilled");
  command->footer(
      "\nPrints 'allowed', or 'refused' with a stable code and the reason.\n"
      "\nExample:\n"
      "  muster gate catalogue.json --users users.csv --user C00000042 --policy D168 --channel "
      "shop");
  auto input = std::make_shared<GateInput>();
  input->subject.add_to(*command);
  command->add_option("--policy", input->policy, "the policy's id")->required()->type_name("ID");
  command->add_option("--channel", input->channel, "where it would be fulfilled")
      ->required()
      ->type_name("ID");
  command->callback([input, &exit] { exit = ask_gate(*input); });
}

void add_replay(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand("replay", "Decide again from a decision's record");
  command->footer(
      "\nGives the same bytes as the decision did, from its record and its catalogue alone, where\n"
      "its propensities were the catalogue's.\n"
      "\nExample:\n"
      "  muster replay catalogue.json decision.mdr --why D168");
  auto input = std::make_shared<ReplayInput>();
  input->catalogue.add_to(*command);
  command->add_option("RECORD", input->record, "what 'decide --record' wrote")
      ->required()
      ->type_name("");
  input->language.add_to(*command);
  input->shown.add_to(*command);
  command->callback([input, &exit] { exit = replay_record(*input); });
}

}  // namespace muster::cli
