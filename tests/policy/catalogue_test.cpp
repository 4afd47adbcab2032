#include "muster/policy/catalogue.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "policy/catalogue_text.hpp"
#include "policy/whole_catalogue.hpp"

namespace muster {
namespace {

const std::string kSegments = R"json(
  "dear": "fee >= 96 OR SEGMENT(heavy)",
  "heavy": "ratio > 0.9"
)json";
const std::string kPolicies = R"json(
  {"id": "P2", "name": "存168得504", "segment": "SEGMENT(dear) AND brand = '华为'",
   "description": "for dear plans"},
  // comments are allowed
  {"id": "P1", "name": "All", "segment": "TRUE"},
  {"id": "P10", "name": "Gamers", "segment": "interests HAS ANY ('game')"}
)json";

Catalogue good() { return Catalogue::from_json(catalogue_json(kSegments, kPolicies)).value(); }

User user(const Catalogue& catalogue, double fee, double used_gb, const char* brand) {
  User user(catalogue.schema());
  user.set("fee", fee).value();
  user.set("used_gb", used_gb).value();
  user.set("plan_gb", 10).value();
  user.set("brand", brand).value();

  user.set("interests", {"game"}).value();
  return user;
}

std::vector<RuleId> matched(const RuleSet& rules, const UserView& who) {
  const auto bits = rules.encoder().encode(who, Date{}).value();
  Scratch scratch(rules);
  std::vector<RuleId> ids(rules.size());
  ids.resize(rules.match(bits, scratch, ids));
  return ids;
}

TEST(Catalogue, HoldsWhatTheFileSays) {
  const Catalogue catalogue = good();
  EXPECT_EQ(catalogue.schema().key(), "id");
  EXPECT_EQ(catalogue.schema().size(), 8u);
  ASSERT_EQ(catalogue.segments().size(), 2u);
  EXPECT_EQ(catalogue.segments()[0].name, "dear");
  EXPECT_EQ(catalogue.segments()[1].rule, "ratio > 0.9");
  ASSERT_EQ(catalogue.policies().size(), 3u);
  EXPECT_EQ(catalogue.policies()[0].id, "P2");
  EXPECT_EQ(catalogue.policies()[0].name, "存168得504");
  EXPECT_EQ(catalogue.policies()[0].description, "for dear plans");
  EXPECT_EQ(catalogue.policies()[1].segment, "TRUE");
  EXPECT_EQ(catalogue.policies()[1].description, "");
}

TEST(Catalogue, HoldsTheSettingsOfDecisions) {
  const Catalogue catalogue = Catalogue::from_json(whole_catalogue()).value();
  EXPECT_EQ(catalogue.version(), "2026-11.1");
  EXPECT_EQ(catalogue.time_zone().name(), "Asia/Shanghai");
  EXPECT_EQ(catalogue.currency(), "CNY");
  EXPECT_EQ(catalogue.channels().size(), 2u);
  EXPECT_EQ(catalogue.contact_rules().size(), 4u);
  EXPECT_FALSE(catalogue.class_table().may_carry(ChannelKind::digital, ServiceClass::service));
  EXPECT_EQ(catalogue.arbitration().primary, 4u);
  EXPECT_EQ(catalogue.propensities().constants.size(), 1u);
  EXPECT_EQ(catalogue.propensities().logistic.size(), 1u);
  EXPECT_EQ(catalogue.holdout().share, 0.02);
  EXPECT_EQ(catalogue.holdout().key, "2026");
  ASSERT_EQ(catalogue.test_users().size(), 2u);
  EXPECT_EQ(catalogue.test_users()[0], "c1");
  EXPECT_EQ(catalogue.test_users()[1], "c2");
}

TEST(Catalogue, SettingsMayBeMissing) {
  const Catalogue catalogue = good();
  EXPECT_EQ(catalogue.version(), "");
  EXPECT_EQ(catalogue.time_zone().name(), "UTC");
  EXPECT_EQ(catalogue.currency(), "");
  EXPECT_TRUE(catalogue.channels().empty());
  EXPECT_EQ(catalogue.find_channel("app"), 0u);
  EXPECT_TRUE(catalogue.contact_rules().empty());
  EXPECT_TRUE(catalogue.class_table().may_carry(ChannelKind::digital, ServiceClass::sales));
  EXPECT_EQ(catalogue.arbitration().primary, 1u);
  EXPECT_TRUE(catalogue.propensities().constants.empty());
  EXPECT_TRUE(catalogue.propensities().logistic.empty());
  EXPECT_EQ(catalogue.holdout().share, 0);
  EXPECT_TRUE(catalogue.test_users().empty());
}

