#include "muster/plan/catalogue_analysis.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "findings_text.hpp"

namespace muster::testing {
namespace {

TEST(CatalogueAnalysis, FindsWhatIsOddAboutSegmentsAndWholeRules) {
  EXPECT_EQ(all(plan_catalogue(
                R"({"id": "A", "name": "n", "segment": "fee > 5", "eligibility": "fee < 9"},
                   {"id": "B", "name": "n", "segment": "fee > 5", "suitability": "fee < 5"},
                   {"id": "C", "name": "n", "segment": "quiet OR quiet IS NOT TRUE"},
                   {"id": "D", "name": "n", "segment": "fee > 6", "applicability": "fee < 8"},
                   {"id": "E", "name": "n", "segment": "fee < 9 AND fee > 5"})",
                R"("segments": {"none": "fee > 2 AND fee < 1", "all": "quiet OR quiet IS NOT TRUE",
                                "wide": "fee > 5", "narrow": "fee > 6", "same": "NOT fee <= 5"},)")),
            "SEGMENT(none) never; SEGMENT(all) always; SEGMENT(narrow) in SEGMENT(wide); "
            "SEGMENT(same) = SEGMENT(wide); "
            "B never; C always; D in A; E = A");
}

TEST(CatalogueAnalysis, LeavesContainmentOutThatIsWrittenDown) {
  EXPECT_EQ(all(plan_catalogue("", R"j("segments": {
      "quiet": "quiet", "dear": "fee > 9", "dear_and_quiet": "SEGMENT(dear) AND SEGMENT(quiet)",
      "of_it": "SEGMENT(dear_and_quiet) AND fee < 99", "either": "SEGMENT(quiet) OR fee > 100"},)j")),
            "SEGMENT(dear_and_quiet) in SEGMENT(either); SEGMENT(of_it) in SEGMENT(either)")
      << "these do not name each other";
}

TEST(CatalogueAnalysis, ShowsAUserOfTwoExclusivePolicies) {
  const auto overlaps = [](const std::string& a, const std::string& b) {
    return only(Kind::exclusive_overlap, plan_catalogue(a + "," + b));
  };
  EXPECT_EQ(overlaps(in_group("A", "", "fee > 10"), in_group("B", "", "fee < 20 AND quiet")),
            "A & B @g: fee > 10 AND fee < 20 AND quiet");
  EXPECT_EQ(overlaps(in_group("A", "", "fee > 10"), in_group("B", "", "fee < 5")), "");
  EXPECT_EQ(overlaps(in_group("A", R"("suitability": "fee < 20")", "fee > 10"),
                     in_group("B", "", "fee > 30")),
            "");
  EXPECT_EQ(overlaps(in_group("A", "", "fee > 10"), in_group("B", R"("groups": ["h"])", "quiet")),
            "");
  EXPECT_EQ(overlaps(in_group("A", R"("groups": ["g", "h"])", "fee > 10"),
                     in_group("B", R"("groups": ["h", "g"])", "quiet")),
            "A & B @g: fee > 10 AND quiet")
      << "once";
  EXPECT_EQ(overlaps(in_group("A", R"("state": "retired")"), in_group("B", "", "quiet")), "");
  EXPECT_EQ(overlaps(in_group("A", R"("valid": {"until": "2026-01-01"})"),
                     in_group("B", R"("valid": {"from": "2026-01-02"})", "quiet")),
            "");
  EXPECT_EQ(overlaps(in_group("A", R"("quota": 5)", "quiet OR quiet IS NOT TRUE"),
                     in_group("B", "", "quiet IS NULL OR quiet IS NOT NULL")),
            "A & B @g: TRUE");
  EXPECT_EQ(overlaps(in_group("A", "", "fee > 10"), in_group("B", "", "quiet OR quiet IS NULL")),
            "A & B @g: fee > 10 AND quiet IS NOT FALSE");
  EXPECT_EQ(overlaps(in_group("A", "", "fee < 10 OR fee > 20"), in_group("B", "", "quiet")),
            "A & B @g: (fee < 10 OR fee > 20) AND quiet");
}

TEST(CatalogueAnalysis, DoubtsExamplesThatNameDerivedTags) {
  const auto catalogue = Catalogue::from_json(R"({
    "schema": {"tags": [{"name": "a", "type": "number"}, {"name": "b", "type": "number"},
                        {"name": "sum", "type": "number", "nullable": true, "derived": "a + b"}]},
    "policies": [{"id": "A", "name": "n", "segment": "sum > 10", "groups": ["g"]},
                 {"id": "B", "name": "n", "segment": "a < 1", "groups": ["g"]}]})");
  const std::string found = all(catalogue.value());
  EXPECT_EQ(found, "A & B @g: sum > 10 AND a < 1?") << "b is used by way of the sum";
}

