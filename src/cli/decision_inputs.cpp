#include "cli/decision_inputs.hpp"

#include <fmt/format.h>

#include <chrono>

#include "cli/report.hpp"
#include "muster/decide/history_csv.hpp"

namespace muster::cli {

void MomentInput::add_to(CLI::App& command) {
  command.add_option("--at", text, "when: RFC 3339, as 2026-03-01T09:30:00+08:00")
      ->check([](const std::string& written) {
        return parse_moment(written)
                   ? std::string()
                   : fmt::format("'{}' is not a moment such as 2026-03-01T09:30:00+08:00", written);
      })
      ->type_name("MOMENT")
      ->default_str("now");
}

Moment MomentInput::moment() const {
  if (const auto given = parse_moment(text)) return *given;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::seconds>(now).count()};
}

void HistoryInput::add_to(CLI::App& command) {
  command
      .add_option(
          "--history", file,
          "past contacts: CSV of user, at, policy, channel, outcome, cost, account, household")
      ->type_name("FILE");
}

std::shared_ptr<const ContactHistory> HistoryInput::load() const {
  auto history = std::make_shared<MemoryHistory>();
  if (file.empty()) return history;
  if (auto read = read_history_csv_file(file, *history); !read) {
    report(fmt::format("{}: {}", file, read.error().message));
    return nullptr;
  }
  return history;
}

void LanguageInput::add_to(CLI::App& command) {
  command.add_option("--language", language, "of reasons: en or zh")
      ->transform(CLI::Transformer(std::map<std::string, Language>{{"en", Language::english},
                                                                   {"zh", Language::chinese}})
                      .description(""))  // the type's name says it
      ->type_name("en|zh")
      ->default_str("en");
}

std::optional<Engine> make_engine(const Catalogue& catalogue,
                                  std::shared_ptr<const ContactHistory> history) {
  EngineOptions options;
  options.history = std::move(history);
  Engine engine(std::move(options));
  if (auto deployed = engine.deploy(catalogue); !deployed) {
    report(deployed.error().message);
    return std::nullopt;
  }
  return engine;
}

std::optional<UserIndex> find_user(const UserTable& users, const std::string& key,
                                   const std::string& file) {
  const auto user = users.find(key);
  if (!user) report(fmt::format("'{}' has no user '{}'", file, key));
  return user;
}

}  // namespace muster::cli
