#include "muster/decide/tmf680.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/json_document.hpp"
#include "muster/decide/engine.hpp"

namespace muster {
namespace {

constexpr Moment noon{1'774'872'000};  // 2026-03-30T12:00:00Z

/// "A" and "B" are offered, the better first; "C" is not released.
Catalogue small_catalogue() {
  auto catalogue = Catalogue::from_json(R"({"version": "v7",
    "schema": {"key": "id", "tags": [{"name": "fee", "type": "number"}]},
    "channels": [{"id": "sms", "name": "短信", "kind": "digital", "cost": 1},
                 {"id": "app", "name": "App", "kind": "digital"}],
    "policies": [
      {"id": "B", "name": "Small", "segment": "fee > 1", "value": 10},
      {"id": "A", "name": "存168得504", "description": "deposit", "segment": "fee > 1",
       "value": 100, "lever": 2, "offering": "po-96",
       "channels": ["app", {"id": "sms", "script": "您的套餐{fee}元"}]},
      {"id": "C", "name": "Later", "segment": "fee > 1", "state": "draft"}],
    "arbitration": {"primary": 1},
    "propensity": {"constants": [{"probability": 0.5}]}})");
  EXPECT_TRUE(catalogue) << catalogue.error().message;
  return *std::move(catalogue);
}

PolicyView decide(std::string_view key = "u1") {
  Engine engine;
  const Catalogue catalogue = small_catalogue();
  EXPECT_TRUE(engine.deploy(catalogue));
  User user(catalogue.schema());
  EXPECT_TRUE(user.set("fee", 96));
  return engine.decide({key, user}, noon).value();
}

/// The value under keys and positions, as written: at(json, {"a", "0"}).
std::string at(const std::string& json, const std::vector<std::string>& path) {
  const auto document = JsonDocument::parse(json, json.size());
  if (!document) return document.error().message;
  JsonNode node = document->root();
  for (const std::string& step : path) {
    if (node.kind() == JsonKind::array) {
      auto element = node.elements().begin();
      for (int i = std::stoi(step); i > 0; --i) ++element;
      node = *element;
    } else if (const auto member = node.find(step)) {
      node = *member;
    } else {
      return "nothing";
    }
  }
  return json.substr(node.range().begin, node.range().end - node.range().begin);
}

TEST(ToTmf680, SaysWhoWasDecidedForAndWhen) {
  const PolicyView view = decide();
  const std::string json = to_tmf680(view);
  EXPECT_EQ(at(json, {"@type"}), "\"MusterRecommendation\"");
  EXPECT_EQ(at(json, {"@baseType"}), "\"QueryProductRecommendation\"");
  EXPECT_EQ(at(json, {"id"}), fmt::format("\"{:016x}\"", view.decision_id()));
  EXPECT_EQ(at(json, {"state"}), "\"done\"");
  EXPECT_EQ(at(json, {"relatedParty"}), R"({"id":"u1","@referredType":"Customer"})");
  EXPECT_EQ(at(json, {"decisionDate"}), "\"2026-03-30T12:00:00Z\"");
  EXPECT_EQ(at(json, {"catalogue"}), fmt::format(R"({{"version":"v7","contentHash":"{:016x}"}})",
                                                 view.catalogue().content_hash()));
  EXPECT_EQ(at(json, {"holdout"}), "false");
  EXPECT_EQ(at(json, {"validFor"}), "nothing");
}

TEST(ToTmf680, HasAnItemForEachOfferInOrder) {
  const PolicyView view = decide();
  ASSERT_EQ(view.offers().size(), 2u);
  const std::string json = to_tmf680(view);
  const std::string items = at(json, {"recommendationItem"});
  EXPECT_EQ(at(items, {"0", "id"}), "\"A\"");
  EXPECT_EQ(at(items, {"0", "priority"}), "1");
  EXPECT_EQ(at(items, {"0", "promotion"}),
            R"({"id":"A","name":"存168得504","@referredType":"Promotion"})");
  EXPECT_EQ(at(items, {"0", "productOffering"}),
            R"({"id":"po-96","@referredType":"ProductOffering"})");
  EXPECT_EQ(at(items, {"0", "product", "productOffering"}), at(items, {"0", "productOffering"}));
  EXPECT_EQ(at(items, {"0", "product", "description"}), "\"deposit\"");
  EXPECT_EQ(at(items, {"1", "id"}), "\"B\"");
  EXPECT_EQ(at(items, {"1", "priority"}), "2");
  EXPECT_EQ(at(items, {"1", "product", "name"}), "\"Small\"");
  EXPECT_EQ(at(items, {"1", "productOffering"}), "nothing");
  EXPECT_EQ(at(items, {"1", "product", "description"}), "nothing");
}

TEST(ToTmf680, TakesTheScoreApart) {
  const PolicyView view = decide();
  const Offer& offer = view.offers()[0];
  const std::string json = to_tmf680(view);
  const auto number = [](std::string_view name, double value) {
    return fmt::format(R"({{"name":"{}","valueType":"number","value":{}}})", name, value);
  };
  EXPECT_EQ(at(json, {"recommendationItem", "0", "product", "productCharacteristic"}),
            R"([{"name":"reason","valueType":"string","value":"primary"},)" +
                number("score", offer.score) + "," + number("propensity", 0.5) + "," +
                number("value", 100) + "," + number("context", 1) + "," + number("lever", 2) + "," +
                number("contactCost", offer.contact_cost) + "]");
  EXPECT_EQ(at(json, {"recommendationItem", "1", "product", "productCharacteristic", "0", "value"}),
            "\"secondary\"");
}

TEST(ToTmf680, ListsChannelsAsRanked) {
  const PolicyView view = decide();
  const std::string json = to_tmf680(view);
  const auto& channels = view.offers()[0].channels;
  ASSERT_EQ(channels.size(), 2u);
  EXPECT_EQ(view.catalogue().channels()[channels[0].channel].id, "app");
  EXPECT_EQ(at(json, {"recommendationItem", "0", "channel"}),
            fmt::format(R"([{{"id":"app","name":"App","@referredType":"Channel",)"
                        R"("preferred":false,"propensity":0.5,"rank":{}}},)"
                        R"({{"id":"sms","name":"短信","@referredType":"Channel",)"
                        R"("preferred":false,"propensity":0.5,"rank":{},)"
                        R"("script":"您的套餐96元"}}])",
                        channels[0].rank, channels[1].rank));
}

TEST(ToTmf680, ListsOmissions) {
  EXPECT_EQ(at(to_tmf680(decide()), {"omission"}),
            R"([{"promotion":{"id":"C","name":"Later","@referredType":"Promotion"},)"
            R"("reason":"not_released"}])");
}

TEST(ToTmf680, GivesTheSameBytesForTheSameDecision) {
  EXPECT_EQ(to_tmf680(decide()), to_tmf680(decide()));
  EXPECT_NE(to_tmf680(decide()), to_tmf680(decide("u2")));
}

TEST(ToTmf680, MendsKeysThatAreNotUtf8) {
  EXPECT_EQ(at(to_tmf680(decide("a\xff")), {"relatedParty", "id"}), "\"a\uFFFD\"");
}

}  // namespace
}  // namespace muster
