#include "muster/policy/contact_rule.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>

#include "core/day_seconds.hpp"

namespace muster {
namespace {

constexpr std::array<std::string_view, outcomes> outcome_names{
    "none", "accepted", "declined", "deferred", "unreachable", "expired"};
constexpr std::array<std::string_view, 4> rule_kind_names{"cap", "cool_down", "quiet_hours",
                                                          "do_not_contact"};
constexpr std::array<std::string_view, 3> scope_names{"user", "account", "household"};
constexpr std::array<std::string_view, 4> counts_names{"all", "channel", "policy", "group"};

constexpr Moment first_moment{std::numeric_limits<std::int64_t>::min()};

Moment seconds_before(Moment now, std::int64_t seconds) {
  if (now.seconds < first_moment.seconds + seconds) return first_moment;
  return {now.seconds - seconds};
}

Date months_before(Date day, std::int32_t months) {
  using namespace std::chrono;
  const year_month_day ymd{sys_days{std::chrono::days{day.days}}};
  const year_month month = ymd.year() / ymd.month() - std::chrono::months{months};
  return Date{static_cast<std::int32_t>(sys_days{month / 1}.time_since_epoch().count())};
}

/// The first day of a span of calendar units that ends today.
Date begin_day(ContactSpan span, Date today) {
  const auto before = static_cast<std::int32_t>(std::clamp(span.count, 1U, max_span_count)) - 1;
  switch (span.unit) {
    case ContactSpan::Unit::weeks:
      return Date{today.days - weekday(today) - 7 * before};
    case ContactSpan::Unit::months:
      return months_before(today, before);
    default:
      return Date{today.days - before};
  }
}

}  // namespace

std::string_view name(Outcome outcome) noexcept {
  return outcome_names[static_cast<std::size_t>(outcome)];
}

std::optional<Outcome> find_outcome(std::string_view name) noexcept {
  const auto found = std::find(outcome_names.begin(), outcome_names.end(), name);
  if (found == outcome_names.end()) return std::nullopt;
  return static_cast<Outcome>(found - outcome_names.begin());
}

std::string_view name(ContactRule::Kind kind) noexcept {
  return rule_kind_names[static_cast<std::size_t>(kind)];
}

std::string_view name(ContactRule::Scope scope) noexcept {
  return scope_names[static_cast<std::size_t>(scope)];
}

std::string_view name(ContactRule::Counts counts) noexcept {
  return counts_names[static_cast<std::size_t>(counts)];
}

Moment begin_of(ContactSpan span, Moment now, const TimeZone& zone) noexcept {
  if (span.unit == ContactSpan::Unit::ever) return first_moment;
  if (span.unit == ContactSpan::Unit::rolling_days) {
    return seconds_before(now, span.count * day_seconds - 1);
  }
  const Date today = zone.local(now).day;
  return std::min(now, zone.begin_of(begin_day(span, today)));
}

}  // namespace muster
