#include "muster/tags/user_table.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tags/table_samples.hpp"

namespace muster {
namespace {

using testing_samples::random_user;
using testing_samples::schema;
using testing_samples::text;
using testing_samples::user;

template <class T>
std::string refusal(const Result<T>& result) {
  return result ? "done" : std::string(name(result.error().code)) + ": " + result.error().message;
}

TEST(UserTable, KeepsWhatIsAppended) {
  UserTable table(schema());
  EXPECT_EQ(table.size(), 0u);
  EXPECT_EQ(*table.append("a", user(table.schema())), 0u);
  EXPECT_EQ(*table.append("b", user(table.schema(), true)), 1u);
  EXPECT_EQ(text(table),
            "a: true false #1 #1 {#0#2} {#1} 96.000000 48.500000 2020-02-29 2026-12-31 0.505208\n"
            "b: true NULL #1 NULL {#0#2} NULL 96.000000 NULL 2020-02-29 NULL NULL\n");
}

TEST(UserTable, FindsUsersByKey) {
  UserTable table(schema());
  for (int i = 0; i < 1000; ++i) {
    ASSERT_TRUE(table.append("user" + std::to_string(i), user(table.schema())));
  }
  std::string buffer;
  EXPECT_EQ(table.key(17, buffer), "user17");
  EXPECT_EQ(table.find("user17"), 17u);
  EXPECT_EQ(table.find("user999"), 999u);
  EXPECT_EQ(table.find("user1000"), std::nullopt);
  EXPECT_EQ(table.find(""), std::nullopt);
}

TEST(UserTable, RowNumbersStandInForKeys) {
  UserTable table(schema(""));
  ASSERT_TRUE(table.append("", user(table.schema())));
  ASSERT_TRUE(table.append("", user(table.schema())));
  std::string buffer;
  EXPECT_EQ(table.key(1, buffer), "2");
  EXPECT_EQ(table.find("2"), 1u);
  for (const char* no : {"", "0", "3", "02", "+2", "-1", "2 ", "x", "18446744073709551618"}) {
    EXPECT_EQ(table.find(no), std::nullopt) << no;
  }
  EXPECT_EQ(refusal(table.append("x", user(table.schema()))),
            "invalid_argument: row 3 has the key 'x', but the schema has no key column");
}

TEST(UserTable, RefusesAUserAndStaysAsItWas) {
  UserTable table(schema());
  ASSERT_TRUE(table.append("a", user(table.schema())));
  const std::string before = text(table);
  User incomplete(table.schema());
  EXPECT_TRUE(incomplete.set("five_g", true));
  EXPECT_EQ(refusal(table.append("b", incomplete)),
            "missing_value: 'terminal' is not nullable, but row 2 has no value");
  EXPECT_EQ(refusal(table.append("a", user(table.schema()))),
            "duplicate_key: row 2 has the id 'a' of an earlier row");
  EXPECT_EQ(refusal(table.append("", user(table.schema()))), "missing_value: row 2 has no id");
  EXPECT_EQ(refusal(table.append("\xff", user(table.schema()))),
            "bad_cell: row 2 has the id '\\xff', which is not UTF-8");
  EXPECT_EQ(text(table), before);
  EXPECT_EQ(table.find("b"), std::nullopt);
  EXPECT_EQ(*table.append("b", user(table.schema(), true)), 1u);
}

/// A view that gives one cell for a tag, and a good user's for the others.
class Odd final : public UserView {
 public:
  Odd(const Schema& schema, TagId tag, Cell cell)
      : good_(user(schema)), tag_(tag), cell_(std::move(cell)) {}
  Cell cell(TagId tag) const override { return tag == tag_ ? cell_ : good_.cell(tag); }

