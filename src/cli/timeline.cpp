#include <fmt/format.h>

#include <memory>
#include <optional>

#include "cli/entry_text.hpp"
#include "cli/inputs.hpp"
#include "cli/ledger_input.hpp"
#include "cli/output.hpp"
#include "cli/report.hpp"

namespace muster::cli {
namespace {

struct TimelineInput {
  LedgerInput ledger;
  CatalogueInput catalogue;
  std::string user;
};

Exit show_timeline(const TimelineInput& input) {
  std::optional<Catalogue> catalogue;
  if (!input.catalogue.file.empty()) {
    catalogue = input.catalogue.load();
    if (!catalogue) return Exit::refused;
  }
  Result<Ledger> ledger = input.ledger.open();
  if (!ledger) return refuse(ledger.error().message);
  const auto events = ledger->timeline(input.user);
  if (!events) return refuse(events.error().message);
  if (events->empty()) {
    return refuse(fmt::format("'{}' has no user '{}'", input.ledger.where, input.user));
  }
  Output out;
  out.open({});
  for (const Event& event : *events) out.write(line_of(event, catalogue ? &*catalogue : nullptr));
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
      "  muster timeline crm.ledger --user 13800000000 --catalogue catalogue.json");
  auto input = std::make_shared<TimelineInput>();
  input->ledger.add_to(*command);
  command
      ->add_option("--catalogue", input->catalogue.file,
                   "for names, and the time zone of moments; UTC without")
      ->type_name("FILE");
  command->add_option("--user", input->user, "the user's key")->required()->type_name("KEY");
  command->callback([input, &exit] { exit = show_timeline(*input); });
}

}  // namespace muster::cli
