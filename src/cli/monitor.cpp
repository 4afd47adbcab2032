#include <fmt/format.h>

#include <memory>
#include <optional>

#include "cli/inputs.hpp"
#include "cli/ledger_input.hpp"
#include "cli/monitor_text.hpp"
#include "cli/output.hpp"
#include "cli/report.hpp"
#include "muster/evaluate/ledger_monitor.hpp"
#include "muster/evaluate/monitor_page.hpp"
#include "muster/evaluate/prometheus.hpp"

namespace muster::cli {
namespace {

struct MonitorInput {
  LedgerInput ledger;
  CatalogueInput catalogue;
  std::string page;
  bool prometheus = false;
};

Exit write_to(const std::string& file, std::string_view text) {
  Output out;
  if (!out.open(file)) return Exit::refused;
  out.write(text);
  return out.finish();
}

Exit show(const MonitorInput& input, const LedgerFigures& figures, const Catalogue* catalogue) {
  const std::vector<WatchedState> watched =
      catalogue == nullptr ? std::vector<WatchedState>() : watch(figures, *catalogue);
  if (!input.page.empty()) {
    const Exit written =
        write_to(input.page, monitor_page(figures, watched, "Muster monitor", catalogue));
    if (written != Exit::done || !input.prometheus) return written;
  }
  return write_to({}, input.prometheus ? to_prometheus(figures, watched, catalogue)
                                       : to_text(figures, watched, catalogue));
}

Exit show_monitor(const MonitorInput& input) {
  std::optional<Catalogue> catalogue;
  if (!input.catalogue.file.empty()) {
    catalogue = input.catalogue.load();
    if (!catalogue) return Exit::refused;
  }
  Result<Ledger> ledger = input.ledger.open();
  if (!ledger) return refuse(ledger.error().message);
  LedgerMonitor monitor(catalogue ? catalogue->time_zone() : TimeZone());
  if (const auto updated = monitor.update(*ledger); !updated) {
    return refuse(updated.error().message);
  }
  return show(input, monitor.figures(), catalogue ? &*catalogue : nullptr);
}

}  // namespace

void add_monitor(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand("monitor", "Show what a ledger adds up to");
  command->footer(
      "\nThe funnel of tasks by policy, channel and day; participation; success of treated users\n"
      "against the holdout; hand-offs that were late; capacity taken; and, with the catalogue,\n"
      "which of its monitors warn.\n"
      "\nExamples:\n"
      "  muster monitor crm.ledger --catalogue catalogue.json\n"
      "  muster monitor crm.ledger --catalogue catalogue.json --html monitor.html\n"
      "  muster monitor postgresql://crm@db/ledger --prometheus");
  auto input = std::make_shared<MonitorInput>();
  input->ledger.add_to(*command);
  command
      ->add_option("--catalogue", input->catalogue.file,
                   "for names, capacity, monitors and the time zone of days; UTC without")
      ->type_name("FILE");
  command->add_option("--html", input->page, "write a page with charts instead")->type_name("FILE");
  command->add_flag("--prometheus", input->prometheus, "print Prometheus' text format instead");
  command->callback([input, &exit] { exit = show_monitor(*input); });
}

}  // namespace muster::cli
