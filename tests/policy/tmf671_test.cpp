#include "muster/policy/tmf671.hpp"

#include <tuple>

#include "policy/tmf671_text.hpp"

namespace muster {

bool operator==(const PolicyChannel& a, const PolicyChannel& b) {
  return std::tie(a.channel, a.script, a.lever) == std::tie(b.channel, b.script, b.lever);
}

bool operator==(const Policy& a, const Policy& b) {
  const auto all = [](const Policy& p) {
    return std::tie(p.id, p.name, p.segment, p.description, p.eligibility, p.applicability,
                    p.suitability, p.offering, p.state, p.service_class, p.tier, p.value, p.cost,
                    p.lever, p.valid.from, p.valid.until, p.quota, p.budget, p.groups, p.channels,
                    p.script);
  };
  return all(a) == all(b);
}

namespace testing {
namespace {

Policy plain_policy() {
  Policy policy;
  policy.id = "P1";
  policy.name = "Welcome";
  policy.segment = "fee > 1";
  return policy;
}

/// Every field other than usual.
Policy full_policy() {
  Policy policy;
  policy.id = "P168";
  policy.name = "存168得504";
  policy.segment = "套餐月费 = 96 OR SEGMENT(\"high value\")";
  policy.description = "deposit 168,\n\"get\" 504";
  policy.eligibility = "NOT complained";
  policy.applicability = "days_until(合约到期) < 60";
  policy.suitability = "brand <> 'Apple''s'";
  policy.offering = "po-96";
  policy.state = PolicyState::suspended;
  policy.service_class = ServiceClass::retention;
  policy.tier = -3;
  policy.value = -0.1;
  policy.cost = 336.55;
  policy.lever = 1.0 / 3;
  policy.valid = {*parse_moment("2026-03-01T00:00:00+08:00"),
                  *parse_moment("2026-04-01T00:00:00+08:00")};
  policy.quota = 999'999'999'999'999;
  policy.budget = 1e12;
  policy.groups = {"预存", "b"};
  policy.channels = {{0, "", 1}, {1, "您的套餐{plan_fee}元", 0}};
  policy.script = "Deposit {{168}}";
  return policy;
}

void expect_round_trip(const Policy& policy) {
  const std::vector<Channel> channels = two_channels();
  const std::string json = to_tmf671(policy, channels);
  const auto read = from_tmf671(json, channels);
  ASSERT_TRUE(read) << read.error().message << "\n" << json;
  ASSERT_EQ(read->size(), 1u);
  EXPECT_TRUE((*read)[0] == policy) << json;
}

TEST(ToTmf671, WritesAPromotion) {
  EXPECT_EQ(to_tmf671(plain_policy(), {}),
            R"({"@type":"MusterPromotion","@baseType":"Promotion","id":"P1","name":"Welcome",)"
            R"("lifecycleStatus":"release","promotionType":"sales","pattern":[{"priority":1,)"
            R"("criteriaGroupLogicalRelationship":"AND","criteriaGroup":[{)"
            R"("criteriaLogicalRelationship":"AND","criteria":[{"criteriaParameter":"segment",)"
            R"("criteriaOperator":"MusterRule","criteriaValue":"fee > 1"}]}],)"
            R"("action":[{"actionType":"currency","actionValue":"0"}]}]})");
}

TEST(ToTmf671, WritesEveryField) {
  EXPECT_EQ(
      to_tmf671(full_policy(), two_channels()),
      R"({"@type":"MusterPromotion","@baseType":"Promotion","id":"P168","name":"存168得504",)"
      R"("description":"deposit 168,\n\"get\" 504","lifecycleStatus":"suspend",)"
      R"("promotionType":"retention","validFor":{"startDateTime":"2026-02-28T16:00:00Z",)"
      R"("endDateTime":"2026-03-31T16:00:00Z"},"pattern":[{"priority":-3,)"
      R"("criteriaGroupLogicalRelationship":"AND","criteriaGroup":[{)"
      R"("criteriaLogicalRelationship":"AND","criteria":[{"criteriaParameter":"segment",)"
      R"("criteriaOperator":"MusterRule",)"
      R"x("criteriaValue":"套餐月费 = 96 OR SEGMENT(\"high value\")"},)x"
      R"({"criteriaParameter":"eligibility","criteriaOperator":"MusterRule",)"
      R"("criteriaValue":"NOT complained"},{"criteriaParameter":"applicability",)"
      R"("criteriaOperator":"MusterRule","criteriaValue":"days_until(合约到期) < 60"},)"
      R"({"criteriaParameter":"suitability","criteriaOperator":"MusterRule",)"
      R"("criteriaValue":"brand <> 'Apple''s'"}]}],"action":[{"actionType":"currency",)"
      R"("actionValue":"336.55","actionEntityRef":{"id":"po-96",)"
      R"("@referredType":"ProductOffering"}}]}],"value":-0.1,"lever":0.3333333333333333,)"
      R"("quota":999999999999999,"budget":1000000000000,"exclusionGroup":["预存","b"],)"
      R"("channel":[{"id":"shop"},{"id":"hotline","script":"您的套餐{plan_fee}元","lever":0}],)"
      R"("script":"Deposit {{168}}"})");
}

TEST(ToTmf671, MendsTextsAndLeavesOutMomentsPastTheCalendar) {
  Policy policy = plain_policy();
  policy.name =
      "a\xff"
      "b";
  policy.valid = {{-62'135'596'801}, {253'402'300'800}};  // a second before and after the calendar
  const std::string json = to_tmf671(policy, {});
  EXPECT_NE(json.find(R"("name":"a�b")"), std::string::npos) << json;
  EXPECT_EQ(json.find("validFor"), std::string::npos) << json;
}

TEST(Tmf671, EveryFieldSurvives) {
  expect_round_trip(plain_policy());
  expect_round_trip(full_policy());
}

TEST(Tmf671, EveryStateAndClassSurvive) {
  for (unsigned i = 0; i < 6; ++i) {
    Policy policy = plain_policy();
    policy.state = static_cast<PolicyState>(i);
    policy.service_class = static_cast<ServiceClass>(5 - i);
    expect_round_trip(policy);
  }
}

TEST(Tmf671, HalfOpenValiditiesSurvive) {
  Policy policy = plain_policy();
  policy.valid.from = {-62'135'596'800};  // 0001-01-01
  expect_round_trip(policy);
  policy.valid = {Validity().from, {253'402'300'799}};  // the last second of 9999
  expect_round_trip(policy);
}

TEST(Tmf671, ListsSurviveInOrder) {
  const std::vector<Policy> policies{full_policy(), plain_policy()};
  const std::string json = to_tmf671(policies, two_channels());
  EXPECT_EQ(json, "[" + to_tmf671(policies[0], two_channels()) + "," +
                      to_tmf671(policies[1], two_channels()) + "]");
  const auto read = from_tmf671(json, two_channels());
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_TRUE(*read == policies);
  EXPECT_EQ(to_tmf671(std::span<const Policy>(), {}), "[]");
  EXPECT_TRUE(from_tmf671("[]", {}).value().empty());
}

TEST(FromTmf671, ReadsForeignPromotions) {
  const Policy policy = read_one(foreign("[" + group({criterion("fee", ">=", "96")}) + "]"));
  Policy expected;
  expected.id = "X";
  expected.name = "Foreign";
  expected.segment = "fee >= 96";
  expected.state = PolicyState::draft;
  EXPECT_TRUE(policy == expected);
}

TEST(FromTmf671, ReadsTheStandardsTypesAsIncentives) {
  const std::string groups = "[" + group({criterion("a", "=", "1")}) + "]";
  for (const std::string type : {"Award", "Discount", "Reduction"}) {
    const Policy policy = read_one(foreign(groups, R"("promotionType": ")" + type + R"(",)"));
    EXPECT_EQ(policy.service_class, ServiceClass::incentive);
  }
}

TEST(FromTmf671, NarrowsTheValidityToThatOfThePattern) {
  std::string json =
      foreign("[" + group({criterion("a", "=", "1")}) + "]",
              R"("validFor": {"startDateTime": "2026-01-01T00:00:00.000Z", "endDateTime": )"
              R"("2026-12-31T00:00:00.52Z"},)");
  EXPECT_EQ(to_string(read_one(json).valid.from), "2026-01-01T00:00:00Z");
  EXPECT_EQ(to_string(read_one(json).valid.until), "2026-12-31T00:00:01Z");
  json.insert(json.find(R"("criteriaGroup")"),
              R"("validFor": {"startDateTime": "2026-02-01T00:00:00Z"}, )");
  EXPECT_EQ(to_string(read_one(json).valid.from), "2026-02-01T00:00:00Z");
  EXPECT_EQ(to_string(read_one(json).valid.until), "2026-12-31T00:00:01Z");
}

}  // namespace
}  // namespace testing
}  // namespace muster
