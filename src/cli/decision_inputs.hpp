#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cli/commands.hpp"
#include "cli/inputs.hpp"
#include "muster/decide/engine.hpp"

namespace muster::cli {

/// `--at MOMENT`, when a decision is made.
struct MomentInput {
  std::string text;

  void add_to(CLI::App& command);
  /// The system's clock unless told otherwise.
  Moment moment() const;
};

/// `--history FILE`, who was contacted when.
struct HistoryInput {
  std::string file;

  void add_to(CLI::App& command);
  /// An empty history where there is no file; null after saying what is wrong with it.
  std::shared_ptr<const ContactHistory> load() const;
};

/// `--language en|zh`
struct LanguageInput {
  Language language = Language::english;

  void add_to(CLI::App& command);
};

/// An engine that runs a catalogue; nothing after saying why not.
std::optional<Engine> make_engine(const Catalogue& catalogue,
                                  std::shared_ptr<const ContactHistory> history);

/// One of the users, by key; nothing after saying that there is none.
std::optional<UserIndex> find_user(const UserTable& users, const std::string& key,
                                   const std::string& file);

}  // namespace muster::cli
