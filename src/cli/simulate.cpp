#include <fmt/format.h>
#include <stdlib.h>

#include <filesystem>
#include <memory>

#include "cli/inputs.hpp"
#include "cli/output.hpp"
#include "cli/report.hpp"
#include "simulate/report.hpp"

namespace muster::cli {
namespace {

struct SimulateInput {
  CatalogueInput catalogue;
  simulate::MarketSize size;
  std::string ledger;
  bool json = false;
};

/// A folder for a ledger that nobody asked to keep; gone afterwards.
class TemporaryFolder {
 public:
  TemporaryFolder() = default;
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }

  /// Empty where there is no place for one.
  const std::filesystem::path& make() {
    std::error_code failed;
    std::string name = (std::filesystem::temp_directory_path(failed) / "muster-XXXXXX").string();
    if (!failed && mkdtemp(name.data()) != nullptr) path_ = name;
    return path_;
  }

 private:
  std::filesystem::path path_;
};

Exit show(const SimulateInput& input, const Catalogue& catalogue,
          const std::filesystem::path& file) {
  // A simulation that the machine did not survive is simply run again.
  auto ledger = Ledger::open(file, {.durability = Durability::normal});
  if (!ledger) return refuse(ledger.error().message);
  const auto simulation = simulate::Simulation::run(catalogue, input.size, *ledger);
  if (!simulation) return refuse(simulation.error().message);
  Output out;
  out.open({});
  out.write(input.json ? to_json(**simulation) : to_text(**simulation));
  return out.finish();
}

Exit run_simulation(const SimulateInput& input) {
  const auto catalogue = input.catalogue.load();
  if (!catalogue) return Exit::refused;
  if (!input.ledger.empty()) {
    std::error_code failed;
    if (std::filesystem::exists(input.ledger, failed)) {
      return refuse(fmt::format("there is a '{}' already", input.ledger));
    }
    return show(input, *catalogue, input.ledger);
  }
  TemporaryFolder folder;
  const std::filesystem::path& place = folder.make();
  if (place.empty()) return refuse("there is no place for a temporary ledger; give --ledger");
  return show(input, *catalogue, place / "ledger");
}

template <class Number>
void add_size(CLI::App& command, const char* option, Number& value, const char* description,
              const char* letter, Number least, Number most) {
  command.add_option(option, value, description)
      ->check(CLI::Range(least, most).description(""))
      ->type_name(letter)
      ->default_str(fmt::format("{}", value));
}

}  // namespace

void add_simulate(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand(
      "simulate", "Try Muster's way of working against the old one, on made-up people");
  command->footer(
      "\nThe same made-up customers, responding by a model that neither way may look into\n"
      "(docs/simulation.md has it), live through some weeks twice: with each channel working for\n"
      "itself, and with Muster's decisions on one ledger. The same numbers give the same report "
      "on\n"
      "every machine. The catalogue's tags must be among those of 'muster generate'.\n"
      "\nExample:\n"
      "  muster simulate examples/retention/catalogue.json --users 2000 --weeks 4 --seed 1\n"
      "  muster simulate examples/retention/catalogue.json --ledger market.db --json");
  auto input = std::make_shared<SimulateInput>();
  input->catalogue.add_to(*command);
  add_size<std::uint64_t>(*command, "--users", input->size.people, "how many people", "N", 1,
                          simulate::max_people);
  add_size<int>(*command, "--weeks", input->size.weeks, "how long, from 2026-01-05", "W", 1,
                simulate::max_weeks);
  command->add_option("--seed", input->size.seed, "another seed, other people and another fate")
      ->type_name("S")
      ->default_str("1");
  add_size<std::uint64_t>(*command, "--base", input->size.customer_base,
                          "customers that the catalogue's daily capacities are for; they shrink "
                          "with the market",
                          "N", 1, simulate::max_customer_base);
  command
      ->add_option("--ledger", input->ledger, "keep what Muster's way recorded: a new SQLite file")
      ->type_name("FILE");
  command->add_flag("--json", input->json, "as JSON, counts in place of rates");
  command->callback([input, &exit] { exit = run_simulation(*input); });
}

}  // namespace muster::cli
