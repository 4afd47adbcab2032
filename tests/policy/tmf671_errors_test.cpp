#include "policy/tmf671_text.hpp"

namespace muster::testing {
namespace {

class Tmf671Errors : public ::testing::TestWithParam<Case> {};

TEST_P(Tmf671Errors, AreAllShownInPlace) {
  EXPECT_EQ(errors_of(GetParam().json), GetParam().expected);
}

const auto name_of = [](const auto& made) { return std::string(made.param.name); };

INSTANTIATE_TEST_SUITE_P(
    Promotion, Tmf671Errors,
    ::testing::Values(
        Case{"NotJson", "[{", {"1:3: error: the text ends too early"}},
        Case{"NotAPromotion", "96", {"1:1: error: a promotion must be an object, not a number"}},
        Case{"NotPromotions",
             "[[], null]",
             {"1:2: error: a promotion must be an object, not an array",
              "1:6: error: a promotion must be an object, not null"}},
        Case{"Nothing",
             "{}",
             {"1:1: error: a promotion needs the key 'id'",
              "1:1: error: a promotion needs the key 'name'",
              "1:1: error: a promotion needs the key 'pattern'"}},
        Case{"TwoOfOneId",
             "[" + promotion("\"@x\": 1") + ",\n" + promotion("\"@x\": 1") + "]",
             {"3:36: error: another promotion has the id 'X' already"}},
        Case{"EmptyId",
             R"({"id": "", "name": "n", "pattern": []})",
             {"1:8: error: a promotion's id is empty", "1:36: error: 'pattern' may not be empty"}},
        Case{"DuplicateKey",
             promotion(R"("@note": 1, "@note": 2)"),
             {"2:13: error: the key '@note' is given twice"}},
        Case{"UnknownKeys",
             promotion(R"("lifecycleState": 1, "zzz": 1)"),
             {"2:1: error: a promotion has no key 'lifecycleState'; did you mean "
              "'lifecycleStatus'?",
              "2:22: error: a promotion has no key 'zzz'"}},
        Case{"ExtensionOfAnother",
             promotion(R"("quota": 1)", "AcmePromotion"),
             {"2:1: error: a promotion has no key 'quota'"}},
        Case{"Words",
             promotion(R"("lifecycleStatus": "released", "promotionType": "retentoin")"),
             {"2:20: error: 'lifecycleStatus' must be draft, test, waitForApproval, release, "
              "suspend or retirement, not 'released'; did you mean 'release'?",
              "2:49: error: 'promotionType' must be sales, strategic, incentive, retention, "
              "service, sensitive, Award, Discount or Reduction, not 'retentoin'; did you mean "
              "'retention'?"}},
        Case{"Moments",
             promotion(R"("validFor": {"startDateTime": "2026-03-01", "endDateTime": )"
                       R"("2026-03-01T00:00:00.Z", "end": 1})"),
             {"2:31: error: 'startDateTime' must be a moment (2026-11-01T00:00:00+08:00), not "
              "'2026-03-01'",
              "2:60: error: 'endDateTime' must be a moment (2026-11-01T00:00:00+08:00), not "
              "'2026-03-01T00:00:00.Z'",
              "2:85: error: 'validFor' has no key 'end'"}},
        Case{"EndsBefore",
             promotion(R"("validFor": {"startDateTime": "2026-03-01T00:00:00Z", "endDateTime": )"
                       R"("2026-03-01T00:00:00Z"})"),
             {"2:13: error: the validity ends before it begins"}}),
    name_of);

TEST(Tmf671Limits, AreKept) {
  const std::string two = "[" + promotion("\"@x\": 1") + "," + promotion("\"@x\": 1") + "]";
  Limits limits;
  limits.max_rules = 1;
  EXPECT_EQ(errors_of(two, limits), Lines{"1:1: error: 2 promotions are more than max_rules (1)"});
  limits = {};
  limits.max_catalogue_bytes = 10;
  EXPECT_EQ(from_tmf671(two, {}, limits).error().code, Errc::limit);
  limits = {};
  limits.max_rule_bytes = 10;
  const std::string comparison =
      R"({"criteriaParameter": "a", "criteriaOperator": "=", "criteriaValue": "1"})";
  EXPECT_EQ(errors_of(criteria(comparison), limits), Lines{"no error"});
  const auto joined = from_tmf671(criteria(comparison + "," + comparison), {}, limits);
  ASSERT_FALSE(joined);
  EXPECT_EQ(joined.error().code, Errc::limit);
  EXPECT_TRUE(joined.error().message.starts_with("criteria for 'segment': "))
      << joined.error().message;
}

TEST(Tmf671Limits, HostileTextsTakeNoLong) {
  std::string keys = "\"@x\": 1";
  for (int i = 0; i < 200'000; ++i) keys += ",\"@k" + std::to_string(i) + "\":1";
  EXPECT_EQ(errors_of(promotion(keys)), Lines{"no error"});
  std::string channels = R"("channel": [{"id": "shop"})";
  for (int i = 0; i < 100'000; ++i) channels += R"(,{"id": "shp"})";
  const auto read = from_tmf671(promotion(channels + "]"), two_channels());
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().diagnostics.size(), 100'000u);
}

}  // namespace
}  // namespace muster::testing
