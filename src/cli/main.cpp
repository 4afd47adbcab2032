#include <csignal>
#include <cstdio>
#include <exception>
#include <new>
#include <string>

#include "cli/commands.hpp"
#include "cli/report.hpp"
#include "muster/core/version.hpp"

namespace muster::cli {
namespace {

constexpr const char* about =
    "Muster matches users to the policies that are meant for them.\n"
    "A catalogue is a JSON file of tags, named segments and policies; users come as CSV or as a\n"
    "table saved by 'muster table'.";

constexpr const char* footer =
    "\nStart with:\n"
    "  muster check catalogue.json\n"
    "  muster match catalogue.json --users customers.csv --out matches.csv\n"
    "  muster audience catalogue.json --users customers.csv --rule \"tenure < 6 AND senior\"\n"
    "  muster explain catalogue.json --users customers.csv --user 42 --policy P7\n"
    "No data yet? 'muster generate --users 10000 --seed 1 --out demo' makes some.\n"
    "\n'muster COMMAND --help' shows a command's options and examples.\n"
    "Data goes to standard output, everything else to standard error.\n"
    "Exit codes: 0 done, 1 input refused, 2 wrong use.";

int run(int argc, char** argv) {
  CLI::App app(about, "muster");
  app.footer(footer);
  app.set_version_flag("--version", "muster " + std::string(version()));
  app.require_subcommand(1);
  Exit exit = Exit::done;
  for (const auto add :
       {add_check, add_match, add_audience, add_explain, add_analyse, add_table, add_generate}) {
    add(app, exit);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : static_cast<int>(Exit::wrong_use);
  }
  return static_cast<int>(exit);
}

}  // namespace
}  // namespace muster::cli

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // writes say so themselves
  try {
    return muster::cli::run(argc, argv);
  } catch (const std::bad_alloc&) {
    std::fputs("muster: error: out of memory\n", stderr);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "muster: error: %s\n", error.what());
  }
  return static_cast<int>(muster::cli::Exit::refused);
}
