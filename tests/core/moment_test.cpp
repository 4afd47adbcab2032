#include "muster/core/moment.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

TEST(MomentTest, ReadsAndWrites) {
  const struct {
    const char* text;
    std::int64_t seconds;
    const char* utc;
  } cases[] = {
      {"1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00Z"},
      {"2026-03-01T09:30:05+08:00", 1772328605, "2026-03-01T01:30:05Z"},
      {"1969-12-31T23:59:59-00:30", 1799, "1970-01-01T00:29:59Z"},
      {"1969-12-31T23:59:59Z", -1, "1969-12-31T23:59:59Z"},
      {"0001-01-01T00:00:00Z", -62135596800, "0001-01-01T00:00:00Z"},
  };
  for (const auto& [text, seconds, utc] : cases) {
    const auto moment = parse_moment(text);
    ASSERT_TRUE(moment) << text;
    EXPECT_EQ(moment->seconds, seconds) << text;
    EXPECT_EQ(to_string(*moment), utc);
  }
}

TEST(MomentTest, RefusesWhatIsNone) {
  for (const char* text :
       {"", "2026-03-01", "2026-03-01T09:30:05", "2026-03-01 09:30:05Z", "2026-02-30T00:00:00Z",
        "2026-03-01T24:00:00Z", "2026-03-01T23:60:00Z", "2026-03-01T23:59:60Z",
        "2026-03-01T23:59:59+8:00", "2026-03-01T23:59:59+24:00", "2026-03-01T23:59:59Zz",
        "2026-03-01T23:59:59.5Z", "2026-03-01T2x:59:59Z", "2026-03-01T23:59:5"}) {
    EXPECT_FALSE(parse_moment(text)) << text;
  }
}

TEST(MomentTest, WritesMomentsBeyondTheCalendar) {
  EXPECT_EQ(to_string(Moment{999'999'999'999}), "second 999999999999 from 1970");
}

}  // namespace
}  // namespace muster
