#include "muster/decide/history_csv.hpp"

#include <fmt/format.h>

#include <array>
#include <string>
#include <unordered_map>

#include "core/diagnostics.hpp"
#include "core/mapped_file.hpp"
#include "core/suggest.hpp"
#include "muster/policy/channel.hpp"
#include "tags/csv_cell.hpp"
#include "tags/csv_records.hpp"

namespace muster {
namespace {

enum Column : std::size_t { user, at, policy, channel, outcome, cost, account, household, columns };
constexpr std::array<std::string_view, columns> column_names{
    "user", "at", "policy", "channel", "outcome", "cost", "account", "household"};
constexpr std::size_t columns_needed = outcome;

class HistoryReader {
 public:
  HistoryReader(std::string_view text, MemoryHistory& history)
      : records_(text), history_(history) {}

  Result<void> read() {
    if (auto ok = read_header(); !ok) return ok;
    while (true) {
      const auto more = records_.next(cells_);
      if (!more) return more.error();
      if (!*more) return {};
      if (auto ok = read_contact(); !ok) return ok;
    }
  }

 private:
  static constexpr std::size_t none = ~std::size_t{0};

  Result<void> read_header() {
    const auto some = records_.next(cells_);
    if (!some) return some.error();
    place_.fill(none);
    width_ = *some ? cells_.size() : 0;
    for (std::size_t i = 0; i < width_; ++i) {
      if (auto ok = place_column(i); !ok) return ok;
    }
    for (std::size_t c = 0; c < columns_needed; ++c) {
      if (place_[c] != none) continue;
      return Error{Errc::missing_column, fmt::format("no column '{}'", column_names[c]), {}};
    }
    return {};
  }

  Result<void> place_column(std::size_t at) {
    for (std::size_t c = 0; c < columns; ++c) {
      if (column_names[c] != cells_[at]) continue;
      if (place_[c] != none) {
        return fail(Errc::duplicate_name, at, "a second column " + in_quotes(cells_[at]));
      }
      place_[c] = at;
      return {};
    }
    std::string message = "a history has no column " + in_quotes(cells_[at]);
    const std::string meant = suggest(cells_[at], column_names);
    if (!meant.empty()) message += fmt::format("; did you mean '{}'?", meant);
    return fail(Errc::unknown_column, at, message);
  }

  Result<void> read_contact() {
    if (cells_.size() != width_) {
      return fail(Errc::csv_syntax, 0,
                  fmt::format("{} cells, where the first line has {}", cells_.size(), width_));
    }
    Contact contact;
    const auto moment = parse_moment(cell(at));
    if (!moment) {
      return bad(at, "is not a moment such as 2026-03-01T09:30:00+08:00");
    }
    contact.at = *moment;
    contact.policy = cell(policy);
    contact.channel = cell(channel);
    if (!cell(outcome).empty()) {
      const auto found = find_outcome(cell(outcome));
      if (!found) return bad(outcome, "is not an outcome");
      contact.outcome = *found;
    }
    return add(std::move(contact));
  }

  Result<void> add(Contact contact) {
    Number drawn(0.0);
    if (!cell(cost).empty() && read_number(cell(cost), drawn) != CellStatus::good) {
      return bad(cost, "is not a number");
    }
    if (!(drawn.to_double() >= 0 && drawn.to_double() <= max_money)) {
      return bad(cost, fmt::format("is not a cost from 0 to {}", max_money));
    }
    for (const Column id : {user, policy, channel}) {
      if (!cell(id).empty()) continue;
      return fail(Errc::bad_cell, place_[id], fmt::format("the {} is empty", column_names[id]));
    }
    if (!cell(account).empty() || !cell(household).empty()) place_user();
    return history_.add(cell(user), contact, drawn.to_double());
  }

  /// A cell that is empty says nothing, not that the user has left.
  void place_user() {
    Groups& groups = groups_of_[std::string(cell(user))];
    if (!cell(account).empty()) groups.account = cell(account);
    if (!cell(household).empty()) groups.household = cell(household);
    history_.place(cell(user), groups.account, groups.household);
  }

  std::string_view cell(Column column) const {
    return place_[column] == none ? std::string_view() : cells_[place_[column]];
  }

  Result<void> bad(Column column, std::string_view what) const {
    return fail(Errc::bad_cell, place_[column],
                fmt::format("{} {}", in_quotes(cell(column)), what));
  }

  Result<void> fail(Errc code, std::size_t column, std::string_view message) const {
    return Error{code, records_.at(column, message), {}};
  }

  CsvRecords records_;
  MemoryHistory& history_;
  std::array<std::size_t, columns> place_{};
  std::size_t width_ = 0;
  std::vector<std::string> cells_;
  struct Groups {
    std::string account, household;
  };
  std::unordered_map<std::string, Groups> groups_of_;  // of users, as far as was read
};

}  // namespace

Result<void> read_history_csv(std::string_view text, MemoryHistory& history) {
  return HistoryReader(text, history).read();
}

Result<void> read_history_csv_file(const std::filesystem::path& file, MemoryHistory& history) {
  const auto mapped = MappedFile::open(file);
  if (!mapped) return mapped.error();
  return read_history_csv(mapped->text(), history);
}

}  // namespace muster
