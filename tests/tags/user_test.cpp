#include "muster/tags/user.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace muster {
namespace {

Schema schema() {
  return *Schema::from_json(R"({"tags": [
    {"name": "fee", "type": "number"},
    {"name": "used", "type": "number", "nullable": true},
    {"name": "terminal", "type": "category", "values": ["iPhone", "Huawei"]},
    {"name": "interests", "type": "set", "values": ["video", "game", "music"]},
    {"name": "complained", "type": "bool", "nullable": true},
    {"name": "colour", "type": "category", "values": ["red", "green"], "nullable": true},
    {"name": "hobbies", "type": "set", "values": ["chess", "judo"], "nullable": true},
    {"name": "end", "type": "date", "nullable": true},
    {"name": "ratio", "type": "number", "derived": "used / fee"},
    {"name": "twice", "type": "number", "derived": "ratio * 2 + ratio"}]})");
}

Cell cell(const User& user, std::string_view tag) {
  return value_of(user.schema(), user, *user.schema().find(tag));
}

template <class... Arguments>
std::string refusal(User& user, std::string_view tag, Arguments... value) {
  const Result<void> result = user.set(tag, value...);
  return result ? "set" : std::string(name(result.error().code)) + ": " + result.error().message;
}

TEST(User, HoldsWhatIsSet) {
  User user(schema());
  EXPECT_TRUE(is_null(cell(user, "fee")));
  EXPECT_TRUE(user.set("fee", 96));
  EXPECT_EQ(std::get<Number>(cell(user, "fee")), Number(96));
  EXPECT_TRUE(user.set("fee", 96.5));
  EXPECT_EQ(std::get<Number>(cell(user, "fee")), Number(96.5));
  EXPECT_TRUE(user.set("fee", std::int64_t{9007199254740993}));
  EXPECT_TRUE(std::get<Number>(cell(user, "fee")).beyond_double());
  EXPECT_TRUE(user.set("terminal", "Huawei"));
  EXPECT_EQ(std::get<CategoryCode>(cell(user, "terminal")), CategoryCode{1});
  EXPECT_TRUE(user.set("complained", false));
  EXPECT_FALSE(std::get<bool>(cell(user, "complained")));
  EXPECT_TRUE(user.set("end", "2026-07-01"));
  EXPECT_EQ(std::get<Date>(cell(user, "end")), parse_date("2026-07-01"));
  EXPECT_TRUE(user.set("end", Date{3}));
  EXPECT_EQ(std::get<Date>(cell(user, "end")), Date{3});
  EXPECT_TRUE(user.set_null("end"));
  EXPECT_TRUE(is_null(cell(user, "end")));
}

TEST(User, SetsAscendWithoutRepeats) {
  User user(schema());
  EXPECT_TRUE(user.set("interests", {"music", "video", "music"}));
  const auto codes = std::get<std::span<const CategoryCode>>(cell(user, "interests"));
  ASSERT_EQ(codes.size(), 2u);
  EXPECT_EQ(codes[0], CategoryCode{0});
  EXPECT_EQ(codes[1], CategoryCode{2});
  EXPECT_TRUE(user.set("interests", std::span<const std::string_view>()));
  EXPECT_EQ(std::get<std::span<const CategoryCode>>(cell(user, "interests")).size(), 0u);
}

TEST(User, OneCategoryInBracesIsASet) {
  User user(schema());
  EXPECT_TRUE(user.set("interests", {"game"}));
  EXPECT_EQ(std::get<std::span<const CategoryCode>>(cell(user, "interests")).size(), 1u);
  EXPECT_TRUE(user.set("interests", {}));
  EXPECT_EQ(std::get<std::span<const CategoryCode>>(cell(user, "interests")).size(), 0u);
}

