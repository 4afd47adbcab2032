#include "muster/core/time_zone.hpp"

#include <date/tz.h>
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "core/day_seconds.hpp"
#include "core/diagnostics.hpp"

namespace muster {
namespace {

// From `begin` on, clocks are `offset` seconds ahead of UTC.
struct Period {
  std::int64_t begin;
  std::int64_t offset;
};

std::vector<Period> periods_of(const date::time_zone& zone) {
  using date::year;
  const date::sys_seconds last = date::sys_days(year(2100) / 1 / 1);
  std::vector<Period> periods;
  for (date::sys_seconds at = date::sys_days(year(1900) / 1 / 1); at < last;) {
    const date::sys_info info = zone.get_info(at);
    periods.push_back({at.time_since_epoch().count(), info.offset.count()});
    at = info.end;
  }
  return periods;
}

}  // namespace

struct TimeZone::Body {
  std::string name;
  std::vector<Period> periods;  // at least one
};

TimeZone::TimeZone() : body_(std::make_shared<Body>(Body{"UTC", {{0, 0}}})) {}

Result<TimeZone> TimeZone::find(std::string_view name) try {
  if (name == "UTC") return TimeZone();
  return TimeZone(
      std::make_shared<Body>(Body{std::string(name), periods_of(*date::locate_zone(name))}));
} catch (const std::runtime_error&) {
  return Error{Errc::unknown_time_zone, fmt::format("unknown time zone {}", in_quotes(name)), {}};
}

std::string_view TimeZone::name() const noexcept { return body_->name; }

LocalTime TimeZone::local(Moment moment) const noexcept {
  constexpr std::int64_t first = first_date.days * day_seconds;
  constexpr std::int64_t last = (last_date.days + 1) * day_seconds - 1;
  const std::int64_t now = std::clamp(moment.seconds, first, last);
  const auto& periods = body_->periods;
  auto period = std::upper_bound(
      periods.begin() + 1, periods.end(), now,
      [](std::int64_t seconds, const Period& later) { return seconds < later.begin; });
  --period;
  const std::int64_t shown = now + period->offset;
  const std::int64_t second = (shown % day_seconds + day_seconds) % day_seconds;
  return {Date{static_cast<std::int32_t>((shown - second) / day_seconds)},
          static_cast<std::int32_t>(second)};
}

Moment TimeZone::at(LocalTime time) const noexcept {
  const auto& periods = body_->periods;
  const std::int64_t shown = time.day.days * day_seconds + time.second;
  // The first period during which, or before which, clocks reach that time: periods are longer
  // than clocks are ever moved, so that those which end before it come first.
  const auto period = std::partition_point(
      periods.begin(), periods.end() - 1,
      [&](const Period& one) { return shown - one.offset >= (&one + 1)->begin; });
  const std::int64_t reached = shown - period->offset;
  return {period == periods.begin() ? reached : std::max(reached, period->begin)};
}

}  // namespace muster