 private:
  User good_;
  TagId tag_;
  Cell cell_;
};

TEST(UserTable, RefusesCellsThatATagCanNotHave) {
  UserTable table(schema());
  static constexpr CategoryCode falling[] = {CategoryCode{1}, CategoryCode{0}};
  static constexpr CategoryCode past[] = {CategoryCode{0}, CategoryCode{3}};
  const struct {
    const char* tag;
    Cell cell;
    const char* message;
  } cases[] = {
      {"five_g", Number(1),
       "wrong_type: 'five_g' is a bool, but row 1 has a value of another type"},
      {"city", CategoryCode{2}, "unknown_category: 'city' has 2 categories, but row 1 has code 2"},
      {"interests", std::span<const CategoryCode>(falling),
       "invalid_argument: 'interests' has a set in row 1 whose codes do not ascend"},
      {"interests", std::span<const CategoryCode>(past),
       "unknown_category: 'interests' has 3 categories, but row 1 has code 3"},
      {"end", Date{2932897},
       "bad_date: 'end' has day 2932897 in row 1, outside the years 1 to 9999"},
      {"end", Date{-719163},
       "bad_date: 'end' has day -719163 in row 1, outside the years 1 to 9999"},
  };
  for (const auto& c : cases) {
    const Odd odd(table.schema(), *table.schema().find(c.tag), c.cell);
    EXPECT_EQ(refusal(table.append("a", odd)), c.message);
  }
  EXPECT_EQ(table.size(), 0u);
}

TEST(UserTable, HoldsNoMoreThanMaxUsers) {
  Limits limits;
  limits.max_users = 2;
  UserTable table(schema(""), limits);
  EXPECT_TRUE(table.append("", user(table.schema())));
  EXPECT_TRUE(table.append("", user(table.schema())));
  EXPECT_EQ(refusal(table.append("", user(table.schema()))),
            "limit: the table would hold more than 2 users (max_users)");
}

TEST(UserTable, KeysAreNoLongerThanMaxCellBytes) {
  Limits limits;
  limits.max_cell_bytes = 3;
  UserTable table(schema(), limits);
  EXPECT_TRUE(table.append("abc", user(table.schema())));
  EXPECT_EQ(refusal(table.append("abcd", user(table.schema()))),
            "limit: the id of row 2 is longer than 3 bytes (max_cell_bytes)");
}

TEST(UserTable, MembersOfSetsAreCountedIn32Bits) {
  UserTable table(*Schema::from_json(
      R"({"tags": [{"name": "likes", "type": "set", "values": ["a"], "nullable": true}]})"));
  User one(table.schema());
  EXPECT_TRUE(one.set("likes", {"a"}));
  ASSERT_TRUE(table.append("", one));
  static constexpr std::uint8_t unknown = 0;
  static constexpr std::uint16_t codes[1] = {};
  static constexpr std::uint32_t offsets[] = {0, 0xffff'ffff};  // under a NULL: not looked at
  ColumnView view;
  view.size = 1;
  view.valid = &unknown;
  view.codes = codes;
  view.set_offsets = offsets;
  EXPECT_EQ(refusal(table.append_columns({}, std::vector<ColumnView>{view})),
            "limit: 'likes' would hold more than 4294967295 categories in all its sets");
  EXPECT_EQ(table.size(), 1u);
}

TEST(UserTable, ValuesComeAndGo) {
  UserTable table(schema());
  for (const char* key : {"a", "b"}) ASSERT_TRUE(table.append(key, user(table.schema())));
  const std::string before = text(table);
  const User full = user(table.schema()), empty = user(table.schema(), true);
  for (const char* tag : {"complained", "city", "channels", "used", "end"}) {
    const TagId id = *table.schema().find(tag);
    ASSERT_TRUE(table.update(0, empty, tag));
    EXPECT_TRUE(is_null(table.row(0).cell(id))) << tag;
    EXPECT_FALSE(is_null(table.row(1).cell(id))) << tag;
    EXPECT_NE(text(table), before);
    ASSERT_TRUE(table.update(0, full, tag));
    EXPECT_EQ(text(table), before);
  }
}

TEST(UserTable, KeepsIntegersBeyondDoubles) {
  UserTable table(schema(""));
  const std::int64_t numbers[] = {1, 9007199254740993, std::numeric_limits<std::int64_t>::max(),
                                  std::numeric_limits<std::int64_t>::min(), 2};
  for (const std::int64_t number : numbers) {
    User one = user(table.schema());
    ASSERT_TRUE(one.set("fee", number));
    ASSERT_TRUE(table.append("", one));
  }
  const TagId fee = *table.schema().find("fee");
  for (UserIndex i = 0; i < 5; ++i) {
    EXPECT_EQ(std::get<Number>(table.row(i).cell(fee)), Number(numbers[i]));
  }
  EXPECT_EQ(table.column(fee).rests[1], 1);
  EXPECT_EQ(table.column(*table.schema().find("used")).rests, nullptr);
}

TEST(UserTable, CanAppendItsOwnRows) {
  UserTable table(schema(""));
  ASSERT_TRUE(table.append("", user(table.schema())));
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(table.append("", table.row(0)));
  EXPECT_EQ(text(table.schema(), table.row(100)), text(table.schema(), table.row(0)));
}

TEST(UserTable, UpdatesOneTagInPlace) {
  UserTable table(schema());
  for (const char* key : {"a", "b", "c"}) ASSERT_TRUE(table.append(key, user(table.schema())));
  User change(table.schema());
  EXPECT_TRUE(change.set("five_g", false));
  EXPECT_TRUE(change.set("terminal", "Nokia"));
  EXPECT_TRUE(change.set("interests", {"video", "game", "music"}));
  EXPECT_TRUE(change.set("fee", std::int64_t{9007199254740993}));
  EXPECT_TRUE(change.set("since", "1999-01-01"));
  for (const Tag& tag : table.schema().tags()) {
    if (!tag.derived.empty()) continue;
    EXPECT_TRUE(table.update(1, change, tag.name)) << tag.name;
  }
  const std::string others =
      "true false #1 #1 {#0#2} {#1} 96.000000 48.500000 2020-02-29 2026-12-31 0.505208\n";
  EXPECT_EQ(text(table), "a: " + others +
                             "b: false NULL #2 NULL {#0#1#2} NULL 9007199254740992.000000+1 NULL "
                             "1999-01-01 NULL NULL\n"
                             "c: " +
                             others);
  EXPECT_TRUE(table.update(1, user(table.schema()), "interests"));
  EXPECT_TRUE(table.update(1, user(table.schema()), "channels"));
  EXPECT_EQ(text(table.schema(), table.row(1)),
            "false NULL #2 NULL {#0#2} {#1} 9007199254740992.000000+1 NULL 1999-01-01 NULL NULL");
}

TEST(UserTable, RefusesUpdatesThatMakeNoSense) {
  UserTable table(schema());
  ASSERT_TRUE(table.append("a", user(table.schema())));
  const std::string before = text(table);
  const User empty(table.schema());
  EXPECT_EQ(refusal(table.update(1, user(table.schema()), "fee")),
            "unknown_user: row 2 is past the table's 1 users");
  EXPECT_EQ(refusal(table.update(0, user(table.schema()), "fe")), "unknown_tag: unknown tag 'fe'");
  EXPECT_EQ(refusal(table.update(0, user(table.schema()), "ratio")),
            "wrong_type: the tag 'ratio' is derived and can not be set");
  EXPECT_EQ(refusal(table.update(0, empty, "fee")),
            "missing_value: 'fee' is not nullable, but row 1 has no value");
  const Schema other = *Schema::from_json(R"({"tags": [{"name": "fee", "type": "number"}]})");
  EXPECT_EQ(refusal(table.update(0, User(other), "fee")),
            "schema_mismatch: the values are of another schema than the table");
  EXPECT_EQ(text(table), before);
}

TEST(UserTable, ColumnsAppendLikeRows) {
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

TEST(UserTable, TakesEveryKindOfBuffer) {
  UserTable table(schema());
  ASSERT_TRUE(table.append_columns(two_keys, Columns().views()));
  EXPECT_EQ(text(table),
            "a: true true #1 #1 {#0#1} {#0#1} 96.000000 9007199254740992.000000+1 1970-01-01 "
            "1970-01-01 93824992236885.328125\n"
            "b: false false #0 NULL {} {} 128.500000 5.000000 2024-10-04 2024-10-04 0.038911\n");
}

TEST(UserTable, NaNIsNull) {
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

TEST(UserTable, WhatLiesUnderANullIsNotLookedAt) {
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

TEST(UserTable, RefusesBadColumnsWhole) {
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

TEST(UserTable, RefusesBadKeysOfColumnsWhole) {
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

TEST(UserTable, IsCompact) {
  const Schema flags = *Schema::from_json(R"({"tags": [
    {"name": "a", "type": "bool"}, {"name": "b", "type": "bool"},
    {"name": "c", "type": "bool"}, {"name": "d", "type": "bool"}]})");
  UserTable table(flags);
  const std::vector<std::uint8_t> bytes(100'000, 1);
  ColumnView view;
  view.size = bytes.size();
  view.bool_bytes = bytes.data();
  ASSERT_TRUE(table.append_columns({}, std::vector<ColumnView>(4, view)));
  EXPECT_LT(table.memory_bytes(), 4 * 100'000 / 8 + 4096);
}

}  // namespace
}  // namespace muster
