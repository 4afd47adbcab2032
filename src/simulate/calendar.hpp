#pragma once

#include "muster/core/time_zone.hpp"

namespace muster::simulate {

/// Days of whole weeks, counted from 0, a Monday.
class Calendar {
 public:
  static constexpr int days_of_week = 7;

  /// The first Monday after `today`.
  Calendar(TimeZone zone, Date today, int weeks)
      : zone_(zone), first_{today.days + days_of_week - weekday(today)}, weeks_(weeks) {}

  int weeks() const { return weeks_; }
  int days() const { return weeks_ * days_of_week; }
  static constexpr int week(int day) { return day / days_of_week; }
  static constexpr bool is_monday(int day) { return day % days_of_week == 0; }
  Date date(int day) const { return {first_.days + day}; }

  /// Channels that start talks do so at half past ten, visitors come at three in the afternoon,
  /// people who want something of themselves at five.
  Moment morning(int day) const { return zone_.at({date(day), 10 * 3600 + 1800}); }
  Moment afternoon(int day) const { return zone_.at({date(day), 15 * 3600}); }
  Moment evening(int day) const { return zone_.at({date(day), 17 * 3600}); }
  Moment midnight_after(int day) const { return zone_.begin_of(date(day + 1)); }
  LocalTime local(Moment moment) const { return zone_.local(moment); }

 private:
  TimeZone zone_;
  Date first_;
  int weeks_;
};

}  // namespace muster::simulate
