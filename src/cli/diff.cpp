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

/// The users whom both tables hold, in the order of the first.
Result<UserTable> only_common(const UserTable& users, const UserTable& others) {
  UserTable out(users.schema());
  std::string buffer;
  for (UserIndex user = 0; user < users.size(); ++user) {
    const std::string_view key = users.key(user, buffer);
    if (!others.find(key)) continue;
    if (auto added = out.append(key, users.row(user)); !added) return added.error();
  }
  return out;
}

/// Bad cells may have cost either catalogue rows that the other has: they leave both.
Result<void> leave_out_of_both(UserTable& before, UserTable& after, const std::string& file) {
  if (before.schema().key().empty() || after.schema().key().empty()) {
    return Error{Errc::invalid_argument,
                 "rows were left out, and without a key column nothing says which of the others "
                 "belong together",
                 {}};
  }
  auto old_users = only_common(before, after);
  if (!old_users) return old_users.error();
  auto new_users = only_common(after, before);
  if (!new_users) return new_users.error();
  const std::size_t gone = before.size() + after.size() - old_users->size() - new_users->size();
  if (gone > 0) {
    warn(file,
         fmt::format("{} left out of the comparison: only one of the catalogues can read them",
                     counted(gone, "user")));
  }
  before = std::move(*old_users);
  after = std::move(*new_users);
  return {};
}

Exit show_diff(const DiffInput& input) {
  const auto before = input.before.load();
  const auto after = input.after.load();
  if (!before || !after) return Exit::refused;
  auto users = input.users.load_both(before->schema(), after->schema());
  if (!users) return Exit::refused;
  if (users->other && users->left_out > 0) {
    const auto same = leave_out_of_both(users->one, *users->other, input.users.file);
    if (!same) return refuse(same.error().message);
  }
  const UserTable& old_users = users->one;
  const UserTable& new_users = users->other ? *users->other : users->one;
  const auto changes = diff(*before, old_users, *after, new_users, input.today.date(),
                            ProgressBar("matching").run(input.users.threads));
  if (!changes) return refuse(changes.error().message);
  if (!input.out.empty()) {
    const Exit written = write_changes(*changes, old_users, input.out);
    if (written != Exit::done) return written;
  }
  Output out;
  out.open({});
  out.write(diff_table(*changes, old_users.size()));
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
