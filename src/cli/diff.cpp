#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/inputs.hpp"
#include "cli/output.hpp"
#include "cli/progress_bar.hpp"
#include "cli/report.hpp"
#include "muster/plan/catalogue_diff.hpp"

namespace muster::cli {
namespace {

struct DiffInput {
  CatalogueInput before, after;
  UsersInput users;
  TodayInput today;
  std::string out;
};

std::string diff_table(const CatalogueDiff& diff, std::size_t users) {
  std::size_t width = 6;
  for (const PolicyDiff& policy : diff.policies) width = std::max(width, policy.policy.size());
  std::string out = fmt::format("{:<{}} {:>10} {:>10} {:>10} {:>10}\n", "policy", width, "before",
                                "after", "gained", "lost");
  std::uint64_t gained = 0, lost = 0;
  for (const PolicyDiff& p : diff.policies) {
    gained += p.gained;
    lost += p.lost;
    if (p.gained + p.lost == 0) continue;
    out += fmt::format("{:<{}} {:>10} {:>10} {:>10} {:>10}\n", p.policy, width, p.before, p.after,
                       fmt::format("+{}", p.gained), fmt::format("-{}", p.lost));
  }
  return out +
         fmt::format("{} of {} users gain something (+{} policies), {} lose something (-{})\n",
                     grouped(diff.users_gaining), grouped(users), grouped(gained),
                     grouped(diff.users_losing), grouped(lost));
}

Exit write_changes(const CatalogueDiff& diff, const UserTable& users, const std::string& file) {
  Output out;
  if (!out.open(file)) return Exit::refused;
  bool wanted = out.write("user,policy,change\n");
  std::string line, buffer;
  for (std::size_t i = 0; wanted && i < diff.users.size(); ++i) {
    const UserDiff& change = diff.users[i];
    line.clear();
    append_csv_cell(line, users.key(change.user, buffer));
    line += ',';
    append_csv_cell(line, diff.policies[change.policy].policy);
    line += change.gained ? ",gained\n" : ",lost\n";
    wanted = out.write(line);
  }
  return out.finish();
}

Exit show_diff(const DiffInput& input) {
  const auto before = input.before.load();
  const auto after = input.after.load();
  if (!before || !after) return Exit::refused;
  const auto old_users = input.users.load(before->schema());
  if (!old_users) return Exit::refused;
  const auto new_users = input.users.load(after->schema());
  if (!new_users) return Exit::refused;
  const auto changes = diff(*before, *old_users, *after, *new_users, input.today.date(),
                            ProgressBar("matching").run(input.users.threads));
  if (!changes) return refuse(changes.error().message);
  if (!input.out.empty()) {
    const Exit written = write_changes(*changes, *old_users, input.out);
    if (written != Exit::done) return written;
  }
  Output out;
  out.open({});
  out.write(diff_table(*changes, old_users->size()));
  return out.finish();
}

}  // namespace

void add_diff(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand(
      "diff", "Show which users gain or lose which policies from one catalogue to another");
  command->footer(
      "\nOne line for each policy whose users change, and a total. A policy is for a user where "
      "it\n"
      "is released and its segment, eligibility, applicability and suitability hold.\n"
      "\nExample:\n"
      "  muster diff old.json new.json --users users.csv --out changes.csv");
  auto input = std::make_shared<DiffInput>();
  command->add_option("OLD", input->before.file, "the catalogue that runs")
      ->required()
      ->type_name("");
  command->add_option("NEW", input->after.file, "the catalogue to come")->required()->type_name("");
  input->users.add_to(*command)->required();
  input->today.add_to(*command);
  command->add_option("--out", input->out, "CSV file for user, policy and change")
      ->type_name("FILE");
  command->callback([input, &exit] { exit = show_diff(*input); });
}

}  // namespace muster::cli