TEST(User, RefusesWithATextThatNamesTheTag) {
  User user(schema());
  EXPECT_EQ(refusal(user, "fees", 1), "unknown_tag: unknown tag 'fees'; did you mean 'fee'?");
  EXPECT_EQ(refusal(user, "ratio", 1), "wrong_type: the tag 'ratio' is derived and can not be set");
  EXPECT_EQ(refusal(user, "fee", true), "wrong_type: the tag 'fee' is a number, not true or false");
  EXPECT_EQ(refusal(user, "fee", "96"), "wrong_type: the tag 'fee' is a number, not a category");
  EXPECT_EQ(refusal(user, "fee", Date{}), "wrong_type: the tag 'fee' is a number, not a date");
  EXPECT_EQ(refusal(user, "complained", 1),
            "wrong_type: the tag 'complained' is true or false, not a number");
  EXPECT_EQ(refusal(user, "terminal", 1.5),
            "wrong_type: the tag 'terminal' is a category, not a number");
  EXPECT_EQ(refusal(user, "terminal", "Hauwei"),
            "unknown_category: the tag 'terminal' has no category 'Hauwei'; did you mean "
            "'Huawei'?");
  EXPECT_EQ(refusal(user, "interests", "video"),
            "wrong_type: the tag 'interests' is a set of categories, not a category");
  const std::string_view unknown[] = {"video", "opera"};
  EXPECT_EQ(refusal(user, "interests", std::span<const std::string_view>(unknown)),
            "unknown_category: the tag 'interests' has no category 'opera'");
  EXPECT_EQ(refusal(user, "terminal", std::span<const std::string_view>(unknown)),
            "wrong_type: the tag 'terminal' is a category, not a set of categories");
  EXPECT_EQ(refusal(user, "end", "2026-02-30"),
            "bad_date: '2026-02-30' is not a day of the calendar, YYYY-MM-DD, for the tag 'end'");
  EXPECT_EQ(refusal(user, "end", Date{3'000'000}),
            "bad_date: the tag 'end' can not be day 3000000 from 1970-01-01: days go from "
            "0001-01-01 to 9999-12-31");
  EXPECT_EQ(user.set_null("fee").error().message,
            "the tag 'fee' is not nullable and needs a value");
  EXPECT_EQ(user.set_null("fee").error().code, Errc::missing_value);
  EXPECT_EQ(user.set_null("nothing").error().code, Errc::unknown_tag);
  EXPECT_EQ(user.set_null("ratio").error().code, Errc::wrong_type);
}

TEST(User, IsUnchangedByARefusal) {
  User user(schema());
  ASSERT_TRUE(user.set("terminal", "iPhone"));
  EXPECT_FALSE(user.set("terminal", "Nokia"));
  EXPECT_EQ(std::get<CategoryCode>(cell(user, "terminal")), CategoryCode{0});
}

TEST(User, NaNIsNull) {
  User user(schema());
  ASSERT_TRUE(user.set("used", 1.0));
  EXPECT_TRUE(user.set("used", std::numeric_limits<double>::quiet_NaN()));
  EXPECT_TRUE(is_null(cell(user, "used")));
  EXPECT_EQ(user.set("fee", std::numeric_limits<double>::quiet_NaN()).error().code,
            Errc::missing_value);
}

// Each of these is refused by a user who is not told to take it as NULL.
TEST(User, TakesWhatItCanNotUseAsNullAndCountsIt) {
  User user(schema(), User::OnUnusable::as_null);
  ASSERT_TRUE(user.set("used", 4));
  ASSERT_TRUE(user.set("complained", true));
  ASSERT_TRUE(user.set("end", Date{3}));
  ASSERT_TRUE(user.set("colour", "red"));
  ASSERT_TRUE(user.set("hobbies", {"chess"}));
  EXPECT_EQ(user.unusable(), 0u);
  EXPECT_EQ(refusal(user, "used", "4"), "set");
  EXPECT_EQ(refusal(user, "complained", 1), "set");
  EXPECT_EQ(refusal(user, "end", "2026-02-30"), "set");
  EXPECT_EQ(refusal(user, "colour", "rde"), "set");
  const std::string_view unknown[] = {"chess", "opera"};
  EXPECT_EQ(refusal(user, "hobbies", std::span<const std::string_view>(unknown)), "set");
  for (const char* tag : {"used", "complained", "end", "colour", "hobbies"}) {
    EXPECT_TRUE(is_null(cell(user, tag))) << tag;
    EXPECT_EQ(user.unusable(*user.schema().find(tag)), 1u) << tag;
  }
  EXPECT_EQ(refusal(user, "end", Date{3'000'000}), "set");
  EXPECT_EQ(user.unusable(*user.schema().find("end")), 2u);
  EXPECT_EQ(user.unusable(), 6u);
}