TEST(Catalogue, FindsPoliciesById) {
  const Catalogue catalogue = good();
  EXPECT_EQ(catalogue.find("P2"), 0u);
  EXPECT_EQ(catalogue.find("P1"), 1u);
  EXPECT_EQ(catalogue.find("P10"), 2u);
  EXPECT_EQ(catalogue.find("P"), 3u);
  EXPECT_EQ(catalogue.find(""), 3u);
  EXPECT_EQ(catalogue.find("p1"), 3u);
}

TEST(Catalogue, CompilesPoliciesInOrder) {
  const Catalogue catalogue = good();
  const RuleSet rules = catalogue.compile().value();
  EXPECT_EQ(rules.size(), 3u);
  using Ids = std::vector<RuleId>;
  EXPECT_EQ(matched(rules, user(catalogue, 96, 1, "华为")), (Ids{0, 1, 2}));
  EXPECT_EQ(matched(rules, user(catalogue, 59, 9.5, "华为")), (Ids{0, 1, 2}));
  EXPECT_EQ(matched(rules, user(catalogue, 59, 9, "华为")), (Ids{1, 2}));
  EXPECT_EQ(matched(rules, user(catalogue, 96, 1, "Apple")), (Ids{1, 2}));
}

TEST(Catalogue, CheckerKnowsTheSegments) {
  Checker checker = good().checker();
  EXPECT_TRUE(checker.check("SEGMENT(dear) AND NOT SEGMENT(heavy)"));
  EXPECT_EQ(checker.check("SEGMENT(cheap)").error().code, Errc::unknown_segment);
}

TEST(Catalogue, RuleBuilderKnowsTheSegmentsAndTheLimits) {
  const Limits three_rules{.max_rules = 3};
  const auto catalogue = Catalogue::from_json(catalogue_json(kSegments, kPolicies), three_rules);
  RuleSetBuilder builder = catalogue->rule_builder();
  EXPECT_EQ(builder.add("SEGMENT(dear)").value(), 0u);
  EXPECT_EQ(builder.add("SEGMENT(cheap)").error().code, Errc::unknown_segment);
  EXPECT_EQ(builder.define("heavy", "TRUE").error().code, Errc::duplicate_name);
  ASSERT_TRUE(builder.add("TRUE"));
  ASSERT_TRUE(builder.add("TRUE"));
  EXPECT_EQ(builder.add("TRUE").error().code, Errc::limit);
  const RuleSet rules = std::move(builder).compile().value();
  EXPECT_EQ(matched(rules, user(*catalogue, 59, 9.5, "Apple")).front(), 0u);
}

TEST(Catalogue, SegmentsAndPoliciesMayBeFew) {
  const auto none = Catalogue::from_json(
      R"({"schema": {"tags": [{"name": "a", "type": "bool"}]}, "policies": []})");
  ASSERT_TRUE(none) << none.error().message;
  EXPECT_EQ(none->segments().size(), 0u);
  EXPECT_EQ(none->policies().size(), 0u);
  EXPECT_EQ(none->find("P1"), 0u);
  EXPECT_EQ(none->compile().value().size(), 0u);
}

TEST(Catalogue, WarnsWhereRulesLookOdd) {
  const std::string json = catalogue_json(R"("calm": "NOT complained")",
                                          R"(
  {"id": "P1", "name": "Never", "segment": "fee > 9 AND fee < 3"},
  {"id": "P2", "name": "Always", "segment": "fee IS NOT NULL"})");
  const auto catalogue = Catalogue::from_json(json);
  ASSERT_TRUE(catalogue) << catalogue.error().message;
  EXPECT_EQ(first_lines(catalogue->warnings(), json),
            (std::vector<std::string>{"13:45: warning: the rule is never true",
                                      "14:46: warning: the rule is true for every user"}));
}

TEST(Catalogue, ReadsFiles) {
  const auto file = std::filesystem::temp_directory_path() / "muster_catalogue_test.json";
  std::ofstream(file) << catalogue_json(kSegments, kPolicies);
  EXPECT_EQ(Catalogue::read(file).value().policies().size(), 3u);
  std::filesystem::remove(file);
  const auto missing = Catalogue::read(file);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Errc::io);
  EXPECT_EQ(missing.error().message,
            "cannot read '" + file.string() + "': No such file or directory");
}

TEST(Catalogue, CopiesShareOneBody) {
  const Catalogue first = good();
  const Catalogue second = first;  // NOLINT: the copy is the point
  EXPECT_EQ(first.policies().data(), second.policies().data());
}

}  // namespace
}  // namespace muster