TEST(CatalogueAnalysis, FindsPoliciesThatNoChannelMayCarry) {
  EXPECT_EQ(all(plan_catalogue(R"(
      {"id": "A", "name": "n", "segment": "fee > 1 AND quiet", "class": "sensitive"},
      {"id": "B", "name": "n", "segment": "fee > 2 AND NOT quiet"},
      {"id": "C", "name": "n", "segment": "fee = 3", "class": "sensitive", "state": "retired"})")),
            "A no channel");
  const auto without = Catalogue::from_json(R"({
    "schema": {"tags": [{"name": "fee", "type": "number"}]},
    "policies": [{"id": "A", "name": "n", "segment": "fee > 1"}]})");
  EXPECT_EQ(all(without.value()), "") << "no channels at all";
  const auto narrow = Catalogue::from_json(R"({
    "schema": {"tags": [{"name": "fee", "type": "number"}]},
    "channels": [{"id": "app", "kind": "digital", "classes": ["service"]},
                 {"id": "shop", "kind": "own_shop"}],
    "policies": [{"id": "A", "name": "n", "segment": "fee > 1"},
                 {"id": "B", "name": "n", "segment": "fee < 1", "class": "service"}]})");
  EXPECT_EQ(all(narrow.value()), "A no channel");
}

TEST(CatalogueAnalysis, FindsTagsAndCategoriesThatNobodyNames) {
  const auto catalogue = Catalogue::from_json(R"j({
    "schema": {"tags": [
      {"name": "plan", "type": "category", "values": ["basic", "5G a", "5G b", "old", "none"]},
      {"name": "likes", "type": "set", "values": ["video", "game", "music"]},
      {"name": "mood", "type": "category", "values": ["good", "bad"]},
      {"name": "shown", "type": "category", "values": ["x", "y"]},
      {"name": "a", "type": "number"}, {"name": "idle", "type": "bool"},
      {"name": "part", "type": "number", "nullable": true, "derived": "a / 2"}]},
    "segments": {"s": "plan LIKE '5G%' OR 'basic' = plan"},
    "channels": [{"id": "app", "kind": "digital", "preferred_when": "likes HAS ANY ('video')"}],
    "policies": [{"id": "A", "name": "n", "segment": "part > 1 OR plan NOT IN ('old')",
                  "script": "{shown}"}],
    "propensity": {
  "logistic" : [ {
    "intercept" : 0,
    "terms" : [
      {"tag" : "mood", "category" : "good", "coefficient" : 1},
      {"tag" : "mood", "category" : "bad", "coefficient" : 1},
      {"tag" : "likes", "category" : "game", "coefficient" : 1}
    ]
  } ]
}
})j");
  EXPECT_EQ(all(catalogue.value()), "plan unused none; likes unused music; idle unused");
}

