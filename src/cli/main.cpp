#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include "cli/commands.hpp"
#include "cli/help.hpp"
#include "cli/report.hpp"
#include "core/suggest.hpp"
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

/// The first word if it is no command; CLI11 would only say that a command is missing.
std::string_view unknown_command(const CLI::App& app, int argc, char** argv) {
  if (argc < 2 || *argv[1] == '-') return {};
  const auto commands = app.get_subcommands({});
  const bool known = std::any_of(commands.begin(), commands.end(), [&](const CLI::App* command) {
    return command->check_name(argv[1]);
  });
  return known ? std::string_view() : argv[1];
}

void report_unknown(std::string_view word, const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  const std::string meant = suggest(word, names);
  report(
      fmt::format("there is no command '{}'; {}", word,
                  meant.empty() ? "'muster --help' lists them" : "did you mean '" + meant + "'?"));
}

int run(int argc, char** argv) {
  CLI::App app(about, "muster");
  app.footer(footer);
  app.set_version_flag("--version", "muster " + std::string(version()));
  app.require_subcommand(1);
  app.formatter(std::make_shared<HelpFormatter>());
  app.failure_message(wrong_use_message);
  Exit exit = Exit::done;
  for (const auto add : {add_check, add_match, add_audience, add_explain, add_analyse, add_decide,
                         add_gate, add_replay, add_funnel, add_diff, add_table, add_generate}) {
    add(app, exit);
  }
#ifdef MUSTER_CLI_ENGAGE
  add_timeline(app, exit);
  add_monitor(app, exit);
  add_simulate(app, exit);
#endif
  if (const auto word = unknown_command(app, argc, argv); !word.empty()) {
    report_unknown(word, app);
    return static_cast<int>(Exit::wrong_use);
  }
  if (argc < 2) {
    std::fputs(app.help().c_str(), stderr);
    return static_cast<int>(Exit::wrong_use);
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
