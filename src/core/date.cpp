#include "muster/core/date.hpp"

#include <fmt/core.h>

#include <chrono>

namespace muster {
namespace {

// Digits [begin, end) as a number, or -1.
int digits(std::string_view text, std::size_t begin, std::size_t end) {
  int value = 0;
  for (std::size_t i = begin; i < end; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) noexcept {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const int year = digits(text, 0, 4), month = digits(text, 5, 7), day = digits(text, 8, 10);
  if (year < 1 || month < 1 || day < 1) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return Date{static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count())};
}

std::string to_string(Date date) {
  if (date < first_date || date > last_date) {
    return fmt::format("day {} from 1970-01-01", date.days);
  }
  const std::chrono::year_month_day day{std::chrono::sys_days(std::chrono::days(date.days))};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

}  // namespace muster
