#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <vector>

#include "cli/inputs.hpp"
#include "cli/output.hpp"
#include "cli/progress_bar.hpp"
#include "cli/report.hpp"
#include "generate/policies.hpp"
#include "generate/population.hpp"
#include "muster/policy/catalogue.hpp"

namespace muster::cli {
namespace {

struct GenerateInput {
  std::uint64_t users = 0;
  std::uint64_t seed = 1;
  std::uint64_t policies = 60;
  std::string catalogue;  // to make subscribers for
  std::string out;
  TodayInput today;
};

Exit write_users(const generate::Population& population, std::span<const std::size_t> columns,
                 std::uint64_t users, const std::string& file) {
  Output out;
  if (!out.open(file)) return Exit::refused;
  ProgressBar bar("writing " + file);
  const Progress progress = bar.progress();
  std::vector<std::int64_t> cells(population.tags().size());
  std::string text;
  population.append_csv_header(text, columns);
  for (std::uint64_t user = 0; user < users; ++user) {
    population.append_csv_line(text, columns, user, cells);
    if (text.size() < 1 << 18) continue;
    if (!out.write(text)) break;
    text.clear();
    if (progress) progress(user, users);
  }
  out.write(text);
  return out.finish();
}

Exit write_policies(const generate::Population& population, const GenerateInput& input,
                    const std::string& file) {
  Output out;
  if (!out.open(file)) return Exit::refused;
  generate::write_catalogue(population.schema(), input.seed, input.policies,
                            [&](std::string_view text) { return out.write(text); });
  return out.finish();
}

Result<std::vector<std::size_t>> columns_of(const generate::Population& population,
                                            const std::string& catalogue) {
  if (catalogue.empty()) return population.columns();
  const auto read = Catalogue::read(catalogue);
  if (!read) return read.error();
  return population.columns_for(read->schema());
}

Exit write_all(const generate::Population& population, const GenerateInput& input) {
  const std::filesystem::path folder(input.out);
  const std::string users = (folder / "users.csv").string();
  const auto columns = columns_of(population, input.catalogue);
  if (!columns) return refuse(fmt::format("{}: {}", input.catalogue, columns.error().message));
  if (write_users(population, *columns, input.users, users) != Exit::done) return Exit::refused;
  std::string catalogue = input.catalogue;
  std::string told =
      fmt::format("{}: {}, {} tags\n", users, counted(input.users, "user"),
                  input.catalogue.empty() ? population.tags().size() : columns->size());
  if (catalogue.empty()) {
    catalogue = (folder / "catalogue.json").string();
    if (write_policies(population, input, catalogue) != Exit::done) return Exit::refused;
    told += fmt::format("{}: {} policies\n", catalogue, grouped(input.policies));
  }
  std::fputs(fmt::format("{}next: muster match {} --users {} --today {}\n", told, catalogue, users,
                         to_string(population.today()))
                 .c_str(),
             stderr);
  return Exit::done;
}

Exit generate_all(const GenerateInput& input) {
  const Date today = input.today.text.empty() ? generate::default_today : input.today.date();
  const auto population = generate::Population::make(input.seed, today);
  if (!population) return refuse(population.error().message);
  std::error_code failed;
  std::filesystem::create_directories(input.out, failed);
  if (failed) return refuse(fmt::format("cannot make '{}': {}", input.out, failed.message()));
  return write_all(*population, input);
}

}  // namespace

void add_generate(CLI::App& app, Exit& exit) {
  auto* command =
      app.add_subcommand("generate", "Make up a telecom population and policies for it");
  command->footer(
      "\nWrites DIR/users.csv and DIR/catalogue.json: subscribers with about 200 tags that hang\n"
      "together as in the trade (plan and spend, handset and 5G, tenure and contract, life-cycle\n"
      "stage), with missing values, and policies with narrow segments. The same numbers give the\n"
      "same files on every machine. Dates lie around --today: match with the same day.\n"
      "\nExample:\n"
      "  muster generate --users 100000 --seed 7 --out demo\n"
      "  muster match demo/catalogue.json --users demo/users.csv --today 2026-01-01 --stats\n"
      "  muster generate --users 2000 --for examples/retention/catalogue.json --out demo");
  auto input = std::make_shared<GenerateInput>();
  command->add_option("--users", input->users, "how many subscribers")
      ->required()
      ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{1} << 31).description(""))
      ->type_name("N");
  command->add_option("--seed", input->seed, "another seed, another population")
      ->type_name("S")
      ->default_str("1");
  auto* policies =
      command->add_option("--policies", input->policies, "how many policies, up to 1 000 000")
          ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{1'000'000}).description(""))
          ->type_name("M")
          ->default_str("60");
  command
      ->add_option("--for", input->catalogue,
                   "make subscribers for this catalogue: only the tags it declares, no policies")
      ->excludes(policies)
      ->type_name("CATALOGUE");
  command->add_option("--out", input->out, "folder to write to; made if need be")
      ->required()
      ->type_name("DIR");
  input->today.add_to(*command, "2026-01-01");
  command->callback([input, &exit] { exit = generate_all(*input); });
}

}  // namespace muster::cli
