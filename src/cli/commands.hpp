#pragma once

#include <CLI/CLI.hpp>

namespace muster::cli {

/// What the process says when it ends.
enum class Exit : int { done = 0, refused = 1, wrong_use = 2 };

// Each adds one subcommand; when it is the one asked for, its end goes to `exit`.
void add_check(CLI::App& app, Exit& exit);
void add_match(CLI::App& app, Exit& exit);
void add_audience(CLI::App& app, Exit& exit);
void add_explain(CLI::App& app, Exit& exit);
void add_analyse(CLI::App& app, Exit& exit);
void add_decide(CLI::App& app, Exit& exit);
void add_gate(CLI::App& app, Exit& exit);
void add_replay(CLI::App& app, Exit& exit);
void add_funnel(CLI::App& app, Exit& exit);
void add_diff(CLI::App& app, Exit& exit);
void add_table(CLI::App& app, Exit& exit);
void add_generate(CLI::App& app, Exit& exit);
#ifdef MUSTER_CLI_ENGAGE
void add_timeline(CLI::App& app, Exit& exit);
void add_monitor(CLI::App& app, Exit& exit);
void add_simulate(CLI::App& app, Exit& exit);
#endif

}  // namespace muster::cli
