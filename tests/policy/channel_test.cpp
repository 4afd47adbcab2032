#include "muster/policy/channel.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

constexpr std::int32_t hour = 3600;

/// 2026-11-23 is a Monday.
LocalTime at(int weekday_from_monday, std::int32_t second) {
  return {Date{parse_date("2026-11-23").value().days + weekday_from_monday}, second};
}

TEST(Hours, AreWholeDaysUnlessSaidOtherwise) {
  const Hours always;
  for (int day = 0; day < 7; ++day) {
    EXPECT_TRUE(always.contains(at(day, 0)));
    EXPECT_TRUE(always.contains(at(day, 86'399)));
  }
}

TEST(Hours, HoldTheirBeginningAndNotTheirEnd) {
  const Hours office{0x1f, 9 * hour, 18 * hour};
  EXPECT_FALSE(office.contains(at(0, 9 * hour - 1)));
  EXPECT_TRUE(office.contains(at(0, 9 * hour)));
  EXPECT_TRUE(office.contains(at(4, 18 * hour - 1)));
  EXPECT_FALSE(office.contains(at(4, 18 * hour)));
  EXPECT_FALSE(office.contains(at(5, 12 * hour)));
  EXPECT_FALSE(office.contains(at(6, 12 * hour)));
}

TEST(Hours, PastMidnightBelongToTheDayTheyBeginOn) {
  const Hours friday_night{1 << 4, 21 * hour, 9 * hour};
  EXPECT_FALSE(friday_night.contains(at(4, 8 * hour)));
  EXPECT_FALSE(friday_night.contains(at(4, 21 * hour - 1)));
  EXPECT_TRUE(friday_night.contains(at(4, 21 * hour)));
  EXPECT_TRUE(friday_night.contains(at(4, 86'399)));
  EXPECT_TRUE(friday_night.contains(at(5, 0)));
  EXPECT_TRUE(friday_night.contains(at(5, 9 * hour - 1)));
  EXPECT_FALSE(friday_night.contains(at(5, 9 * hour)));
  EXPECT_FALSE(friday_night.contains(at(5, 22 * hour)));
}

TEST(Hours, OfSundayNightReachMonday) {
  const Hours sunday_night{1 << 6, 23 * hour, 1 * hour};
  EXPECT_TRUE(sunday_night.contains(at(6, 23 * hour)));
  EXPECT_TRUE(sunday_night.contains(at(7, 0)));
  EXPECT_TRUE(sunday_night.contains(at(0, 0)));
  EXPECT_FALSE(sunday_night.contains(at(1, 0)));
}

TEST(Hours, ThatEndWhenTheyBeginLastADay) {
  const Hours monday{1 << 0, 9 * hour, 9 * hour};
  EXPECT_FALSE(monday.contains(at(0, 9 * hour - 1)));
  EXPECT_TRUE(monday.contains(at(0, 9 * hour)));
  EXPECT_TRUE(monday.contains(at(1, 9 * hour - 1)));
  EXPECT_FALSE(monday.contains(at(1, 9 * hour)));
}

TEST(Channel, IsOpenInAnyOfItsHoursOrAlways) {
  Channel channel;
  EXPECT_TRUE(channel.open(at(6, 3 * hour)));
  channel.hours = {{0x1f, 9 * hour, 12 * hour}, {0x1f, 13 * hour, 18 * hour}};
  EXPECT_TRUE(channel.open(at(0, 10 * hour)));
  EXPECT_FALSE(channel.open(at(0, 12 * hour)));
  EXPECT_TRUE(channel.open(at(0, 13 * hour)));
}

}  // namespace
}  // namespace muster