TEST(User, TakesWhatTheProgramCouldNotReadLikeWhatItCanNotUse) {
  const Error why{Errc::wrong_type, "an object is no number", {}};
  User lenient(schema(), User::OnUnusable::as_null), strict(schema());
  ASSERT_TRUE(lenient.set("used", 4));
  EXPECT_TRUE(lenient.set_unusable("used", why));
  EXPECT_TRUE(is_null(cell(lenient, "used")));
  EXPECT_EQ(lenient.unusable(), 1u);
  EXPECT_EQ(strict.set_unusable("used", why).error().message, "an object is no number");
  EXPECT_EQ(lenient.set_unusable("terminal", why).error().message, "an object is no number");
  EXPECT_EQ(lenient.set_unusable("fees", why).error().code, Errc::unknown_tag);
}

TEST(User, KeepsItsCountersWhenCleared) {
  User user(schema(), User::OnUnusable::as_null);
  ASSERT_TRUE(user.set("terminal", "iPhone"));
  ASSERT_TRUE(user.set("colour", "rde"));
  user.clear();
  EXPECT_TRUE(is_null(cell(user, "terminal")));
  EXPECT_EQ(user.unusable(), 1u);
}

TEST(User, RefusesWhereATagIsNotNullableWhateverItIsTold) {
  User user(schema(), User::OnUnusable::as_null);
  ASSERT_TRUE(user.set("terminal", "iPhone"));
  EXPECT_EQ(refusal(user, "terminal", "Hauwei"),
            "unknown_category: the tag 'terminal' has no category 'Hauwei'; did you mean "
            "'Huawei'?");
  EXPECT_EQ(refusal(user, "fee", "96"), "wrong_type: the tag 'fee' is a number, not a category");
  EXPECT_EQ(refusal(user, "fees", 1), "unknown_tag: unknown tag 'fees'; did you mean 'fee'?");
  EXPECT_EQ(refusal(user, "ratio", 1), "wrong_type: the tag 'ratio' is derived and can not be set");
  EXPECT_EQ(std::get<CategoryCode>(cell(user, "terminal")), CategoryCode{0});
  EXPECT_EQ(user.unusable(), 0u);
}

TEST(User, CountsNothingThatIsRightOrRefused) {
  User lenient(schema(), User::OnUnusable::as_null), strict(schema());
  EXPECT_TRUE(lenient.set("used", std::numeric_limits<double>::quiet_NaN()));
  EXPECT_TRUE(lenient.set_null("colour"));
  EXPECT_FALSE(strict.set("colour", "rde"));
  EXPECT_EQ(lenient.unusable(), 0u);
  EXPECT_EQ(strict.unusable(), 0u);
  EXPECT_EQ(strict.unusable(*strict.schema().find("colour")), 0u);
}

TEST(User, DerivedTagsAreWorkedOut) {
  User user(schema());
  ASSERT_TRUE(user.set("fee", 8));
  EXPECT_TRUE(is_null(cell(user, "ratio")));
  EXPECT_TRUE(is_null(cell(user, "twice")));
  ASSERT_TRUE(user.set("used", 4));
  EXPECT_EQ(std::get<Number>(cell(user, "ratio")), Number(0.5));
  EXPECT_EQ(std::get<Number>(cell(user, "twice")), Number(1.5));
  ASSERT_TRUE(user.set("fee", 0));
  EXPECT_TRUE(is_null(cell(user, "ratio")));
}

// Every tag needs the two before it: without remembering values this would take 2^69 steps.
TEST(User, SharedDerivedTagsAreWorkedOutOnce) {
  std::vector<Tag> tags(2);
  tags[0].name = "t0";
  tags[1].name = "t1";
  tags[0].type = tags[1].type = TagType::number;
  for (int i = 2; i < 80; ++i) {
    Tag tag = tags[0];
    tag.name = "t" + std::to_string(i);
    tag.derived = "t" + std::to_string(i - 1) + " + t" + std::to_string(i - 2);
    tags.push_back(tag);
  }
  User user(*Schema::make(tags));
  ASSERT_TRUE(user.set("t0", 0));
  ASSERT_TRUE(user.set("t1", 1));
  EXPECT_EQ(std::get<Number>(cell(user, "t50")), Number(12586269025));
  EXPECT_EQ(std::get<Number>(cell(user, "t78")), Number(8944394323791464));
}

}  // namespace
}  // namespace muster
