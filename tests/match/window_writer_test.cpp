#include "match/window_writer.hpp"

#include <gtest/gtest.h>

#include "match/lay_out.hpp"

namespace muster {
namespace {

constexpr OneUserCosts costs{64, 0, 0, 0, 0, 1, 10};
constexpr std::uint8_t elsewhere = one_user_window_rules - 1;

TEST(WindowWriter, TakesRulesOfOneSureEntry) {
  testing::LetterEntries given;
  given.add(0, "a");
  given.add(1, "abc");
  given.add(2, "a");
  given.add(2, "b");  // a second entry of the rule
  given.add(3, "d", true);
  given.add(4, "");  // nothing to test
  given.add(130, "e");
  OneUserTables tables;
  WindowWriter windows(given.lanes, costs, tables);
  EntryList rest;
  windows.plan(0, given.entries, rest);
  std::vector<std::uint32_t> left;
  for (std::size_t i = 0; i < rest.size(); ++i) left.push_back(rest[i].rule);
  EXPECT_EQ(left, (std::vector<std::uint32_t>{2, 2, 3, 4}));
  EXPECT_FLOAT_EQ(windows.cost(), 10 + 3 + 10 + 1);
}

TEST(WindowWriter, WritesWhereEachRuleIs) {
  testing::LetterEntries given;
  given.add(300, "a");
  given.add(301, "abc");
  given.add(430, "e");
  OneUserTables tables;
  tables.data.resize(7);
  WindowWriter windows(given.lanes, costs, tables);
  EntryList rest;
  windows.plan(300, given.entries, rest);
  OneUserTile tile{};
  tile.first_rule = 300;
  windows.write(tile);
  EXPECT_EQ(tile.first_window, 0u);
  EXPECT_EQ(tile.end_window, 2u);
  ASSERT_EQ(tables.windows.size(), 2u);
  const OneUserWindow& first = tables.windows[0];
  EXPECT_EQ(first.offset, 64u) << "on a line of its own";
  EXPECT_EQ(first.literals[0], 3);
  EXPECT_EQ(first.literals[1], 1) << "one row, so that no lane holds";
  EXPECT_EQ(tables.data[first.offset], 1) << "long lanes come first";
  EXPECT_EQ(tables.data[first.offset + 1], 0);
  EXPECT_EQ(tables.data[first.offset + 2], elsewhere);
  EXPECT_EQ(tables.windows[1].offset, first.offset + one_user_window_rules + 2 * 64 * (3 + 1));
  EXPECT_EQ(tables.data[tables.windows[1].offset + 2], 0) << "rule 430 is 300 + 128 + 2";
}

TEST(WindowWriter, SpreadsAWindowOverTwoHalves) {
  testing::LetterEntries given;
  for (std::uint32_t rule = 0; rule < 128; ++rule) given.add(rule, rule % 2 == 0 ? "a" : "abcd");
  OneUserTables tables;
  WindowWriter windows(given.lanes, costs, tables);
  EntryList rest;
  windows.plan(0, given.entries, rest);
  EXPECT_EQ(rest.size(), 0u);
  EXPECT_FLOAT_EQ(windows.cost(), 10 + 4 + 1);
  OneUserTile tile{};
  windows.write(tile);
  EXPECT_EQ(tables.windows.at(0).literals[0], 4);
  EXPECT_EQ(tables.windows.at(0).literals[1], 1);
}

}  // namespace
}  // namespace muster
