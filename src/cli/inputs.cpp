#include "cli/inputs.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <memory>
#include <system_error>

#include "cli/progress_bar.hpp"
#include "cli/report.hpp"
#include "core/suggest.hpp"

namespace muster::cli {
namespace {

constexpr std::string_view table_magic = "MUSTERTB";

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

File open_file(const std::string& file) {
  return File(std::fopen(file.c_str(), "rb"), std::fclose);
}

/// A pipe or another device, which can be read only once.
bool is_stream(const std::string& file) {
  std::error_code ignored;
  const auto status = std::filesystem::status(file, ignored);
  return std::filesystem::is_other(status);
}

bool is_saved_table(const std::string& file) {
  const File stream = open_file(file);
  char start[table_magic.size()] = {};
  return stream && std::fread(start, 1, sizeof start, stream.get()) == sizeof start &&
         std::string_view(start, sizeof start) == table_magic;
}

Date system_date() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  localtime_r(&now, &parts);
  return *parse_date(
      fmt::format("{:04}-{:02}-{:02}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday));
}

std::string check_date(const std::string& text) {
  return parse_date(text) ? std::string() : "'" + text + "' is not a day as YYYY-MM-DD";
}

std::string check_on_bad_cell(const std::string& word) {
  const bool known = word == "stop" || word == "null";
  return known ? std::string() : "must be stop or null, not '" + word + "'";
}

/// Tags that columns could have been meant for: nothing is known of them for any user.
std::vector<std::string> unknown_tags(const UserTable& users) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < users.schema().size(); ++i) {
    const TagId id{static_cast<std::uint16_t>(i)};
    const Tag& tag = users.schema().tag(id);
    if (!tag.nullable || !tag.derived.empty()) continue;
    UserIndex user = 0;
    while (user < users.size() && is_null(users.row(user).cell(id))) ++user;
    if (user == users.size()) names.push_back(tag.name);
  }
  return names;
}

void report_ignored(const CsvUsers& users, std::string_view file) {
  if (users.report.ignored_columns.empty()) return;
  const std::vector<std::string> candidates = unknown_tags(users.table);
  for (const std::string& column : users.report.ignored_columns) {
    const bool derived = users.table.schema().find(column).has_value();
    const std::string meant = derived ? "" : suggest(column, candidates);
    warn(file, fmt::format("column '{}' is ignored: {}{}", column,
                           derived ? "its tag is derived from others" : "no tag has this name",
                           meant.empty() ? "" : "; did you mean '" + meant + "'?"));
  }
}

}  // namespace

std::optional<std::string> read_text(const std::string& file) {
  const File stream = open_file(file);
  std::string text;
  char block[1 << 16];
  std::size_t size = 0;
  while (stream && (size = std::fread(block, 1, sizeof block, stream.get())) > 0) {
    text.append(block, size);
  }
  if (stream && std::ferror(stream.get()) == 0) return text;
  report(fmt::format("cannot read '{}': {}", file, std::strerror(errno)));
  return std::nullopt;
}

void CatalogueInput::add_to(CLI::App& command) {
  command.add_option("catalogue", file, "JSON file of schema, segments and policies")
      ->required()
      ->type_name("CATALOGUE");
}

std::optional<Catalogue> CatalogueInput::load() const {
  const auto text = read_text(file);
  if (!text) return std::nullopt;
  auto catalogue = Catalogue::from_json(*text);
  if (catalogue) return std::move(*catalogue);
  report(catalogue.error(), *text, file);
  return std::nullopt;
}

CLI::Option* UsersInput::add_to(CLI::App& command) {
  auto* users =
      command.add_option("--users", file, "users: CSV, or a table saved by 'muster table'")
          ->type_name("FILE");
  command
      .add_option_function<std::string>(
          "--on-bad-cell",
          [this](const std::string& word) {
            on_bad_cell =
                word == "null" ? CsvOptions::OnBadCell::as_null : CsvOptions::OnBadCell::stop;
          },
          "a CSV cell that cannot be read: stop, or go on with NULL (without the row "
          "where NULL is not allowed)")
      ->check(CLI::Validator(check_on_bad_cell, ""))
      ->type_name("stop|null")
      ->default_str("stop");
  add_threads(command, threads);
  return users;
}

