#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "cli/inputs.hpp"
#include "cli/report.hpp"

namespace muster::cli {
namespace {

struct TableInput {
  CatalogueInput catalogue;
  UsersInput users;
  std::string out;
};

Exit save_table(const TableInput& input) {
  const auto catalogue = input.catalogue.load();
  if (!catalogue) return Exit::refused;
  const auto users = input.users.load(catalogue->schema());
  if (!users) return Exit::refused;
  if (auto saved = users->save(input.out); !saved) return refuse(saved.error().message);
  std::fputs(fmt::format("{}: {}, {}\n", input.out, counted(users->size(), "user"),
                         counted(catalogue->schema().size(), "tag"))
                 .c_str(),
             stderr);
  return Exit::done;
}

}  // namespace

void add_table(CLI::App& app, Exit& exit) {
  auto* command =
      app.add_subcommand("table", "Turn a CSV of users into a table that loads at once");
  command->footer(
      "\nThe saved table is checked and mapped instead of read, and is accepted wherever --users\n"
      "takes CSV. It belongs to the catalogue's schema: when tags change, make it again.\n"
      "\nExample:\n"
      "  muster table --users customers.csv catalogue.json --out customers.mut");
  auto input = std::make_shared<TableInput>();
  input->catalogue.add_to(*command);
  input->users.add_to(*command)->required();
  command->add_option("--out", input->out, "file to write")->required()->type_name("FILE");
  command->callback([input, &exit] { exit = save_table(*input); });
}

}  // namespace muster::cli
