#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tags/table_samples.hpp"

namespace muster {
namespace {

using testing_samples::random_user;
using testing_samples::refusal;
using testing_samples::schema;
using testing_samples::text;
using testing_samples::user;

TEST(UserTableColumns, ColumnsAppendLikeRows) {
  std::mt19937_64 random(7);
  UserTable rows(schema("")), columns(schema(""));
  // Uneven pieces, so that bitmaps meet within words.
  for (const std::size_t piece : {1u, 63u, 64u, 65u, 130u, 7u, 1000u}) {
    UserTable part(schema(""));
    for (std::size_t i = 0; i < piece; ++i) {
      const User one = random_user(rows.schema(), random);
      ASSERT_TRUE(rows.append("", one));
      ASSERT_TRUE(part.append("", one));
    }
    std::vector<ColumnView> views;
    for (std::size_t i = 0; i < part.schema().size(); ++i) {
      const TagId id{static_cast<std::uint16_t>(i)};
      if (part.schema().tag(id).derived.empty()) views.push_back(part.column(id));
    }
    ASSERT_TRUE(columns.append_columns({}, views));
  }
  EXPECT_EQ(text(columns), text(rows));
}

/// Two users as columns; tests break one of them.
struct Columns {
  std::uint8_t known_first = 1, known_both = 3;
  std::uint8_t bytes[2] = {1, 0};
  std::uint16_t codes[2] = {1, 0};
  std::uint32_t offsets[3] = {0, 2, 2};
  double fees[2] = {96, 128.5};
  std::int64_t used[2] = {9007199254740993, 5};
  std::int32_t days[2] = {0, 20000};

