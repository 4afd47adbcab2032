#include "muster/tags/user_table.hpp"

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
