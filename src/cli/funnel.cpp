#include "muster/plan/funnel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/decision_inputs.hpp"
#include "cli/output.hpp"
#include "cli/progress_bar.hpp"
#include "cli/report.hpp"

namespace muster::cli {
namespace {

struct FunnelInput {
  CatalogueInput catalogue;
  UsersInput users;
  MomentInput at;
  HistoryInput history;
  LanguageInput language;
  bool csv = false;
};

/// The reason that removes most users of the segment; nothing where none does.
std::string main_reason(const PolicyFunnel& policy, Language language) {
  const auto most = std::max_element(policy.removed.begin(), policy.removed.end());
  if (*most == 0) return {};
  const auto reason = static_cast<Reason>(most - policy.removed.begin());
  return fmt::format("{}: {}", grouped(*most), describe(reason, language));
}

std::string funnel_table(const Funnel& funnel, Language language) {
  std::size_t width = 6;
  for (const PolicyFunnel& policy : funnel.policies) width = std::max(width, policy.policy.size());
  std::string out =
      fmt::format("{:<{}} {:>9} {:>9} {:>9} {:>11} {:>9} {:>9}  most often left out\n", "policy",
                  width, "matched", "live", "permitted", "contactable", "offered", "primary");
  for (const PolicyFunnel& p : funnel.policies) {
    out += fmt::format("{:<{}} {:>9} {:>9} {:>9} {:>11} {:>9} {:>9}  {}\n", p.policy, width,
                       p.matched, p.live, p.permitted, p.contactable, p.offered, p.primary,
                       main_reason(p, language));
  }
  return out + fmt::format("{} of {} users are offered something; {} in the holdout\n",
                           grouped(funnel.users_offered), grouped(funnel.users),
                           grouped(funnel.holdout));
}

std::string funnel_csv(const Funnel& funnel) {
  std::string out = "policy,matched,live,permitted,contactable,offered,primary\n";
  for (const PolicyFunnel& p : funnel.policies) {
    append_csv_cell(out, p.policy);
    out += fmt::format(",{},{},{},{},{},{}\n", p.matched, p.live, p.permitted, p.contactable,
                       p.offered, p.primary);
  }
  return out;
}

Exit show_funnel(const FunnelInput& input) {
  const auto catalogue = input.catalogue.load();
  if (!catalogue) return Exit::refused;
  const auto users = input.users.load(catalogue->schema());
  if (!users) return Exit::refused;
  auto history = input.history.load();
  if (!history) return Exit::refused;
  const auto engine = make_engine(*catalogue, std::move(history));
  if (!engine) return Exit::refused;
  const auto funnel = make_funnel(*engine, *users, input.at.moment(),
                                  ProgressBar("deciding").run(input.users.threads));
  if (!funnel) return refuse(funnel.error().message);
  Output out;
  out.open({});
  out.write(input.csv ? funnel_csv(*funnel) : funnel_table(*funnel, input.language.language));
  return out.finish();
}

}  // namespace

void add_funnel(CLI::App& app, Exit& exit) {
  auto* command =
      app.add_subcommand("funnel", "Count how many users each step of the decision removes");
  command->footer(
      "\nFor each policy, the users left after each step: in the segment and fit for it, while it "
      "is\n"
      "live, on a permitted channel, contactable, offered; and the reason that removes most.\n"
      "\nExample:\n"
      "  muster funnel catalogue.json --users users.csv --history contacts.csv --threads 0");
  auto input = std::make_shared<FunnelInput>();
  input->catalogue.add_to(*command);
  input->users.add_to(*command)->required();
  input->at.add_to(*command);
  input->history.add_to(*command);
  input->language.add_to(*command);
  command->add_flag("--csv", input->csv, "as CSV, without the reasons");
  command->callback([input, &exit] { exit = show_funnel(*input); });
}

}  // namespace muster::cli
