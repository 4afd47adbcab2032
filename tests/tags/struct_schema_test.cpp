#include "muster/tags/struct_schema.hpp"

#include <gtest/gtest.h>

#include <array>
#include <list>
#include <map>
#include <set>
#include <string>
#include <unordered_set>

#include "muster/tags/encoder.hpp"

namespace muster {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

using detail::Shape;
using detail::shape_of;
static_assert(shape_of<char>() == Shape::none);
static_assert(shape_of<wchar_t>() == Shape::none);
static_assert(shape_of<long double>() == Shape::none);
static_assert(shape_of<void*>() == Shape::none);
static_assert(shape_of<std::vector<double>>() == Shape::none);
static_assert(shape_of<std::vector<bool>>() == Shape::none);
static_assert(shape_of<std::map<std::string, int>>() == Shape::none);
static_assert(shape_of<std::chrono::system_clock::time_point>() == Shape::none);
static_assert(shape_of<signed char>() == Shape::number);
static_assert(shape_of<std::unordered_set<std::string>>() == Shape::set);
static_assert(shape_of<std::vector<const char*>>() == Shape::set);

enum class Stage { fresh, active, leaving };
enum class Level : std::int8_t { low = -1, middle, high };

struct Subscriber {
  std::string id = "13800000001";
  bool complained = true;
  std::int8_t lines = -2;
  std::uint16_t age = 25;
  std::int64_t balance_cents = 9007199254740993;
  std::uint64_t big = 18446744073709551615u;
  float score = 0.5f;
  double used_gb = 12.5;
  std::optional<double> plan_gb = 50;
  Date joined = *parse_date("2020-02-29");
  sys_days contract_end{std::chrono::days(20'000)};
  year_month_day birthday{std::chrono::year(1999), std::chrono::month(1), std::chrono::day(2)};
  std::string terminal = "Huawei";
  std::string_view city = "上海";
  const char* channel = "app";
  char plan[4] = {'p', 'l', 'u', 's'};
  std::optional<std::string> referrer;
  Stage stage = Stage::leaving;
  Level level = Level::middle;
  std::vector<std::string> interests = {"game", "video", "game"};
  std::array<Stage, 2> stages = {Stage::leaving, Stage::fresh};
  std::set<std::string_view> tags;
  std::optional<std::list<Stage>> past;

  int twice_age() const { return age * 2; }
};

Result<StructSchema<Subscriber>> bind() {
  return schema<Subscriber>(
      key("id", &Subscriber::id), field("complained", &Subscriber::complained),
      field("lines", &Subscriber::lines), field("age", &Subscriber::age),
      field("balance_cents", &Subscriber::balance_cents), field("big", &Subscriber::big),
      field("score", &Subscriber::score).nullable(), field("used_gb", &Subscriber::used_gb),
      field("plan_gb", &Subscriber::plan_gb), field("joined", &Subscriber::joined),
      field("contract_end", &Subscriber::contract_end), field("birthday", &Subscriber::birthday),
      field("terminal", &Subscriber::terminal, values({"iPhone", "Huawei"}))
          .kind(TagKind::application)
          .description("handset brand"),
      field("city", &Subscriber::city, values({"北京", "上海"})).nullable().unknown_as_null(),
      field("channel", &Subscriber::channel, values({"sms", "app"})).nullable(),
      field("plan", &Subscriber::plan, values({"plus"})),
      field("referrer", &Subscriber::referrer, values({"friend"})),
      field("stage", &Subscriber::stage, values({"fresh", "active", "leaving"})),
      field("level", &Subscriber::level, values({"middle", "high"})).unknown_as_null(),
      field("interests", &Subscriber::interests, values({"video", "game", "music"})),
      field("stages", &Subscriber::stages, values({"fresh", "active", "leaving"})),
      field("tags", &Subscriber::tags, values(std::vector<std::string>{"a", "b"}))
          .unknown_as_null(),
      field("past", &Subscriber::past, values({"fresh", "active", "leaving"})),
      field("is_young", [](const Subscriber& s) { return s.age < 26; }),
      field("twice_age", &Subscriber::twice_age),
      derived("data_ratio", "used_gb / plan_gb").kind(TagKind::portrait).description("share used"));
}

class StructSchemaTest : public testing::Test {
 protected:
  Cell cell(std::string_view tag) {
    return value_of(bound.schema(), view, *bound.schema().find(tag));
  }
  template <class T>
  T get(std::string_view tag) {
    return std::get<T>(cell(tag));
  }
  std::vector<int> codes(std::string_view tag) {
    std::vector<int> out;
    for (const CategoryCode code : get<std::span<const CategoryCode>>(tag)) {
      out.push_back(static_cast<int>(code));
    }
    return out;
  }
  std::string check() {
    const Result<void> checked = bound.check(user);
    return checked ? "fine"
                   : std::string(name(checked.error().code)) + ": " + checked.error().message;
  }

  Subscriber user;
  StructSchema<Subscriber> bound = *bind();
  StructView<Subscriber> view = bound.view(user);
};

TEST_F(StructSchemaTest, DeclaresTheTags) {
  const Schema& schema = bound.schema();
  EXPECT_EQ(schema.key(), "id");
  ASSERT_EQ(schema.size(), 25u);
  const std::pair<std::string_view, TagType> types[] = {{"complained", TagType::boolean},
                                                        {"lines", TagType::number},
                                                        {"age", TagType::number},
                                                        {"score", TagType::number},
                                                        {"joined", TagType::date},
                                                        {"contract_end", TagType::date},
                                                        {"birthday", TagType::date},
                                                        {"terminal", TagType::category},
                                                        {"city", TagType::category},
                                                        {"channel", TagType::category},
                                                        {"plan", TagType::category},
                                                        {"stage", TagType::category},
                                                        {"interests", TagType::category_set},
                                                        {"stages", TagType::category_set},
                                                        {"tags", TagType::category_set},
                                                        {"past", TagType::category_set},
                                                        {"is_young", TagType::boolean},
                                                        {"data_ratio", TagType::number}};
  for (const auto& [name, type] : types) {
    EXPECT_EQ(schema.tag(*schema.find(name)).type, type) << name;
  }
  for (const std::string_view name :
       {"score", "plan_gb", "city", "channel", "referrer", "level", "past", "data_ratio"}) {
    EXPECT_TRUE(schema.tag(*schema.find(name)).nullable) << name;
  }
  for (const std::string_view name : {"age", "terminal", "interests", "tags", "stage"}) {
    EXPECT_FALSE(schema.tag(*schema.find(name)).nullable) << name;
  }
  const Tag& terminal = schema.tag(*schema.find("terminal"));
  EXPECT_EQ(terminal.kind, TagKind::application);
  EXPECT_EQ(terminal.description, "handset brand");
  EXPECT_EQ(schema.tag(*schema.find("data_ratio")).kind, TagKind::portrait);
}

TEST_F(StructSchemaTest, ReadsEveryType) {
  EXPECT_TRUE(get<bool>("complained"));
  EXPECT_EQ(get<Number>("lines"), Number(-2));
  EXPECT_EQ(get<Number>("age"), Number(25));
  EXPECT_EQ(get<Number>("balance_cents"), Number(9007199254740993));
  EXPECT_EQ(get<Number>("big"), Number(0x1p64));
  EXPECT_EQ(get<Number>("score"), Number(0.5));
  EXPECT_EQ(get<Number>("used_gb"), Number(12.5));
  EXPECT_EQ(get<Number>("plan_gb"), Number(50));
  EXPECT_EQ(to_string(get<Date>("joined")), "2020-02-29");
  EXPECT_EQ(get<Date>("contract_end"), Date{20'000});
  EXPECT_EQ(to_string(get<Date>("birthday")), "1999-01-02");
  EXPECT_EQ(get<CategoryCode>("terminal"), CategoryCode{1});
  EXPECT_EQ(get<CategoryCode>("city"), CategoryCode{1});
  EXPECT_EQ(get<CategoryCode>("channel"), CategoryCode{1});
  EXPECT_EQ(get<CategoryCode>("plan"), CategoryCode{0});
  EXPECT_TRUE(is_null(cell("referrer")));
  EXPECT_EQ(get<CategoryCode>("stage"), CategoryCode{2});
  EXPECT_EQ(get<CategoryCode>("level"), CategoryCode{0});
  EXPECT_EQ(codes("interests"), (std::vector<int>{0, 1}));
  EXPECT_EQ(codes("stages"), (std::vector<int>{0, 2}));
  EXPECT_EQ(codes("tags"), std::vector<int>());
  EXPECT_TRUE(is_null(cell("past")));
  EXPECT_TRUE(get<bool>("is_young"));
  EXPECT_EQ(get<Number>("twice_age"), Number(50));
  EXPECT_EQ(get<Number>("data_ratio"), Number(0.25));
  EXPECT_EQ(check(), "fine");
  EXPECT_EQ(view.unusable(), 0u);
}

TEST_F(StructSchemaTest, FollowsTheStruct) {
  user.age = 70;
  user.past = {{Stage::active}};
  EXPECT_EQ(get<Number>("age"), Number(70));
  EXPECT_FALSE(get<bool>("is_young"));
  EXPECT_EQ(codes("past"), std::vector<int>{1});
  Subscriber other;
  other.age = 30;
  view.reset(other);
  EXPECT_EQ(get<Number>("age"), Number(30));
}

TEST_F(StructSchemaTest, MissingValuesAreNull) {
  user.score = std::numeric_limits<float>::quiet_NaN();
  user.plan_gb.reset();
  user.city = "";
  user.channel = nullptr;
  for (const std::string_view tag : {"score", "plan_gb", "city", "channel", "data_ratio"}) {
    EXPECT_TRUE(is_null(cell(tag))) << tag;
  }
  EXPECT_EQ(view.unusable(), 0u);
  EXPECT_EQ(check(), "fine");
  user.used_gb = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(check(), "missing_value: the tag 'used_gb' is not nullable and needs a value");
}

TEST_F(StructSchemaTest, UnknownCategoriesAreRefusedByCheckAndCountedByViews) {
  user.terminal = "Hauwei";
  EXPECT_TRUE(is_null(cell("terminal")));
  EXPECT_EQ(view.unusable(), 1u);
  EXPECT_EQ(check(),
            "unknown_category: the tag 'terminal' has no category 'Hauwei'; did you mean "
            "'Huawei'?");
  user.terminal = "iPhone";
  user.interests = {"opera", "video"};
  EXPECT_EQ(codes("interests"), std::vector<int>{0});
  EXPECT_EQ(view.unusable(), 2u);
  EXPECT_EQ(check(), "unknown_category: the tag 'interests' has no category 'opera'");
  user.interests.clear();
  user.stage = static_cast<Stage>(3);
  EXPECT_TRUE(is_null(cell("stage")));
  EXPECT_EQ(check(),
            "unknown_category: the tag 'stage' has no category at position 3: its positions are "
            "0 to 2");
}

TEST_F(StructSchemaTest, UnknownCategoriesMayCountAsNull) {
  user.city = "Atlantis";
  user.level = Level::low;
  user.tags = {"a", "zebra"};
  EXPECT_TRUE(is_null(cell("city")));
  EXPECT_TRUE(is_null(cell("level")));
  EXPECT_EQ(codes("tags"), std::vector<int>{0});
  EXPECT_EQ(view.unusable(), 3u);
  EXPECT_EQ(check(), "fine");
}

TEST_F(StructSchemaTest, DaysOutsideTheCalendarAreRefused) {
  user.birthday =
      year_month_day{std::chrono::year(2023), std::chrono::month(2), std::chrono::day(30)};
  EXPECT_TRUE(is_null(cell("birthday")));
  EXPECT_EQ(check(),
            "bad_date: the tag 'birthday' is given no day of the calendar, 0001-01-01 to "
            "9999-12-31");
  user = {};
  user.joined.days = std::numeric_limits<std::int32_t>::max();
  EXPECT_TRUE(is_null(cell("joined")));
  user.contract_end = sys_days(std::chrono::days(-1'000'000));
  EXPECT_TRUE(is_null(cell("contract_end")));
  EXPECT_EQ(view.unusable(), 3u);
}

TEST_F(StructSchemaTest, GivesTheKey) {
  std::string buffer;
  const std::string_view key_of_user = bound.key(user, buffer);
  EXPECT_EQ(key_of_user, "13800000001");
  EXPECT_EQ(key_of_user.data(), user.id.data());
  const auto by_number = schema<Subscriber>(key("balance", &Subscriber::balance_cents),
                                            field("age", &Subscriber::age));
  EXPECT_EQ(by_number->key(user, buffer), "9007199254740993");
  const auto keyless = schema<Subscriber>(field("age", &Subscriber::age));
  EXPECT_EQ(keyless->key(user, buffer), "");
  EXPECT_EQ(keyless->schema().key(), "");
  const auto made = schema<Subscriber>(
      key("id", [](const Subscriber& s) { return "s" + std::to_string(s.age); }));
  EXPECT_EQ(made->key(user, buffer), "s25");
}

TEST_F(StructSchemaTest, CopiesShareTheBinding) {
  const StructSchema<Subscriber> copy = bound;
  const auto copied = copy.view(user);
  EXPECT_EQ(std::get<Number>(copied.cell(*copy.schema().find("age"))), Number(25));
}

TEST(StructSchema, FailsWhereTheSchemaDoes) {
  const auto twice =
      schema<Subscriber>(field("age", &Subscriber::age), field("age", &Subscriber::lines));
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().message, "two tags are named 'age'");
  const auto cycle = schema<Subscriber>(derived("a", "b"), derived("b", "a"));
  EXPECT_EQ(cycle.error().code, Errc::derived_cycle);
  const auto empty = schema<Subscriber>(field("terminal", &Subscriber::terminal, values({})));
  EXPECT_EQ(empty.error().message, "the tag 'terminal' of type category needs its 'values'");
}

struct Flags {
  std::string id = "1";
  bool plain = true;
  std::optional<bool> missing;
  std::optional<bool> no = false;
  double fee = 96;
  bool last = true;
};

TEST(StructView, GivesAllBooleansAtOnce) {
  const auto bound = *schema<Flags>(
      field("plain", &Flags::plain), derived("twice", "fee * 2"), key("id", &Flags::id),
      field("missing", &Flags::missing), field("no", &Flags::no), field("fee", &Flags::fee),
      field("not_last", [](const Flags& flags) { return !flags.last; }),
      field("last", &Flags::last));
  const Flags flags;
  std::vector<std::uint8_t> out(bound.schema().size(), 9);
  ASSERT_TRUE(bound.view(flags).booleans(out));
  EXPECT_EQ(out, (std::vector<std::uint8_t>{1, 9, 2, 0, 9, 0, 1}));
}

/// The same cells, one by one.
class OneByOne final : public UserView {
 public:
  explicit OneByOne(const UserView& view) : view_(view) {}
  Cell cell(TagId tag) const override { return view_.cell(tag); }

 private:
  const UserView& view_;
};

TEST(StructView, EncodesAtOnceAsOneByOne) {
  const auto bound = *schema<Flags>(field("plain", &Flags::plain), field("fee", &Flags::fee),
                                    field("missing", &Flags::missing), field("no", &Flags::no));
  std::vector<Predicate> predicates;
  for (const int tag : {3, 0, 2}) {
    for (int asked = 0; asked < 40; ++asked) {  // over several words
      Predicate& predicate = predicates.emplace_back();
      predicate.tag = static_cast<TagId>(tag);
      if (asked % 2 != 0) predicate.codes.push_back(CategoryCode{0});
      if (asked % 3 != 0) predicate.codes.push_back(CategoryCode{1});
      predicate.null = asked % 5 == 0 && tag != 0;
    }
  }
  const Encoder encoder(bound.schema(), predicates);
  for (int user = 0; user < 18; ++user) {
    const std::optional<bool> any[] = {false, true, std::nullopt};
    Flags flags;
    flags.plain = user % 2 != 0;
    flags.missing = any[user / 2 % 3];
    flags.no = any[user / 6];
    const auto view = bound.view(flags);
    EXPECT_EQ(*encoder.encode(view, {}), *encoder.encode(OneByOne(view), {}));
    std::string bits, expected;
    for (std::size_t i = 0; i < predicates.size(); ++i) {
      bits += (*encoder.encode(view, {}))[i / 64] >> (i % 64) & 1 ? '1' : '0';
      expected += holds(predicates[i], view.cell(predicates[i].tag), {}) ? '1' : '0';
    }
    EXPECT_EQ(bits, expected);
  }
}

TEST(StructSchemaLimits, AreTheCallers) {
  struct Two {
    bool a, b;
  };
  Limits limits;
  limits.max_tags = 1;
  const auto bound = schema<Two>(limits, field("a", &Two::a), field("b", &Two::b));
  ASSERT_FALSE(bound);
  EXPECT_EQ(bound.error().code, Errc::limit);
  limits.max_tags = 2;
  EXPECT_TRUE(schema<Two>(limits, field("a", &Two::a), field("b", &Two::b)));
}

}  // namespace
}  // namespace muster
