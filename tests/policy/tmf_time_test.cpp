#include "policy/tmf_time.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

TEST(ToDateTime, KeepsToTheCalendar) {
  EXPECT_EQ(to_date_time({0}), "1970-01-01T00:00:00Z");
  EXPECT_EQ(to_date_time({-62'135'596'800}), "0001-01-01T00:00:00Z");
  EXPECT_EQ(to_date_time({-62'135'596'801}), std::nullopt);
  EXPECT_EQ(to_date_time({253'402'300'799}), "9999-12-31T23:59:59Z");
  EXPECT_EQ(to_date_time({253'402'300'800}), std::nullopt);
}

TEST(ParseDateTime, RoundsFractionsUp) {
  const auto seconds = [](std::string_view text) {
    const auto moment = parse_date_time(text);
    return moment ? moment->seconds : -1;
  };
  EXPECT_EQ(seconds("1970-01-01T00:00:05Z"), 5);
  EXPECT_EQ(seconds("1970-01-01T00:00:05.000Z"), 5);
  EXPECT_EQ(seconds("1970-01-01T00:00:05.0010Z"), 6);
  EXPECT_EQ(seconds("1970-01-01T08:00:59.9+08:00"), 60);
}

TEST(ParseDateTime, RefusesOtherTexts) {
  for (const std::string_view text :
       {"", "1970-01-01", "1970-01-01T00:00:05", "1970-01-01T00:00:05.Z", "1970-01-01T00:00:05.5",
        "1970-01-01T00:00:05.5.5Z", "1970-01-01T00:00:05.x5Z", "1970-02-30T00:00:05.5Z"}) {
    EXPECT_EQ(parse_date_time(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace muster
