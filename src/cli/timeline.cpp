#include <fmt/format.h>

#include <memory>

#include "cli/ledger_input.hpp"
#include "cli/output.hpp"
#include "cli/report.hpp"

namespace muster::cli {
namespace {

struct TimelineInput {
  LedgerInput ledger;
  std::string user;
};

/// What is shared keeps to one line.
std::string one_line(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return text;
}

std::string line_of(const Event& event) {
  std::string out = fmt::format("{}  {}", to_string(event.at), name(event.kind));
  const auto add = [&](std::string_view part) {
    if (!part.empty()) out += fmt::format("  {}", part);
  };
  add(event.channel);
  add(event.policy);
  if (event.task != 0) add(fmt::format("task {}", event.task));
  if (event.state) add(name(*event.state));
  if (event.outcome != Outcome::none) add(name(event.outcome));
  if (event.field != SharedField::none) add(fmt::format("{}:", name(event.field)));
  add(event.text);
  return one_line(std::move(out)) + '\n';
}

Exit show_timeline(const TimelineInput& input) {
  Result<Ledger> ledger = input.ledger.open();
  if (!ledger) return refuse(ledger.error().message);
  const auto events = ledger->timeline(input.user);
  if (!events) return refuse(events.error().message);
  if (events->empty()) {
    return refuse(fmt::format("'{}' has no user '{}'", input.ledger.where, input.user));
  }
  Output out;
  out.open({});
  for (const Event& event : *events) out.write(line_of(event));
  return out.finish();
}

}  // namespace

void add_timeline(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand("timeline", "Show all that a ledger knows of a user");
  command->footer(
      "\nOne line an entry, oldest first: moment, kind, channel, policy, task and its state,\n"
      "outcome, and what the channel shares. A ledger is a file, or a PostgreSQL connection\n"
      "string ('postgresql://…' or 'host=… dbname=…').\n"
      "\nExample:\n"
      "  muster timeline crm.ledger --user 13800000000");
  auto input = std::make_shared<TimelineInput>();
  input->ledger.add_to(*command);
  command->add_option("--user", input->user, "the user's key")->required()->type_name("KEY");
  command->callback([input, &exit] { exit = show_timeline(*input); });
}

}  // namespace muster::cli
