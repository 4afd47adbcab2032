#include "cli/help.hpp"

#include <fmt/format.h>

namespace muster::cli {

std::string HelpFormatter::make_option_opts(const CLI::Option* option) const {
  const std::string type = option->get_type_name();
  return type.empty() ? type : " " + type;
}

std::string HelpFormatter::make_option_desc(const CLI::Option* option) const {
  std::string text = option->get_description();
  if (option->get_required()) text += " (required)";
  if (!option->get_default_str().empty()) text += " (default: " + option->get_default_str() + ")";
  return text;
}

std::string HelpFormatter::make_usage(const CLI::App* app, std::string name) const {
  std::string text = fmt::format("\nUsage: {}", name);
  for (const CLI::Option* option : app->get_options()) {
    if (!option->get_positional()) continue;
    const std::string type = option->get_type_name();
    text += " " + (type.empty() ? option->get_name(true) : type);
  }
  if (!app->get_subcommands({}).empty()) text += " COMMAND";
  return text + " [OPTIONS]\n";
}

std::string wrong_use_message(const CLI::App* app, const CLI::Error& error) {
  const auto commands = app->get_subcommands();
  const std::string command = commands.empty() ? "" : " " + commands.front()->get_name();
  return fmt::format("muster: error: {}\n'muster{} --help' says what can be given\n", error.what(),
                     command);
}

}  // namespace muster::cli
