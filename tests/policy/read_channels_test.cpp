#include <gtest/gtest.h>

#include "policy/catalogue_text.hpp"

namespace muster {
namespace {

using Lines = std::vector<std::string>;

std::string channels(const std::string& entries) {
  return "\"policies\": [], \"channels\": [\n" + entries + "]";
}

TEST(ReadChannels, ReadsEveryKey) {
  const Catalogue catalogue = catalogue_from(channels(
      R"({"id": "hotline", "name": "热线", "kind": "account_manager", "mode": "active", "cost": 2.5,
          "daily_capacity": 500, "hours": [{}], "classes": ["sales", "service"],
          "preferred_when": "brand = '华为'"},
         {"id": "app"}, {"id": "shop", "mode": "cooperative"})"));
  ASSERT_EQ(catalogue.channels().size(), 3u);
  const Channel& hotline = catalogue.channels()[0];
  EXPECT_EQ(hotline.id, "hotline");
  EXPECT_EQ(hotline.name, "热线");
  EXPECT_EQ(hotline.kind, ChannelKind::account_manager);
  EXPECT_TRUE(hotline.active);
  EXPECT_EQ(hotline.cost, 2.5);
  EXPECT_EQ(hotline.daily_capacity, 500u);
  EXPECT_EQ(hotline.hours.size(), 1u);
  EXPECT_EQ(hotline.classes, 0b010001);
  EXPECT_EQ(hotline.preferred_when, "brand = '华为'");
  const Channel& app = catalogue.channels()[1];
  EXPECT_EQ(app.name, "app");
  EXPECT_EQ(app.kind, ChannelKind::digital);
  EXPECT_FALSE(app.active);
  EXPECT_EQ(app.cost, 0);
  EXPECT_EQ(app.daily_capacity, 0u);
  EXPECT_TRUE(app.hours.empty());
  EXPECT_EQ(app.classes, 0x3f);
  EXPECT_EQ(app.preferred_when, "");
  EXPECT_FALSE(catalogue.channels()[2].active);
}

TEST(ReadChannels, AreFoundById) {
  const Catalogue catalogue = catalogue_from(channels(R"({"id": "b"}, {"id": "a"})"));
  EXPECT_EQ(catalogue.find_channel("b"), 0u);
  EXPECT_EQ(catalogue.find_channel("a"), 1u);
  EXPECT_EQ(catalogue.find_channel("c"), 2u);
}

// A ledger's outbox has a desk for each shop and installer, beside one for each channel.
TEST(ReadChannels, AreNoDesks) {
  EXPECT_EQ(errors_in(channels(R"({"id": "shop:1"},
{"id": "installer:"}, {"id": "shop"}, {"id": "the shop:1"})")),
            (Lines{"3:8: error: a channel's id must not begin with 'shop:', as desks do",
                   "4:8: error: a channel's id must not begin with 'installer:', as desks do"}));
}

TEST(ReadChannels, SaysWhatIsWrong) {
  EXPECT_EQ(errors_in("\"policies\": [], \"channels\": {}"),
            (Lines{"2:29: error: 'channels' must be an array, not an object"}));
  EXPECT_EQ(
      errors_in(channels(R"(1, {}, {"id": ""}, {"id": 2},
{"id": "a"}, {"id": "a"})")),
      (Lines{"3:1: error: a channel must be an object, not a number",
             "3:4: error: a channel needs the key 'id'", "3:15: error: a channel's id is empty",
             "3:27: error: 'id' must be a string, not a number",
             "4:21: error: another channel has the id 'a' already"}));
  EXPECT_EQ(errors_in(channels(R"({"id": "a", "knd": "digital",
"kind": "shop", "mode": "passive",
"cost": -1, "daily_capacity": 1.5,
"classes": ["sale", "sales", "sales"],
"preferred_when": "brnd = 'x'", "name": 1})")),
            (Lines{"3:13: error: a channel has no key 'knd'; did you mean 'kind'?",
                   "4:9: error: 'kind' must be own_shop, partner_shop, digital or "
                   "account_manager, not 'shop'",
                   "4:25: error: 'mode' must be cooperative or active, not 'passive'",
                   "5:9: error: 'cost' must be a number from 0 to 1000000000000",
                   "5:31: error: 'daily_capacity' must be a whole number from 0 to "
                   "1000000000000000",
                   "6:13: error: a service class must be sales, strategic, incentive, retention, "
                   "service or sensitive, not 'sale'; did you mean 'sales'?",
                   "6:30: error: a service class is named twice",
                   "7:20: error: unknown tag 'brnd'; did you mean 'brand'?",
                   "7:41: error: 'name' must be a string, not a number"}));
  EXPECT_EQ(errors_in(channels(R"({"id": "a", "classes": []})")),
            (Lines{"3:24: error: 'classes' may not be empty"}));
}

TEST(ReadChannels, AreLimited) {
  Limits limits;
  limits.max_channels = 1;
  EXPECT_EQ(errors_in(channels(R"({"id": "a"}, {"id": "b"})"), limits),
            (Lines{"2:29: error: 2 channels are more than max_channels (1)"}));
  EXPECT_EQ(errors_in(channels(R"({"id": "a"})"), limits), (Lines{"no error"}));
  limits.max_channels = 1'000'000;
  std::string many = R"({"id": "0"})";
  for (int i = 1; i <= 65'535; ++i) many += R"(,{"id": ")" + std::to_string(i) + "\"}";
  EXPECT_EQ(errors_in(channels(many), limits),
            (Lines{"2:29: error: 65536 channels are more than max_channels (65535)"}));
}

TEST(ReadClassTable, ReplacesTheRowsThatItNames) {
  const ClassTable table =
      catalogue_from(
          R"("policies": [], "class_channels": {"sales": ["own_shop"], "sensitive": []})")
          .class_table();
  EXPECT_TRUE(table.may_carry(ChannelKind::own_shop, ServiceClass::sales));
  EXPECT_FALSE(table.may_carry(ChannelKind::digital, ServiceClass::sales));
  EXPECT_FALSE(table.may_carry(ChannelKind::own_shop, ServiceClass::sensitive));
  EXPECT_TRUE(table.may_carry(ChannelKind::account_manager, ServiceClass::retention));
}

TEST(ReadClassTable, SaysWhatIsWrong) {
  EXPECT_EQ(errors_in(R"("policies": [], "class_channels": [])"),
            (Lines{"2:35: error: 'class_channels' must be an object, not an array"}));
  EXPECT_EQ(errors_in(R"("policies": [], "class_channels": {
"sale": [],
"sales": "digital",
"service": ["digtal", "digital", "digital"]})"),
            (Lines{"3:1: error: 'class_channels' has no key 'sale'; did you mean 'sales'?",
                   "4:10: error: 'sales' must be an array, not a string",
                   "5:13: error: a channel kind must be own_shop, partner_shop, digital or "
                   "account_manager, not 'digtal'; did you mean 'digital'?",
                   "5:34: error: a channel kind is named twice"}));
}

}  // namespace
}  // namespace muster
