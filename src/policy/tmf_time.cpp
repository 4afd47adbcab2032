#include "policy/tmf_time.hpp"

#include <algorithm>

#include "core/day_seconds.hpp"
#include "muster/core/date.hpp"

namespace muster {
namespace {

constexpr std::size_t seconds_end = 19;  // of "2026-03-01T09:30:00"

}  // namespace

std::optional<std::string> to_date_time(Moment moment) {
  if (moment.seconds < first_date.days * day_seconds ||
      moment.seconds >= (last_date.days + 1) * day_seconds) {
    return std::nullopt;
  }
  return to_string(moment);
}

std::optional<Moment> parse_date_time(std::string_view text) {
  if (text.size() <= seconds_end || text[seconds_end] != '.') return parse_moment(text);
  const std::size_t end =
      std::min(text.find_first_not_of("0123456789", seconds_end + 1), text.size());
  const std::string_view fraction = text.substr(seconds_end + 1, end - seconds_end - 1);
  if (fraction.empty()) return std::nullopt;
  auto moment = parse_moment(std::string(text.substr(0, seconds_end)).append(text.substr(end)));
  if (moment && fraction.find_first_not_of('0') != std::string_view::npos) ++moment->seconds;
  return moment;
}

}  // namespace muster
