#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/finding_text.hpp"
#include "cli/inputs.hpp"
#include "cli/output.hpp"
#include "cli/progress_bar.hpp"
#include "cli/report.hpp"
#include "muster/match/audience.hpp"

namespace muster::cli {
namespace {

constexpr std::size_t max_overlap_policies = 5'000;  // the matrix is the square of it

struct AnalyseInput {
  CatalogueInput catalogue;
  UsersInput users;
  TodayInput today;
  std::size_t top = 10;
};

Result<void> write_findings(const Catalogue& catalogue, Output& out) {
  const auto findings = analyse(catalogue, {}, ProgressBar("analysing").run(1));
  if (!findings) return findings.error();
  const auto lines = sentences(*findings, catalogue);
  out.write(fmt::format("{} among {} policies\n", counted(lines.size(), "finding"),
                        grouped(catalogue.policies().size())));
  for (const std::string& line : lines) out.write(fmt::format("  {}\n", line));
  return {};
}

double percent(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

std::size_t widest_id(std::span<const Policy> policies) {
  std::size_t width = 0;
  for (const Policy& policy : policies) width = std::max(width, policy.id.size());
  return width;
}

void write_sizes(const Catalogue& catalogue, std::span<const std::uint64_t> counts,
                 std::uint64_t users, Output& out) {
  const std::size_t width = widest_id(catalogue.policies());
  out.write(fmt::format("\naudiences among {}\n", counted(users, "user")));
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const Policy& policy = catalogue.policies()[i];
    out.write(fmt::format("  {:<{}} {:>11} {:5.1f} %  {}\n", policy.id, width, grouped(counts[i]),
                          percent(counts[i], users), policy.name));
  }
}

struct Overlap {
  std::size_t a;
  std::size_t b;
  std::uint64_t users;
};

std::vector<Overlap> largest(std::span<const std::uint64_t> matrix, std::size_t rules,
                             std::size_t top) {
  std::vector<Overlap> all;
  for (std::size_t a = 0; a < rules; ++a) {
    for (std::size_t b = a + 1; b < rules; ++b) {
      if (matrix[a * rules + b] > 0) all.push_back({a, b, matrix[a * rules + b]});
    }
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Overlap& x, const Overlap& y) { return x.users > y.users; });
  all.resize(std::min(all.size(), top));
  return all;
}

Result<void> write_overlaps(const Catalogue& catalogue, const Audience& audience,
                            const EncodedUsers& users, std::span<const std::uint64_t> counts,
                            const AnalyseInput& input, Output& out) {
  const auto matrix = audience.overlaps(users, ProgressBar("comparing").run(input.users.threads));
  if (!matrix) return matrix.error();
  const std::size_t width = widest_id(catalogue.policies());
  out.write("\nlargest overlaps\n");
  for (const Overlap& pair : largest(*matrix, counts.size(), input.top)) {
    const std::string& a = catalogue.policies()[pair.a].id;
    const std::string& b = catalogue.policies()[pair.b].id;
    out.write(fmt::format("  {:<{}} and {:<{}} {:>11}  {:5.1f} % of {}, {:5.1f} % of {}\n", a,
                          width, b, width, grouped(pair.users), percent(pair.users, counts[pair.a]),
                          a, percent(pair.users, counts[pair.b]), b));
  }
  return {};
}

Result<void> write_audiences(const Catalogue& catalogue, const UserTable& users,
                             const AnalyseInput& input, Output& out) {
  const unsigned threads = input.users.threads;
  const auto rules = catalogue.compile({.run = ProgressBar("compiling").run(threads)});
  if (!rules) return rules.error();
  const auto encoded =
      rules->encoder().encode(users, input.today.date(), ProgressBar("encoding").run(threads));
  if (!encoded) return encoded.error();
  const Audience audience(*rules);
  const auto counts = audience.counts(*encoded, ProgressBar("matching").run(threads));
  if (!counts) return counts.error();
  write_sizes(catalogue, *counts, users.size(), out);
  if (rules->size() <= max_overlap_policies) {
    return write_overlaps(catalogue, audience, *encoded, *counts, input, out);
  }
  out.write(
      fmt::format("\noverlaps are shown for up to {} policies\n", grouped(max_overlap_policies)));
  return {};
}

Exit analyse_all(const AnalyseInput& input) {
  const auto catalogue = input.catalogue.load();
  if (!catalogue) return Exit::refused;
  std::optional<UserTable> users;
  if (!input.users.file.empty()) {
    users = input.users.load(catalogue->schema());
    if (!users) return Exit::refused;
  }
  Output out;
  out.open({});
  auto written = write_findings(*catalogue, out);
  if (written && users) written = write_audiences(*catalogue, *users, input, out);
  const Exit exit = out.finish();
  return written ? exit : refuse(written.error().message);
}

}  // namespace

void add_analyse(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand(
      "analyse",
      "Find what is odd about a catalogue: policies that fit nobody, can never win, and more");
  command->alias("analyze");
  command->footer(
      "\nThe findings follow from the catalogue alone, whoever the users are: that a tag has one "
      "value,\n"
      "that numbers are ordered, what is not nullable, what always comes first. With --users also\n"
      "each policy's audience and the largest overlaps.\n"
      "\nExamples:\n"
      "  muster analyse catalogue.json\n"
      "  muster analyse catalogue.json --users customers.csv --top 20");
  auto input = std::make_shared<AnalyseInput>();
  input->catalogue.add_to(*command);
  input->users.add_to(*command);
  input->today.add_to(*command);
  command->add_option("--top", input->top, "how many overlaps to show")
      ->check(CLI::Range(0, 1'000'000).description(""))
      ->type_name("N")
      ->default_str("10");
  command->callback([input, &exit] { exit = analyse_all(*input); });
}

}  // namespace muster::cli