bool UsersInput::read_stream(std::optional<std::string>& text) const {
  if (!is_stream(file)) return true;
  text = read_text(file);
  return text.has_value();
}

std::optional<UserTable> UsersInput::load(const Schema& schema,
                                          const std::optional<std::string>& stream,
                                          std::uint64_t* left_out) const {
  if (!stream) {
    return is_saved_table(file) ? open_saved(schema) : read_rows(schema, nullptr, left_out);
  }
  if (!stream->starts_with(table_magic)) return read_rows(schema, &*stream, left_out);
  report(fmt::format("'{}' is a saved table, which is mapped, not read: name its file", file));
  return std::nullopt;
}

std::optional<UserTable> UsersInput::load(const Schema& schema, std::uint64_t* left_out) const {
  std::optional<std::string> stream;
  if (!read_stream(stream)) return std::nullopt;
  return load(schema, stream, left_out);
}

std::optional<UsersInput::Both> UsersInput::load_both(const Schema& one,
                                                      const Schema& other) const {
  std::optional<std::string> stream;
  if (!read_stream(stream)) return std::nullopt;
  std::uint64_t left_out_of_one = 0, left_out_of_other = 0;
  auto its = load(one, stream, &left_out_of_one);
  if (!its) return std::nullopt;
  if (one.fingerprint() == other.fingerprint()) {
    return Both{std::move(*its), std::nullopt, left_out_of_one};
  }
  auto others = load(other, stream, &left_out_of_other);
  if (!others) return std::nullopt;
  return Both{std::move(*its), std::move(others), left_out_of_one + left_out_of_other};
}

std::optional<UserTable> UsersInput::open_saved(const Schema& schema) const {
  auto table = UserTable::open(file);
  if (!table) {
    report(table.error().message);
    return std::nullopt;
  }
  if (table->schema().fingerprint() != schema.fingerprint()) {
    report(
        fmt::format("'{}' was saved with another schema than the catalogue's; make it again "
                    "with 'muster table'",
                    file));
    return std::nullopt;
  }
  return std::move(*table);
}

/// All bad cells are looked for either way, so that stopping can show them all.
std::optional<UserTable> UsersInput::read_rows(const Schema& schema, const std::string* text,
                                               std::uint64_t* left_out) const {
  ProgressBar bar("reading " + file);
  const CsvOptions options{.on_bad_cell = CsvOptions::OnBadCell::as_null, .run = bar.run(threads)};
  auto users = text ? read_csv(schema, *text, options) : read_csv_file(schema, file, options);
  if (!users) {
    report_users(users.error(), file);
    return std::nullopt;
  }
  report_ignored(*users, file);
  const bool stop = on_bad_cell == CsvOptions::OnBadCell::stop && users->report.bad_cells > 0;
  report_cells(users->report, file, stop ? Severity::error : Severity::warning);
  if (stop) return std::nullopt;
  if (left_out) *left_out = users->report.rows_left_out;
  return std::move(users->table);
}

void TodayInput::add_to(CLI::App& command, const std::string& fallback) {
  command.add_option("--today", text, "the day that days_since and days_until count from")
      ->check(CLI::Validator(check_date, ""))
      ->type_name("YYYY-MM-DD")
      ->default_str(fallback);
}

Date TodayInput::date() const { return text.empty() ? system_date() : *parse_date(text); }

void add_threads(CLI::App& command, unsigned& threads) {
  command.add_option("--threads", threads, "threads to work on; 0: as many as the machine has")
      ->check(CLI::Range(0, 1024).description(""))
      ->type_name("N")
      ->default_str("1");
}

}  // namespace muster::cli
