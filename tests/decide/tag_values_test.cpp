#include "decide/tag_values.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "draft.hpp"
#include "tags/predicate_text.hpp"

namespace muster::testing {
namespace {

const Schema& schema() {
  static const Schema made = *Schema::from_json(world_schema);
  return made;
}

std::vector<TagId> all_tags() {
  std::vector<TagId> out;
  for (std::size_t i = 0; i < schema().size(); ++i) out.push_back(static_cast<TagId>(i));
  return out;
}

TEST(TagValues, OutliveTheirUser) {
  TagReader reader;
  TagValues values;
  {
    User user = world_user(schema());
    ASSERT_TRUE(user.set("likes", {"app", "game"}));
    ASSERT_TRUE(user.set("brand", "vivo"));
    values = reader.read(schema(), user, all_tags());
  }
  const auto text = [&](std::uint16_t tag) {
    return cell_text(schema(), TagId{tag}, values[TagId{tag}]);
  };
  EXPECT_EQ(text(0), "96");
  EXPECT_EQ(text(2), "FALSE");
  EXPECT_EQ(text(4), "'vivo'");
  EXPECT_EQ(text(5), "('app', 'game')");
  EXPECT_EQ(text(6), "NULL");
  EXPECT_EQ(text(7), "1.25");  // derived
}

TEST(TagValues, HashesTellValuesApart) {
  const auto hash = [](const std::function<void(User&)>& change) {
    User user = world_user(schema());
    change(user);
    return TagReader().read(schema(), user, all_tags()).hash();
  };
  std::set<std::uint64_t> hashes;
  hashes.insert(hash([](User&) {}));
  EXPECT_EQ(*hashes.begin(), hash([](User&) {}));
  const auto add = [&](auto change) {
    EXPECT_TRUE(hashes.insert(hash(change)).second) << hashes.size();
  };
  add([](User& user) { EXPECT_TRUE(user.set("fee", 97)); });
  add([](User& user) { EXPECT_TRUE(user.set("fee", std::int64_t{9'007'199'254'740'992})); });
  add([](User& user) { EXPECT_TRUE(user.set("fee", std::int64_t{9'007'199'254'740'993})); });
  add([](User& user) { EXPECT_TRUE(user.set_null("arpu")); });
  add([](User& user) { EXPECT_TRUE(user.set("arpu", 0)); });
  add([](User& user) { EXPECT_TRUE(user.set("vip", true)); });
  add([](User& user) { EXPECT_TRUE(user.set_null("complained")); });
  add([](User& user) { EXPECT_TRUE(user.set("brand", "Apple")); });
  add([](User& user) { EXPECT_TRUE(user.set("brand", "vivo")); });
  add([](User& user) { EXPECT_TRUE(user.set("likes", std::span<const std::string_view>())); });
  add([](User& user) { EXPECT_TRUE(user.set("likes", {"app"})); });
  add([](User& user) { EXPECT_TRUE(user.set("likes", {"app", "game"})); });
  add([](User& user) { EXPECT_TRUE(user.set("contract_end", Date{0})); });
  add([](User& user) { EXPECT_TRUE(user.set("contract_end", Date{-1})); });
}

TEST(TagValues, AreOfOneUserAfterAnother) {
  User one = world_user(schema()), other = one;
  ASSERT_TRUE(one.set("likes", {"app", "game"}));
  ASSERT_TRUE(other.set("likes", {"sms"}));
  TagReader reader;
  const std::uint64_t before = reader.read(schema(), one, all_tags()).hash();
  const std::vector<TagId> likes{TagId{5}};
  const TagValues values = reader.read(schema(), other, likes);
  EXPECT_EQ(cell_text(schema(), TagId{5}, values[TagId{5}]), "('sms')");
  EXPECT_TRUE(is_null(values[TagId{0}]));
  EXPECT_EQ(reader.read(schema(), one, all_tags()).hash(), before);
}

TEST(TagValues, KnowNothingUnread) { EXPECT_TRUE(is_null(TagValues()[TagId{0}])); }

}  // namespace
}  // namespace muster::testing
