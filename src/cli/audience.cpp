#include "muster/match/audience.hpp"

#include <fmt/format.h>

#include <memory>

#include "cli/inputs.hpp"
#include "cli/output.hpp"
#include "cli/progress_bar.hpp"
#include "cli/report.hpp"
#include "cli/rule_list.hpp"

namespace muster::cli {
namespace {

struct AudienceInput {
  CatalogueInput catalogue;
  UsersInput users;
  TodayInput today;
  std::vector<std::string> rules;
  std::string rules_file;
  bool ids = false;
  std::string out;
};

/// What there is to say of a rule that was just added, or was not.
std::vector<Diagnostic> findings_of(const RuleSetBuilder& builder, const Result<RuleId>& added,
                                    const ListedRule& rule) {
  if (added) return {builder.warnings().begin(), builder.warnings().end()};
  const Error& error = added.error();
  if (!error.diagnostics.empty()) return error.diagnostics;
  return {{Severity::error, error.code, {0, rule.text.size()}, error.message, {}}};
}

/// Adds every rule, so that all errors and warnings show at once; says whether all were right.
bool add_rules(RuleSetBuilder& builder, const RuleList& list) {
  std::vector<Diagnostic> findings;
  bool right = true;
  for (const ListedRule& rule : list.rules) {
    const auto added = builder.add(rule.text);
    right = right && added;
    std::vector<Diagnostic> found = findings_of(builder, added, rule);
    if (list.file.empty()) report(found, rule.text, fmt::format("--rule {}", rule.number));
    for (Diagnostic& finding : found) {  // placed in the file
      finding.range.begin += rule.begin;
      finding.range.end += rule.begin;
      findings.push_back(std::move(finding));
    }
  }
  if (list.file.empty()) return right;
  report(findings, list.source, list.file);
  return right;
}

std::optional<RuleSet> compile(const Catalogue& catalogue, const RuleList& list, unsigned threads) {
  RuleSetBuilder builder = catalogue.rule_builder();
  if (!add_rules(builder, list)) return std::nullopt;
  auto rules = std::move(builder).compile({.run = ProgressBar("compiling").run(threads)});
  if (rules) return std::move(*rules);
  report(rules.error().message);
  return std::nullopt;
}

Result<std::vector<std::string>> counts(const Audience& audience, const EncodedUsers& users,
                                        const RunOptions& run) {
  const auto counted = audience.counts(users, run);
  if (!counted) return counted.error();
  std::vector<std::string> lines;
  for (const std::uint64_t count : *counted) lines.push_back(std::to_string(count));
  return lines;
}

Result<std::vector<std::string>> keys(const Audience& audience, const EncodedUsers& encoded,
                                      const UserTable& users, std::size_t rules,
                                      const RunOptions& run) {
  const auto pairs = audience.pairs(encoded, run);
  if (!pairs) return pairs.error();
  std::vector<std::string> lines(rules);
  std::string buffer;
  for (UserIndex user = 0; user < users.size(); ++user) {
    for (std::uint64_t at = pairs->first[user]; at < pairs->first[user + 1]; ++at) {
      std::string& line = lines[pairs->rules[at]];
      if (!line.empty()) line += ',';
      append_csv_cell(line, users.key(user, buffer));
    }
  }
  return lines;
}

Exit write_lines(const RuleList& list, const std::vector<std::string>& lines,
                 const std::string& file) {
  Output out;
  if (!out.open(file)) return Exit::refused;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!out.write(fmt::format("{}\t{}\n", list.rules[i].number, lines[i]))) break;
  }
  return out.finish();
}

Exit audience(const AudienceInput& input) {
  if (input.rules.empty() && input.rules_file.empty()) {
    throw CLI::RequiredError("--rule or --rules");
  }
  const auto catalogue = input.catalogue.load();
  if (!catalogue) return Exit::refused;
  const auto list =
      input.rules_file.empty() ? RuleList::of(input.rules) : RuleList::read(input.rules_file);
  if (!list) return Exit::refused;
  const auto rules = compile(*catalogue, *list, input.users.threads);
  if (!rules) return Exit::refused;
  const auto users = input.users.load(catalogue->schema());
  if (!users) return Exit::refused;
  const auto encoded = rules->encoder().encode(*users, input.today.date(),
                                               ProgressBar("encoding").run(input.users.threads));
  if (!encoded) return refuse(encoded.error().message);
  ProgressBar bar("matching");
  const RunOptions run = bar.run(input.users.threads);
  const Audience all(*rules);
  const auto lines =
      input.ids ? keys(all, *encoded, *users, rules->size(), run) : counts(all, *encoded, run);
  if (!lines) return refuse(lines.error().message);
  return write_lines(*list, *lines, input.out);
}

void add_rule_options(CLI::App& command, AudienceInput& input) {
  auto* rule = command.add_option("--rule", input.rules, "a rule; may be given several times")
                   ->type_name("TEXT")
                   ->allow_extra_args(false);
  command
      .add_option("--rules", input.rules_file, "a file with one rule per line, instead of --rule")
      ->type_name("FILE")
      ->excludes(rule);
}

}  // namespace

void add_audience(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand("audience", "Count the users that rules are true for");
  command->footer(
      "\nOne line for each rule: its number, a tab, and how many users it is true for. Rules on "
      "the\n"
      "command line are numbered from 1; rules of a file by their line. In a file, blank lines "
      "and\n"
      "lines that begin with # or -- are skipped. Rules may use the catalogue's segments.\n"
      "With --ids the number and tab are followed by the users' keys, separated by commas, quoted\n"
      "as in CSV where they must be.\n"
      "\nExamples:\n"
      "  muster audience catalogue.json --users customers.csv \\\n"
      "      --rule \"tenure < 6 AND contract = 'Month-to-month'\" --rule \"SEGMENT(high_value)\"\n"
      "  muster audience catalogue.json --users customers.csv --rules ideas.txt --ids");
  auto input = std::make_shared<AudienceInput>();
  input->catalogue.add_to(*command);
  input->users.add_to(*command)->required();
  add_rule_options(*command, *input);
  command->add_flag("--ids", input->ids, "the users' keys instead of how many there are");
  command->add_option("--out", input->out, "file to write instead of standard output")
      ->type_name("FILE");
  input->today.add_to(*command);
  command->callback([input, &exit] { exit = audience(*input); });
}

}  // namespace muster::cli
