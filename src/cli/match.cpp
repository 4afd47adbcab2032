#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/inputs.hpp"
#include "cli/match_stats.hpp"
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

/// Users whose matches are in memory at a time.
constexpr std::size_t users_a_part = 256 * EncodedUsers::tile_users;

/// Some of the users. REQUIRES: `first` begins a tile.
EncodedUsers part_of(const EncodedUsers& users, std::size_t first) {
  EncodedUsers out(std::min(users_a_part, users.users() - first), users.bits());
  const std::size_t first_tile = first / EncodedUsers::tile_users;
  for (std::size_t tile = 0; tile < out.tiles(); ++tile) {
    std::copy_n(users.column(first_tile + tile, 0), users.bits() * EncodedUsers::tile_words,
                out.column(tile, 0));
  }
  out.set_fingerprint(users.fingerprint());
  return out;
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

/// The lines of users from `first` on; false where nobody wants more.
bool write_pairs(Output& out, const Catalogue& catalogue, const UserTable& users, UserIndex first,
                 const Audience::Pairs& pairs) {
  std::string lines;
  std::string buffer;
  const std::span<const RuleId> rules(pairs.rules);
  for (std::size_t i = 0; i + 1 < pairs.first.size(); ++i) {
    const std::uint64_t begin = pairs.first[i];
    set_lines(lines, users.key(first + i, buffer), rules.subspan(begin, pairs.first[i + 1] - begin),
              catalogue);
    if (!out.write(lines)) return false;
  }
  return true;
}

/// Matches and writes part by part: all matches may be many times larger than the users.
Exit write_matches(const MatchInput& input, const Catalogue& catalogue, const UserTable& users,
                   const EncodedUsers& encoded, const Audience& audience) {
  Output out;
  if (!out.open(input.out)) return Exit::refused;
  ProgressBar bar("matching");
  const Progress progress = out.on_terminal() ? Progress() : bar.progress();
  Audience::Pairs pairs;
  bool wanted = out.write("user,policy\n");
  for (UserIndex first = 0; wanted && first < users.size(); first += users_a_part) {
    const auto matched =
        audience.pairs(part_of(encoded, first), pairs, {.threads = input.users.threads});
    if (!matched) return refuse(matched.error().message);
    wanted = write_pairs(out, catalogue, users, first, pairs);
    if (progress) progress(std::min(first + users_a_part, users.size()), users.size());
  }
  return out.finish();
}

Exit match(const MatchInput& input) {
  MatchStats stats;
  const auto catalogue = input.catalogue.load();
  if (!catalogue) return Exit::refused;
  stats.end("reading the catalogue");
  const auto users = input.users.load(catalogue->schema());
  if (!users) return Exit::refused;
  stats.end("reading the users");
  const unsigned threads = input.users.threads;
  const auto rules = catalogue->compile({.run = ProgressBar("compiling").run(threads)});
  if (!rules) return refuse(rules.error().message);
  stats.end("compiling the rules");
  const Date today = input.today.date();
  const auto encoded = rules->encoder().encode(*users, today, ProgressBar("encoding").run(threads));
  if (!encoded) return refuse(encoded.error().message);
  stats.end("encoding the users");
  const Audience audience(*rules);
  const Exit exit = write_matches(input, *catalogue, *users, *encoded, audience);
  if (exit != Exit::done || !input.stats) return exit;
  stats.end("matching and writing");
  const auto shown = stats.show(*rules, audience, *users, *encoded, today, threads);
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
  command->add_flag(
      "--stats", input->stats,
      "say on standard error how much was matched, and how long each stage and one user took");
  command->callback([input, &exit] { exit = match(*input); });
}

}  // namespace muster::cli
