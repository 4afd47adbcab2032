#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "cli/inputs.hpp"
#include "cli/report.hpp"

namespace muster::cli {
namespace {

Exit check(const std::string& file) {
  const auto text = read_text(file);
  if (!text) return Exit::refused;
  const auto catalogue = Catalogue::from_json(*text);
  if (!catalogue) {
    report(catalogue.error(), *text, file);
    return Exit::refused;
  }
  report(catalogue->warnings(), *text, file);
  std::fputs(
      fmt::format("{}: {}, {}, {}: no errors\n", file, counted(catalogue->schema().size(), "tag"),
                  counted(catalogue->segments().size(), "segment"),
                  grouped(catalogue->policies().size()) +
                      (catalogue->policies().size() == 1 ? " policy" : " policies"))
          .c_str(),
      stderr);
  return Exit::done;
}

}  // namespace

void add_check(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand("check", "Check a catalogue and show everything wrong in it");
  command->footer(
      "\nEvery error and warning is shown as file:line:column with the place marked; the exit\n"
      "code is 1 if there are errors.\n"
      "\nExample:\n"
      "  muster check catalogue.json");
  auto input = std::make_shared<CatalogueInput>();
  input->add_to(*command);
  command->callback([input, &exit] { exit = check(input->file); });
}

}  // namespace muster::cli
