#include "core/suggest.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace muster {
namespace {

const std::vector<std::string> names = {"plan_fee", "arpu_3m",  "arpu_6m", "terminal",
                                        "套餐月费", "套餐流量", "age",     "has_5g"};

TEST(Suggest, FindsTheCloseName) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"plan_fe", "plan_fee"},
      {"paln_fee", "plan_fee"},
      {"planfee", "plan_fee"},
      {"PLAN_FEE", "plan_fee"},
      {"arpu_6", "arpu_6m"},
      {"arpu_9m", "arpu_3m"},
      {"ARPU_6M", "arpu_6m"},
      {"套餐月租", "套餐月费"},
      {"月费套餐", ""},
      {"termnial", "terminal"},
      {"aeg", "age"},
      {"Age", "age"},
      {"xyz", ""},
      {"a", ""},
      {"", ""},
      {"completely_else", ""},
      {"has5g", "has_5g"},
  };
  for (const auto& [wrong, meant] : cases) EXPECT_EQ(suggest(wrong, names), meant) << wrong;
}

TEST(Suggest, PrefersTheCloserAndThenTheEarlier) {
  EXPECT_EQ(suggest("abcd", std::vector<std::string>{"abxx", "abcx", "abcy"}), "abcx");
  EXPECT_EQ(suggest("abcd", std::vector<std::string>{"abce", "ABCD"}), "ABCD");
}

TEST(Suggest, CountsASwapOnce) {
  EXPECT_EQ(suggest("ba", std::vector<std::string>{"ab"}), "ab");
  EXPECT_EQ(suggest("bca", std::vector<std::string>{"abc"}), "");
}

TEST(Suggest, SurvivesHostileText) {
  EXPECT_EQ(suggest("\xff\xfe", std::vector<std::string>{"ab"}), "");
  EXPECT_EQ(suggest(std::string(1 << 20, 'a'), std::vector<std::string>{std::string(1 << 20, 'b')}),
            "");
}

}  // namespace
}  // namespace muster
