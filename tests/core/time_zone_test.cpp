#include "muster/core/time_zone.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

Moment moment(std::string_view text) { return parse_moment(text).value(); }

TimeZone zone(std::string_view name) { return TimeZone::find(name).value(); }

std::string shown(const TimeZone& zone, std::string_view at) {
  const LocalTime time = zone.local(moment(at));
  return to_string(time.day) + " " + std::to_string(time.second / 3600) + ":" +
         std::to_string(time.second / 60 % 60);
}

TEST(TimeZoneTest, ShowsWhatClocksShow) {
  EXPECT_EQ(shown(TimeZone(), "2026-03-01T23:59:59Z"), "2026-03-01 23:59");
  EXPECT_EQ(shown(zone("Asia/Shanghai"), "2026-03-01T16:00:00Z"), "2026-03-02 0:0");
  EXPECT_EQ(shown(zone("Asia/Shanghai"), "2026-07-01T15:59:00Z"), "2026-07-01 23:59");
  EXPECT_EQ(shown(zone("Asia/Kathmandu"), "2026-03-01T00:00:00Z"), "2026-03-01 5:45");
  EXPECT_EQ(shown(zone("America/New_York"), "2026-01-01T02:00:00Z"), "2025-12-31 21:0");
}

TEST(TimeZoneTest, FollowsDaylightSaving) {
  const TimeZone berlin = zone("Europe/Berlin");
  EXPECT_EQ(shown(berlin, "2026-03-29T00:59:59Z"), "2026-03-29 1:59");
  EXPECT_EQ(shown(berlin, "2026-03-29T01:00:00Z"), "2026-03-29 3:0");
  EXPECT_EQ(shown(berlin, "2026-10-25T00:59:00Z"), "2026-10-25 2:59");
  EXPECT_EQ(shown(berlin, "2026-10-25T01:00:00Z"), "2026-10-25 2:0");
  // China's summers from 1986 to 1991 had daylight saving too.
  EXPECT_EQ(shown(zone("Asia/Shanghai"), "1988-07-01T00:00:00Z"), "1988-07-01 9:0");
}

TEST(TimeZoneTest, FindsTheMomentOfALocalTime) {
  const TimeZone berlin = zone("Europe/Berlin");
  const Date spring = parse_date("2026-03-29").value(), autumn = parse_date("2026-10-25").value();
  const struct {
    LocalTime time;
    const char* moment;
  } cases[] = {
      {{spring, 0}, "2026-03-28T23:00:00Z"},
      {{spring, 2 * 3600 + 1800}, "2026-03-29T01:00:00Z"},  // skipped
      {{spring, 3 * 3600}, "2026-03-29T01:00:00Z"},
      {{spring, 4 * 3600}, "2026-03-29T02:00:00Z"},
      {{autumn, 0}, "2026-10-24T22:00:00Z"},
      {{autumn, 2 * 3600 + 1800}, "2026-10-25T00:30:00Z"},  // comes twice
      {{autumn, 3 * 3600}, "2026-10-25T02:00:00Z"},
      {{parse_date("2500-06-01").value(), 0}, "2500-05-31T23:00:00Z"},
      {{parse_date("1800-06-01").value(), 0}, "1800-05-31T23:00:00Z"},
  };
  for (const auto& [time, expected] : cases) {
    EXPECT_EQ(to_string(berlin.at(time)), expected);
  }
}

// Midnight itself is skipped where clocks go forward at 00:00.
TEST(TimeZoneTest, ADayMayBeginAfterMidnight) {
  const TimeZone beirut = zone("Asia/Beirut");
  EXPECT_EQ(to_string(beirut.begin_of(parse_date("2026-03-29").value())), "2026-03-28T22:00:00Z");
  EXPECT_EQ(shown(beirut, "2026-03-28T22:00:00Z"), "2026-03-29 1:0");
}

TEST(TimeZoneTest, LocalAndBackIsTheSameMomentOrTheFirstOfTwo) {
  for (const char* name : {"UTC", "Europe/Berlin", "Asia/Shanghai", "Australia/Lord_Howe"}) {
    const TimeZone there = zone(name);
    for (std::int64_t at = -3'000'000'000; at < 3'000'000'000; at += 1'234'567) {
      const Moment back = there.at(there.local({at}));
      EXPECT_LE(back, Moment{at}) << name;
      EXPECT_GE(back.seconds, at - 7200) << name;
      const LocalTime a = there.local(back), b = there.local({at});
      EXPECT_TRUE(a.day == b.day && a.second == b.second) << name << ' ' << at;
    }
  }
}

TEST(TimeZoneTest, TakesMomentsOutsideTheCalendarAsItsEnds) {
  for (const char* name : {"UTC", "America/New_York", "Asia/Shanghai"}) {
    const TimeZone there = zone(name);
    const auto shows = [&](std::int64_t seconds) {
      const LocalTime time = there.local({seconds});
      return std::pair(time.day.days, time.second);
    };
    EXPECT_EQ(shows(INT64_MAX), shows(parse_moment("9999-12-31T23:59:59Z")->seconds)) << name;
    EXPECT_EQ(shows(INT64_MIN), shows(parse_moment("0001-01-01T00:00:00Z")->seconds)) << name;
  }
}

TEST(TimeZoneTest, RefusesUnknownNames) {
  for (const char* name : {"", "Mars/Olympus", "../etc/passwd"}) {
    const auto found = TimeZone::find(name);
    ASSERT_FALSE(found) << name;
    EXPECT_EQ(found.error().code, Errc::unknown_time_zone);
  }
  EXPECT_EQ(TimeZone::find("Mars/Olympus").error().message, "unknown time zone 'Mars/Olympus'");
}

TEST(TimeZoneTest, KnowsWeekdays) {
  EXPECT_EQ(weekday(parse_date("2026-11-22").value()), 6);
  EXPECT_EQ(weekday(parse_date("2026-11-23").value()), 0);
  EXPECT_EQ(weekday(Date{0}), 3);
  EXPECT_EQ(weekday(parse_date("1969-12-28").value()), 6);
}

}  // namespace
}  // namespace muster
