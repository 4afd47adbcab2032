#include <gtest/gtest.h>

#include "policy/catalogue_text.hpp"

namespace muster {
namespace {

using Lines = std::vector<std::string>;

std::string channel(const std::string& hours) {
  return R"("policies": [], "channels": [{"id": "c", "hours": )" + hours + "}]";
}

TEST(ReadHours, ReadsThem) {
  const Catalogue catalogue = catalogue_from(channel(
      R"([{"days": ["mon", "sun"], "from": "09:00", "until": "18:30"}, {"from": "21:00", "until": "09:00"},
          {"until": "24:00"}, {"from": "24:00", "until": "01:00"}, {"until": "00:00"}, {}])"));
  const auto& hours = catalogue.channels()[0].hours;
  ASSERT_EQ(hours.size(), 6u);
  const Hours expected[] = {{0x41, 32'400, 66'600}, {0x7f, 75'600, 32'400}, {0x7f, 0, 86'400},
                            {0x7f, 0, 3'600},       {0x7f, 0, 86'400},      {0x7f, 0, 86'400}};
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_EQ(hours[i].days, expected[i].days) << i;
    EXPECT_EQ(hours[i].from, expected[i].from) << i;
    EXPECT_EQ(hours[i].until, expected[i].until) << i;
  }
}

TEST(ReadHours, SaysWhatIsWrong) {
  EXPECT_EQ(errors_in(channel("[]")), (Lines{"2:51: error: 'hours' may not be empty"}));
  EXPECT_EQ(errors_in(channel("{}")),
            (Lines{"2:51: error: 'hours' must be an array, not an object"}));
  EXPECT_EQ(errors_in(channel("[1]")),
            (Lines{"2:52: error: an entry of 'hours' must be an object, not a number"}));
  EXPECT_EQ(errors_in(channel(R"([{"form": "09:00"}])")),
            (Lines{"2:53: error: an entry of 'hours' has no key 'form'; did you mean 'from'?"}));
  EXPECT_EQ(errors_in(channel(R"([{"days": ["mo", 1, "tue", "tue"]}])")),
            (Lines{"2:62: error: a day must be mon, tue, wed, thu, fri, sat or sun, not 'mo'; did "
                   "you mean 'mon'?",
                   "2:68: error: a day must be a string, not a number",
                   "2:78: error: a day is named twice"}));
  EXPECT_EQ(errors_in(channel(R"([{"days": []}])")),
            (Lines{"2:61: error: 'days' may not be empty"}));
  EXPECT_EQ(errors_in(channel(R"([{"from": "09:00", "until": "09:00"}])")),
            (Lines{"2:52: error: the hours end when they begin; whole days go without 'from' and "
                   "'until'"}));
}

TEST(ReadHours, KnowsWhatATimeIs) {
  for (const char* wrong : {"9:00", "24:01", "25:00", "09:60", "09:00:00", "0a:00", "", "-1:00"}) {
    EXPECT_EQ(errors_in(channel(R"([{"from": ")" + std::string(wrong) + "\"}]")),
              (Lines{"2:61: error: 'from' must be a time from 00:00 to 24:00, not '" +
                     std::string(wrong) + "'"}));
  }
  EXPECT_EQ(errors_in(channel(R"([{"until": 9}])")),
            (Lines{"2:62: error: 'until' must be a string, not a number"}));
}

}  // namespace
}  // namespace muster
