#include "muster/core/date.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace muster {
namespace {

TEST(Date, ReadsDays) {
  const std::pair<std::string_view, std::int32_t> cases[] = {
      {"1970-01-01", 0},     {"1969-12-31", -1},      {"2000-02-29", 11016},
      {"2024-12-31", 20088}, {"0001-01-01", -719162}, {"9999-12-31", 2932896},
      {"2026-07-01", 20635},
  };
  for (const auto& [text, days] : cases) {
    ASSERT_TRUE(parse_date(text)) << text;
    EXPECT_EQ(parse_date(text)->days, days) << text;
    EXPECT_EQ(to_string(Date{days}), text);
  }
  EXPECT_EQ(parse_date("0001-01-01"), first_date);
  EXPECT_EQ(parse_date("9999-12-31"), last_date);
}

TEST(Date, RefusesWhatIsNoDay) {
  for (const std::string_view text :
       {"", "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-01-00", "2024-04-31",
        "0000-01-01", "2024-1-01", "2024-01-1", "2024/01/01", "20240101", "2024-01-01 ",
        " 2024-01-1", "+024-01-01", "-001-01-01", "2024-0a-01", "２０２４", "2024-01-0١"}) {
    EXPECT_FALSE(parse_date(text)) << text;
  }
}

TEST(Date, EveryDayReadsBack) {
  for (std::int32_t days = first_date.days; days <= last_date.days; days += 97) {
    ASSERT_EQ(parse_date(to_string(Date{days})), Date{days});
  }
}

TEST(Date, ShowsDaysOutsideTheCalendar) {
  EXPECT_EQ(to_string(Date{3'000'000}), "day 3000000 from 1970-01-01");
  EXPECT_EQ(to_string(Date{std::numeric_limits<std::int32_t>::min()}),
            "day -2147483648 from 1970-01-01");
}

}  // namespace
}  // namespace muster
