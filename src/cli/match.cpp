#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <memory>

#include "cli/inputs.hpp"
#include "cli/output.hpp"
#include "cli/progress_bar.hpp"
#include "cli/report.hpp"
#include "muster/match/audience.hpp"

namespace muster::cli {
namespace {

struct MatchInput {
  CatalogueInput catalogue;
  UsersInput users;
  TodayInput today;
  std::string out;
  bool stats = false;
};

/// Counting, over and over for a moment, so that small inputs can be timed too.
Result<double> seconds_to_count(const Audience& audience, const EncodedUsers& users,
                                unsigned threads) {
  double best = 1e9;
  for (double begin = seconds_now(), last = begin; last - begin < 0.2;) {
    if (auto counts = audience.counts(users, {.threads = threads}); !counts) return counts.error();
    const double now = seconds_now();
    best = std::min(best, now - last);
    last = now;
  }
  return best;
}

/// One user's lines.
void set_lines(std::string& lines, std::string_view key, std::span<const RuleId> rules,
               const Catalogue& catalogue) {
  lines.clear();
  for (const RuleId rule : rules) {
    append_csv_cell(lines, key);
    lines += ',';
    append_csv_cell(lines, catalogue.policies()[rule].id);
    lines += '\n';
  }
}

Exit write_pairs(const Catalogue& catalogue, const UserTable& users, const Audience::Pairs& pairs,
                 const std::string& file) {
  Output out;
  if (!out.open(file)) return Exit::refused;
  bool wanted = out.write("user,policy\n");
  std::string lines;
  std::string buffer;
  const std::span<const RuleId> rules(pairs.rules);
  for (UserIndex user = 0; wanted && user < users.size(); ++user) {
    const std::uint64_t first = pairs.first[user];
    set_lines(lines, users.key(user, buffer), rules.subspan(first, pairs.first[user + 1] - first),
              catalogue);
    wanted = out.write(lines);
  }
  return out.finish();
}

/// What was done and how fast, on standard error.
Result<void> show_stats(const RuleSet& rules, const Audience& audience, const EncodedUsers& users,
                        std::uint64_t pairs, unsigned threads) {
  const auto seconds = seconds_to_count(audience, users, threads);
  if (!seconds) return seconds.error();
  const double work = static_cast<double>(users.users()) * static_cast<double>(rules.size());
  std::fputs(fmt::format("{} users x {} policies, {} matches; counted in {:.3g} ms: {:.2g} users x "
                         "rules a second ({} kernel, {})\n",
                         grouped(users.users()), grouped(rules.size()), grouped(pairs),
                         *seconds * 1e3, work / *seconds, rules.kernel(),
                         threads == 0 ? "all threads" : counted(threads, "thread"))
                 .c_str(),
             stderr);
  return {};
}

Exit match(const MatchInput& input) {
  const auto catalogue = input.catalogue.load();
  if (!catalogue) return Exit::refused;
  const auto users = input.users.load(catalogue->schema());
  if (!users) return Exit::refused;
  const unsigned threads = input.users.threads;
  const auto rules = catalogue->compile({.run = ProgressBar("compiling").run(threads)});
  if (!rules) return refuse(rules.error().message);
  const auto encoded =
      rules->encoder().encode(*users, input.today.date(), ProgressBar("encoding").run(threads));
  if (!encoded) return refuse(encoded.error().message);
  const Audience audience(*rules);
  const auto pairs = audience.pairs(*encoded, ProgressBar("matching").run(threads));
  if (!pairs) return refuse(pairs.error().message);
  const Exit exit = write_pairs(*catalogue, *users, *pairs, input.out);
  if (exit != Exit::done || !input.stats) return exit;
  const auto shown = show_stats(*rules, audience, *encoded, pairs->rules.size(), threads);
  return shown ? Exit::done : refuse(shown.error().message);
}

}  // namespace

void add_match(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand("match", "List the policies that fit each user");
  command->footer(
      "\nThe output is CSV with the header 'user,policy': one line for each policy that fits a\n"
      "user, users in the order of the file, policies in the order of the catalogue.\n"
      "\nExamples:\n"
      "  muster match catalogue.json --users customers.csv | head\n"
      "  muster match catalogue.json --users customers.mut --out matches.csv --threads 0 --stats");
  auto input = std::make_shared<MatchInput>();
  input->catalogue.add_to(*command);
  input->users.add_to(*command)->required();
  command->add_option("--out", input->out, "file to write instead of standard output")
      ->type_name("FILE");
  input->today.add_to(*command);
  command->add_flag("--stats", input->stats,
                    "say on standard error how much was matched, and how fast");
  command->callback([input, &exit] { exit = match(*input); });
}

}  // namespace muster::cli