/// More pigeons than holes, each in a hole of its own: false, but hard to see.
std::string pigeons(int holes) {
  const auto in = [](int pigeon, int hole) { return fmt::format("p{}_{}", pigeon, hole); };
  std::string rule = "TRUE";
  for (int pigeon = 0; pigeon <= holes; ++pigeon) {
    rule += " AND (FALSE";
    for (int hole = 0; hole < holes; ++hole) rule += " OR " + in(pigeon, hole);
    rule += ")";
    for (int hole = 0; hole < holes; ++hole) {
      for (int other = 0; other < pigeon; ++other) {
        rule += " AND NOT (" + in(pigeon, hole) + " AND " + in(other, hole) + ")";
      }
    }
  }
  return rule;
}

TEST(CatalogueAnalysis, SaysWhereItGaveUp) {
  std::string tags;
  for (int pigeon = 0; pigeon <= 9; ++pigeon) {
    for (int hole = 0; hole < 9; ++hole) {
      tags += fmt::format(R"({{"name": "p{}_{}", "type": "bool"}},)", pigeon, hole);
    }
  }
  const auto catalogue = Catalogue::from_json(
      R"({"schema": {"tags": [)" + tags + R"({"name": "vip", "type": "bool"}]}, "policies": [
      {"id": "A", "name": "n", "groups": ["g"], "segment": ")" +
      pigeons(9) + R"("}, {"id": "B", "name": "n", "groups": ["g"], "segment": "vip"}]})");
  EXPECT_EQ(all(catalogue.value(), {.max_steps = 500}),
            "A, A? never or always; A, B? contained; A, B? overlap");
}

TEST(CatalogueAnalysis, SaysWhereRulesTogetherAreTooLong) {
  const auto catalogue = Catalogue::from_json(
      R"({"schema": {"tags": [{"name": "a", "type": "bool"}, {"name": "b", "type": "bool"}]},
          "policies": [
            {"id": "A", "name": "n", "segment": "a", "eligibility": "b", "groups": ["g"]},
            {"id": "B", "name": "n", "segment": "b", "groups": ["g"]},
            {"id": "C", "name": "n", "segment": "a", "groups": ["g"]}]})",
      {.max_rule_literals = 1});
  EXPECT_EQ(all(catalogue.value()), "A, A? too long; B & C @g: b AND a");
}

TEST(CatalogueAnalysis, BoundsTheNumberOfOverlapsItLooksFor) {
  static_assert(max_overlap_questions == 20'000);
  std::string policies;
  for (int i = 0; i <= 201; ++i) {
    policies +=
        fmt::format(R"({}{{"id": "{:03}", "name": "n", "segment": "fee = {}", "groups": ["g"]}})",
                    i == 0 ? "" : ",", i, i);
  }
  // 202 × 201 / 2 pairs are 20 301; they run out at the last 25 policies.
  const std::string found = all(plan_catalogue(policies));
  EXPECT_TRUE(found.starts_with("176, 176? all overlaps; 177, 177? all overlaps")) << found;
  EXPECT_TRUE(found.ends_with("200, 200? all overlaps; quiet unused")) << found;
}

TEST(CatalogueAnalysis, TellsOfItsProgressAndCanBeCancelled) {
  const auto catalogue = plan_catalogue(in_group("A", "") + "," + in_group("B", "", "quiet"));
  std::vector<std::uint64_t> done;
  const auto told = [&](std::uint64_t now, std::uint64_t total) {
    EXPECT_LE(now, total);
    done.push_back(now * 100 / total);
  };
  ASSERT_TRUE(analyse(catalogue, {}, {.progress = told}));
  ASSERT_FALSE(done.empty());
  EXPECT_TRUE(std::is_sorted(done.begin(), done.end()));
  EXPECT_EQ(done.back(), 100u);
  CancelToken cancel;
  cancel.cancel();
  const auto failed = analyse(catalogue, {}, {.cancel = &cancel});
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, Errc::cancelled);
  EXPECT_EQ(failed.error().message, "the analysis was cancelled");
}

}  // namespace
}  // namespace muster::testing