  std::vector<ColumnView> views() const {
    std::vector<ColumnView> all(10);
    for (ColumnView& view : all) view.size = 2;
    all[0].bool_bytes = bytes;
    all[1].bool_bits = &known_first;
    all[1].valid = &known_both;
    all[2].codes = codes;
    all[3].codes = codes;
    all[3].valid = &known_first;
    all[4].codes = ascending;
    all[4].set_offsets = offsets;
    all[5].codes = ascending;
    all[5].set_offsets = offsets;
    all[6].doubles = fees;
    all[7].integers = used;
    all[8].days = days;
    all[9].days = days;
    return all;
  }
  std::uint16_t ascending[2] = {0, 1};
};

const std::string_view two_keys[] = {"a", "b"};

TEST(UserTableColumns, TakesEveryKindOfBuffer) {
  UserTable table(schema());
  ASSERT_TRUE(table.append_columns(two_keys, Columns().views()));
  EXPECT_EQ(text(table),
            "a: true true #1 #1 {#0#1} {#0#1} 96.000000 9007199254740992.000000+1 1970-01-01 "
            "1970-01-01 93824992236885.328125\n"
            "b: false false #0 NULL {} {} 128.500000 5.000000 2024-10-04 2024-10-04 0.038911\n");
}

TEST(UserTableColumns, NaNIsNull) {
  UserTable table(schema());
  const Columns columns;
  const double numbers[] = {std::nan(""), -0.0};
  auto views = columns.views();
  views[7].integers = nullptr;
  views[7].doubles = numbers;
  ASSERT_TRUE(table.append_columns(two_keys, views));
  const TagId used = *table.schema().find("used");
  EXPECT_TRUE(is_null(table.row(0).cell(used)));
  EXPECT_FALSE(std::signbit(table.column(used).doubles[1]));
}

TEST(UserTableColumns, WhatLiesUnderANullIsNotLookedAt) {
  UserTable table(schema());
  Columns columns;
  auto views = columns.views();
  const std::uint16_t codes[] = {0, 60000};
  views[3].codes = codes;
  const std::int32_t days[] = {0, std::numeric_limits<std::int32_t>::max()};
  views[9].days = days;
  views[9].valid = &columns.known_first;
  const std::uint8_t bytes[] = {1, 255};
  views[1].bool_bits = nullptr;
  views[1].bool_bytes = bytes;
  views[1].valid = &columns.known_first;
  ASSERT_TRUE(table.append_columns(two_keys, views));
  EXPECT_EQ(table.column(*table.schema().find("city")).codes[1], 0);
  EXPECT_EQ(table.column(*table.schema().find("end")).days[1], 0);
  EXPECT_EQ(table.column(*table.schema().find("complained")).bool_bits[0], 1);
}

TEST(UserTableColumns, RefusesBadColumnsWhole) {
  static const std::uint8_t two_is_no_bool[] = {1, 2};
  static const std::uint16_t code_3[] = {0, 3}, code_2[] = {0, 2}, falling[] = {1, 0};
  static const std::uint32_t falling_offsets[] = {0, 2, 1};
  static const double nan[] = {std::nan(""), 1}, big[] = {0x1p53, 0x1p63};
  static const std::int16_t no_rest[] = {600, 0}, past_all[] = {0, 1};
  static const std::int32_t late[] = {0, 2932897};
  static const std::uint8_t second = 2;
  const struct {
    void (*break_it)(std::vector<ColumnView>&);
    const char* message;
  } cases[] = {
      {[](auto& v) { v.pop_back(); },
       "invalid_argument: 9 columns were given for 10 tags that are not derived"},
      {[](auto& v) { v[3].size = 1; },
       "invalid_argument: 'city' has a column of 1 values where others have 2"},
      {[](auto& v) { v[0].bool_bits = &second; },
       "wrong_type: 'five_g' is a bool, which its column does not give in one way"},
      {[](auto& v) { v[0] = v[6]; },
       "wrong_type: 'five_g' is a bool, which its column does not give in one way"},
      {[](auto& v) { v[4].set_offsets = nullptr; },
       "wrong_type: 'interests' is a set, which its column does not give in one way"},
      {[](auto& v) { v[7].rests = no_rest; },
       "wrong_type: 'used' is a number, which its column does not give in one way"},
      {[](auto& v) { v[0].bool_bytes = two_is_no_bool; },
       "bad_cell: 'five_g' has byte 2 in row 2, neither 0 nor 1"},
      {[](auto& v) { v[0].valid = &second; },
       "missing_value: 'five_g' is not nullable, but row 1 has no value"},
      {[](auto& v) { v[2].codes = code_3; },
       "unknown_category: 'terminal' has 3 categories, but row 2 has code 3"},
      {[](auto& v) { v[5].codes = code_2; },
       "unknown_category: 'channels' has 2 categories, but row 1 has code 2"},
      {[](auto& v) { v[5].codes = falling; },
       "invalid_argument: 'channels' has a set in row 1 whose codes do not ascend"},
      {[](auto& v) { v[4].set_offsets = falling_offsets; },
       "invalid_argument: 'interests' has falling set offsets in row 2"},
      {[](auto& v) { v[6].doubles = nan; },
       "missing_value: 'fee' is not nullable, but row 1 has no value"},
      {[](auto& v) { v[6].doubles = big, v[6].rests = no_rest; },
       "bad_number: 'fee' has a rest in row 1 that does not go with its double"},
      {[](auto& v) { v[6].doubles = big, v[6].rests = past_all; },
       "bad_number: 'fee' has a rest in row 2 that does not go with its double"},
      {[](auto& v) { v[8].days = late; },
       "bad_date: 'since' has day 2932897 in row 2, outside the years 1 to 9999"},
  };
  UserTable table(schema());
  const Columns columns;
  for (const auto& c : cases) {
    auto views = columns.views();
    c.break_it(views);
    EXPECT_EQ(refusal(table.append_columns(two_keys, views)), c.message);
    EXPECT_EQ(table.size(), 0u);
    EXPECT_EQ(table.find("a"), std::nullopt);
  }
}

TEST(UserTableColumns, RefusesBadKeysOfColumnsWhole) {
  const std::vector<std::string_view> bad[] = {{"a"}, {"a", ""}, {"a", "a"}, {"a", "\xc0"}};
  const char* messages[] = {"invalid_argument: 1 keys were given where 2 are needed",
                            "missing_value: row 2 has no id",
                            "duplicate_key: row 2 has the id 'a' of an earlier row",
                            "bad_cell: row 2 has the id '\\xc0', which is not UTF-8"};
  UserTable table(schema());
  const Columns columns;
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(refusal(table.append_columns(bad[i], columns.views())), messages[i]);
    EXPECT_EQ(table.find("a"), std::nullopt);
  }
  EXPECT_TRUE(table.append_columns(two_keys, columns.views()));
  EXPECT_EQ(refusal(UserTable(schema("")).append_columns(two_keys, columns.views())),
            "invalid_argument: 2 keys were given where 0 are needed");
}

}  // namespace
}  // namespace muster
