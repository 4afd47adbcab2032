#pragma once

#include <memory>
#include <string_view>

#include "muster/core/date.hpp"
#include "muster/core/error.hpp"
#include "muster/core/moment.hpp"

namespace muster {

/// What a clock on the wall shows.
struct LocalTime {
  Date day;
  std::int32_t second = 0;  ///< since the clock showed 00:00, from 0 to 86 399
};

/// Monday is 0, Sunday 6.
constexpr int weekday(Date day) noexcept { return ((day.days + 3) % 7 + 7) % 7; }

/// The clocks of one place, daylight saving included: what the IANA database says of the years
/// 1900 to 2100, read once when the zone is made; the years before and after go on as these begin
/// and end. Immutable, thread-safe, cheap to copy; reading it never fails.
class MUSTER_EXPORT TimeZone {
 public:
  /// UTC.
  TimeZone();
  /// "Asia/Shanghai", "Europe/Berlin", "UTC", …. Fails with unknown_time_zone where the system's
  /// database knows no such zone, or is missing.
  static Result<TimeZone> find(std::string_view name);

  std::string_view name() const noexcept;

  /// Of moments outside years 1 to 9999 by UTC, that of their first or last. O(log changes of the
  /// clocks).
  LocalTime local(Moment moment) const noexcept;

  /// When a clock first shows this time or a later one: a time that is skipped in spring is taken
  /// as the moment of the change, one that comes twice in autumn as the first.
  Moment at(LocalTime time) const noexcept;
  Moment begin_of(Date day) const noexcept { return at({day, 0}); }

 private:
  struct Body;
  explicit TimeZone(std::shared_ptr<const Body> body) : body_(std::move(body)) {}
  std::shared_ptr<const Body> body_;
};

}  // namespace muster
