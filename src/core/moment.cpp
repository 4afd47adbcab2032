#include "muster/core/moment.hpp"

#include <fmt/core.h>

#include "core/day_seconds.hpp"
#include "muster/core/date.hpp"

namespace muster {
namespace {

// Two digits at `at`, or -1.
int two_digits(std::string_view text, std::size_t at) {
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (!digit(at) || !digit(at + 1)) return -1;
  return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

// "hh:mm" at `at` as minutes.
std::optional<int> minutes_at(std::string_view text, std::size_t at, int last_hour) {
  const int hours = two_digits(text, at), minutes = two_digits(text, at + 3);
  if (text[at + 2] != ':' || hours < 0 || hours > last_hour || minutes < 0 || minutes > 59) {
    return std::nullopt;
  }
  return hours * 60 + minutes;
}

// "Z" or "+hh:mm" as seconds east of UTC.
std::optional<int> offset_of(std::string_view zone) {
  if (zone == "Z" || zone == "z") return 0;
  if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-')) return std::nullopt;
  const auto minutes = minutes_at(zone, 1, 23);
  if (!minutes) return std::nullopt;
  return (zone[0] == '-' ? -60 : 60) * *minutes;
}

}  // namespace

std::optional<Moment> parse_moment(std::string_view text) noexcept {
  if (text.size() < 20 || (text[10] != 'T' && text[10] != 't') || text[16] != ':') {
    return std::nullopt;
  }
  const auto day = parse_date(text.substr(0, 10));
  const auto minutes = minutes_at(text, 11, 23);
  const int seconds = two_digits(text, 17);
  const auto offset = offset_of(text.substr(19));
  if (!day || !minutes || seconds < 0 || seconds > 59 || !offset) return std::nullopt;
  return Moment{day->days * day_seconds + *minutes * 60 + seconds - *offset};
}

std::string to_string(Moment moment) {
  const std::int64_t second = ((moment.seconds % day_seconds) + day_seconds) % day_seconds;
  const std::int64_t day = moment.seconds / day_seconds - (moment.seconds % day_seconds < 0);
  if (day < first_date.days || day > last_date.days) {
    return fmt::format("second {} from 1970", moment.seconds);
  }
  return fmt::format("{}T{:02}:{:02}:{:02}Z", to_string(Date{static_cast<std::int32_t>(day)}),
                     second / 3600, second / 60 % 60, second % 60);
}

}  // namespace muster
