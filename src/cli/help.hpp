#pragma once

#include "cli/commands.hpp"

namespace muster::cli {

/// Options as "--threads N", what they take unless given in words.
class HelpFormatter final : public CLI::Formatter {
 public:
  std::string make_option_opts(const CLI::Option* option) const override;
  std::string make_option_desc(const CLI::Option* option) const override;
  std::string make_usage(const CLI::App* app, std::string name) const override;
};

/// "muster: error: …" for a command line that cannot be read, and where to read more.
std::string wrong_use_message(const CLI::App* app, const CLI::Error& error);

}  // namespace muster::cli
