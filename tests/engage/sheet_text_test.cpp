#include "engage/sheet_text.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace muster {
namespace {

Sheet whole() {
  Sheet out;
  out.id = 12;
  out.order = "broadband 88";
  out.user = "u\"1\"";
  out.shop = "东门店";
  out.installer = "i\\7";
  out.state = SheetState::closed;
  out.knowledge = "两个孩子";
  out.suggestion = "视频会员";
  out.answer = "line\nline";
  out.feedback = "谢谢";
  out.changed = {std::numeric_limits<std::int64_t>::min()};
  return out;
}

TEST(SheetText, GoesBothWays) {
  EXPECT_EQ(read_sheet(to_text(whole())).value(), whole());
  EXPECT_EQ(read_sheet(to_text(Sheet())).value(), Sheet());
}

TEST(SheetText, WhatIsDamagedIsRefused) {
  const std::string text = to_text(whole());
  const std::pair<std::string, std::string> changes[] = {{"{", "["},
                                                         {"\"sheet\":12,", ""},
                                                         {"\"sheet\":12", "\"sheet\":-1"},
                                                         {"\"state\":4", "\"state\":6"},
                                                         {"\"feedback\":", "\"other\":"},
                                                         {"\"changed\":\"-", "\"changed\":\"x"}};
  for (const auto& [from, to] : changes) {
    std::string damaged = text;
    ASSERT_NE(damaged.find(from), damaged.npos) << from;
    damaged.replace(damaged.find(from), from.size(), to);
    const auto read = read_sheet(damaged);
    ASSERT_FALSE(read) << to;
    EXPECT_EQ(read.error().code, Errc::corrupt);
    EXPECT_EQ(read.error().message, "the ledger holds a sheet that can not be read");
  }
  EXPECT_FALSE(read_sheet(""));
}

}  // namespace
}  // namespace muster
