#include "engage/hand_off_text.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace muster {
namespace {

HandOff whole() {
  HandOff out;
  out.order.id = 12;
  out.order.task = 7;
  out.order.terms = {1, 2, 0, 20};
  out.order.state = WorkOrderState::accepted;
  out.order.shop = "东门店 \"1\"";
  out.order.tried = {"a\\b", "东门店 \"1\""};
  out.order.due = {std::numeric_limits<std::int64_t>::max()};
  out.order.finish_by = {std::numeric_limits<std::int64_t>::min()};
  out.order.reminded = true;
  out.order.outcome = Outcome::deferred;
  out.order.text = "line\nline";
  out.wish = {GeoPoint{116.397, -39.9}, "i1", "app", "东城"};
  out.note = "要换手机";
  out.before = TaskState::interested;
  out.day = Date{20'000};
  return out;
}

TEST(HandOffText, GoesBothWays) {
  EXPECT_EQ(read_hand_off(to_text(whole())).value(), whole());
  EXPECT_EQ(read_hand_off(to_text(HandOff())).value(), HandOff());
}

TEST(HandOffText, WhatIsDamagedIsRefused) {
  const std::string text = to_text(whole());
  const std::pair<std::string, std::string> changes[] = {
      {"{", "["},
      {"\"task\":7,", ""},
      {"\"task\":7", "\"task\":\"7\""},
      {"\"task\":7", "\"task\":7.5"},
      {"\"task\":7", "\"task\":-7"},
      {"\"state\":2", "\"state\":6"},
      {"\"offers\":20", "\"offers\":21"},
      {"\"tried\":[", "\"tried\":[1,"},
      {"\"due\":\"9", "\"due\":\"99"},
      {"\"due\":\"9", "\"due\":\"x"},
      {"\"reminded\":true", "\"reminded\":1"},
      {"\"day\":\"2", "\"day\":\"x"},
  };
  for (const auto& [from, to] : changes) {
    std::string damaged = text;
    ASSERT_NE(damaged.find(from), damaged.npos) << from;
    damaged.replace(damaged.find(from), from.size(), to);
    const auto read = read_hand_off(damaged);
    ASSERT_FALSE(read) << to;
    EXPECT_EQ(read.error().code, Errc::corrupt);
    EXPECT_EQ(read.error().message, "the ledger holds a hand-off that can not be read");
  }
  EXPECT_FALSE(read_hand_off(""));
}

}  // namespace
}  // namespace muster
