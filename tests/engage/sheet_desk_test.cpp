#include "muster/engage/sheet_desk.hpp"

#include <gtest/gtest.h>

#include "each_store.hpp"

namespace muster::testing {
namespace {

class Sheets : public EachStore {
 protected:
  void SetUp() override {
    EachStore::SetUp();
    if (!IsSkipped()) desk.emplace(*ledger);
  }
  Sheet created() { return desk->create(command(), {"broadband 88", "u1", "s1", "i1"}).value(); }
  Result<Sheet> step(std::uint64_t sheet, SheetStep what, SheetRole by, std::string text = {},
                     std::string suggestion = {}) {
    return desk->step(command(later(60)), sheet,
                      {what, by, std::move(text), std::move(suggestion)});
  }

  std::optional<SheetDesk> desk;
};
MUSTER_IN_EACH_STORE(Sheets);

TEST_P(Sheets, LieOnTheDeskOfWhoIsToActNext) {
  using enum SheetStep;
  using enum SheetRole;
  const std::uint64_t id = created().id;
  EXPECT_EQ(desk->sheets_on("shop:s1")->size(), 1u);
  ASSERT_TRUE(step(id, fill, shop, "两个孩子", "视频会员"));
  EXPECT_EQ(desk->sheets_on("shop:s1")->size(), 0u);
  EXPECT_EQ(desk->sheets_on(installer_desk("i1"))->size(), 1u);
  ASSERT_TRUE(step(id, SheetStep::read, installer));
  ASSERT_TRUE(step(id, answer, installer, "要了会员"));
  EXPECT_EQ(desk->sheets_on("shop:s1")->size(), 1u);
  ASSERT_TRUE(step(id, close, shop, "谢谢"));
  EXPECT_EQ(desk->sheets_on("shop:s1")->size(), 0u);
  const Sheet closed = desk->find(id).value();
  EXPECT_EQ(closed.state, SheetState::closed);
  EXPECT_EQ(closed.order, "broadband 88");
  EXPECT_EQ(closed.knowledge, "两个孩子");
  EXPECT_EQ(closed.suggestion, "视频会员");
  EXPECT_EQ(closed.answer, "要了会员");
  EXPECT_EQ(closed.feedback, "谢谢");
  EXPECT_EQ(closed.changed, later(60));
  EXPECT_EQ(ledger->outbox("shop:s1", 10)->size(), 2u);
  EXPECT_EQ(ledger->outbox("installer:i1", 10)->size(), 2u);
  EXPECT_EQ(ledger->timeline("u1")->size(), 5u);
}

TEST_P(Sheets, SameKeySameAnswerOneEffect) {
  const SheetRequest request{"broadband 88", "u1", "s1", "i1"};
  const Sheet made = desk->create({"k", noon}, request).value();
  const SheetEntry filled{SheetStep::fill, SheetRole::shop, "text", ""};
  const Sheet first = desk->step({"f", noon}, made.id, filled).value();
  ASSERT_TRUE(step(made.id, SheetStep::read, SheetRole::installer));
  EXPECT_EQ(desk->create({"k", noon}, request).value(), made);
  EXPECT_EQ(desk->step({"f", noon}, made.id, filled).value(), first);
  EXPECT_EQ(ledger->timeline("u1")->size(), 3u);
  EXPECT_EQ(desk->create({"k", noon}, {"other", "u1", "s1", "i1"}).error().code, Errc::key_reused);
}

TEST_P(Sheets, RefusalsHaveNoEffect) {
  EXPECT_EQ(step(99, SheetStep::read, SheetRole::installer).error().message,
            "the ledger has no sheet 99");
  EXPECT_EQ(desk->find(99).error().code, Errc::unknown_sheet);
  EXPECT_EQ(desk->create(command(), {"", "u1", "s1", "i1"}).error().message,
            "an installation order must not be empty");
  const Sheet sheet = created();
  EXPECT_EQ(step(sheet.id, SheetStep::read, SheetRole::installer).error().code, Errc::illegal_step);
  EXPECT_EQ(desk->find(sheet.id).value(), sheet);
}

TEST_P(Sheets, AreOfShopsThatTheDirectoryHas) {
  const auto shops = ShopDirectory::from_json(R"({"shops": [{"id": "s1", "name": "东门店",
        "longitude": 116.4, "latitude": 39.9}]})");
  ASSERT_TRUE(shops) << shops.error().message;
  SheetDesk strict(*ledger, *shops);
  EXPECT_TRUE(strict.create(command(), {"broadband 88", "u1", "s1", "i1"}));
  const auto refused = strict.create(command(), {"broadband 88", "u1", "s2", "i1"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::unknown_shop);
  EXPECT_EQ(refused.error().message, "the directory has no shop 's2'; did you mean 's1'?");
  EXPECT_EQ(strict.create(command(), {"broadband 88", "u1", "west", "i1"}).error().message,
            "the directory has no shop 'west'");
}

}  // namespace
}  // namespace muster::testing
