#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <memory>

#include "cli/decision_inputs.hpp"
#include "cli/output.hpp"
#include "cli/report.hpp"
#include "cli/view_text.hpp"

namespace muster::cli {
namespace {

struct DecideInput {
  CatalogueInput catalogue;
  UsersInput users;
  MomentInput at;
  HistoryInput history;
  LanguageInput language;
  std::string user;
  std::string channel;
  std::string why;
  std::string record;
  std::uint64_t seed = 0;
  bool json = false;
};

bool write_record(const std::string& file, std::span<const std::byte> record) {
  Output out;
  if (!out.open(file)) return false;
  out.write({reinterpret_cast<const char*>(record.data()), record.size()});
  return out.finish() == Exit::done;
}

Exit show_view(const DecideInput& input, const Engine& engine, const PolicyView& view,
               std::span<const std::byte> record) {
  std::string text;
  if (input.json) {
    text = view.to_json() + "\n";
  } else if (!append_view(text, view, input.channel, input.language.language)) {
    return Exit::refused;
  }
  if (!input.why.empty()) {
    const auto reason = engine.explain(record, input.why);
    if (!reason) return refuse(reason.error().message);
    text += to_text(*reason, view.catalogue(), input.language.language);
  }
  Output out;
  out.open({});
  out.write(text);
  return out.finish();
}

Exit decide_one(const DecideInput& input) {
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
  std::vector<std::byte> record;
  const auto view = engine->decide({input.user, row}, input.at.moment(), {input.seed, &record});
  if (!view) return refuse(view.error().message);
  if (!input.record.empty() && !write_record(input.record, record)) return Exit::refused;
  return show_view(input, *engine, *view, record);
}

struct GateInput {
  CatalogueInput catalogue;
  UsersInput users;
  MomentInput at;
  HistoryInput history;
  LanguageInput language;
  std::string user;
  std::string policy;
  std::string channel;
};

Exit ask_gate(const GateInput& input) {
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
  const auto answer = engine->check({input.user, row}, input.policy, input.channel,
                                    input.at.moment(), input.language.language);
  if (!answer) return refuse(answer.error().message);
  Output out;
  out.open({});
  out.write(answer->allowed
                ? "allowed\n"
                : fmt::format("refused ({}): {}\n", name(answer->reason), answer->text));
  return out.finish();
}

struct ReplayInput {
  CatalogueInput catalogue;
  LanguageInput language;
  std::string record;
  std::string channel;
  std::string why;
  bool json = false;
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
  DecideInput shown;
  shown.language = input.language;
  shown.channel = input.channel;
  shown.why = input.why;
  shown.json = input.json;
  return show_view(shown, *engine, *view, record);
}

template <class Input>
void add_subject(CLI::App& command, Input& input) {
  input.catalogue.add_to(command);
  input.users.add_to(command)->required();
  command.add_option("--user", input.user, "the user's key")->required()->type_name("KEY");
  input.at.add_to(command);
  input.history.add_to(command);
  input.language.add_to(command);
}

template <class Input>
void add_showing(CLI::App& command, Input& input) {
  command.add_option("--channel", input.channel, "show it as this channel would")->type_name("ID");
  command.add_option("--why", input.why, "and say what became of this policy, and why")
      ->type_name("POLICY");
  command.add_flag("--json", input.json, "as JSON, the same bytes whoever asks");
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
  add_subject(*command, *input);
  add_showing(*command, *input);
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
  add_subject(*command, *input);
  command->add_option("--policy", input->policy, "the policy's id")->required()->type_name("ID");
  command->add_option("--channel", input->channel, "where it would be fulfilled")
      ->required()
      ->type_name("ID");
  command->callback([input, &exit] { exit = ask_gate(*input); });
}

void add_replay(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand("replay", "Decide again from a decision's record");
  command->footer(
      "\nGives the same bytes as the decision did, from its record and its catalogue alone.\n"
      "\nExample:\n"
      "  muster replay catalogue.json decision.mdr --why D168");
  auto input = std::make_shared<ReplayInput>();
  input->catalogue.add_to(*command);
  command->add_option("RECORD", input->record, "what 'decide --record' wrote")
      ->required()
      ->type_name("");
  input->language.add_to(*command);
  add_showing(*command, *input);
  command->callback([input, &exit] { exit = replay_record(*input); });
}

}  // namespace muster::cli
