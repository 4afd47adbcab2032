#include "policy/tmf671_text.hpp"

namespace muster::testing {
namespace {

std::string segment_of(const std::string& criteria_group, const std::string& relation = {}) {
  const std::string json = foreign(criteria_group);
  return read_one(relation.empty()
                      ? json
                      : std::string(json).insert(
                            json.find(R"("criteriaGroup")"),
                            R"("criteriaGroupLogicalRelationship": ")" + relation + R"(", )"))
      .segment;
}

TEST(FromTmf671, ReadsComparisonsAsRules) {
  const auto rule = [](const std::string& op, const std::string& value) {
    return segment_of("[" + group({criterion("fee", op, value)}) + "]");
  };
  EXPECT_EQ(rule("=", "96"), "fee = 96");
  EXPECT_EQ(rule("<>", "-96.5"), "fee <> -96.5");
  EXPECT_EQ(rule("<", "9223372036854775807"), "fee < 9223372036854775807");
  EXPECT_EQ(rule("<=", "0"), "fee <= 0");
  EXPECT_EQ(rule(">", "1e3"), "fee > 1000.0");
  EXPECT_EQ(rule("=", "007"), "fee = '007'");
  EXPECT_EQ(rule("=", "inf"), "fee = 'inf'");
  EXPECT_EQ(rule("=", "1e999"), "fee = '1e999'");
  EXPECT_EQ(rule("=", ""), "fee = ''");
  EXPECT_EQ(rule("=", "true"), "fee = TRUE");
  EXPECT_EQ(rule("=", "it's"), "fee = 'it''s'");
  EXPECT_EQ(segment_of("[" + group({criterion("plan fee", "=", "1")}) + "]"), "\"plan fee\" = 1");
  EXPECT_EQ(segment_of("[" + group({criterion("and", "=", "1")}) + "]"), "\"and\" = 1");
}

TEST(FromTmf671, JoinsCriteria) {
  const std::string a = criterion("a", "=", "1"), b = criterion("b", "=", "2"),
                    c = criterion("c", "=", "3");
  EXPECT_EQ(segment_of("[" + group({a, b, c}) + "]"), "(a = 1) AND (b = 2) AND (c = 3)");
  EXPECT_EQ(segment_of("[" + group({a, b}, "OR") + "]"), "(a = 1) OR (b = 2)");
  EXPECT_EQ(segment_of("[" + group({a, b}, "OR") + "," + group({c}) + "]"),
            "((a = 1) OR (b = 2)) AND (c = 3)");
  EXPECT_EQ(segment_of("[" + group({a, b}) + "," + group({c}) + "]", "OR"),
            "((a = 1) AND (b = 2)) OR (c = 3)");
}

TEST(FromTmf671, JoinsRulesOfAPart) {
  const Policy policy = read_one(
      foreign("[" +
              group({criterion("segment", "MusterRule", "a OR b"), criterion("c", "=", "3"),
                     criterion("suitability", "MusterRule", "d")}) +
              "," + group({criterion("suitability", "MusterRule", "e")}) + "]"));
  EXPECT_EQ(policy.segment, "(a OR b) AND (c = 3)");
  EXPECT_EQ(policy.suitability, "(d) AND (e)");
}

class Tmf671CriteriaErrors : public ::testing::TestWithParam<Case> {};

TEST_P(Tmf671CriteriaErrors, AreAllShownInPlace) {
  EXPECT_EQ(errors_of(GetParam().json), GetParam().expected);
}

const auto name_of = [](const auto& made) { return std::string(made.param.name); };

INSTANTIATE_TEST_SUITE_P(
    Pattern, Tmf671CriteriaErrors,
    ::testing::Values(
        Case{"Missing",
             pattern(R"("priority": 1)"),
             {"1:38: error: a pattern needs the key 'criteriaGroup'",
              "1:38: error: a pattern needs the key 'action'"}},
        Case{"Two",
             R"({"id": "X", "name": "n", "pattern": [{}, {}]})",
             {"1:37: error: a policy has one pattern, this promotion 2"}},
        Case{"Priority",
             pattern(kAction + R"(, "criteriaGroup": [], "priority": 1.5)"),
             {"2:53: error: 'criteriaGroup' may not be empty",
              "2:69: error: 'priority' must be a whole number from -1000000 to 1000000"}},
        Case{"Relation",
             pattern(kAction + R"(, "criteriaGroupLogicalRelationship": "and",
                     "criteriaGroup": [{"criteria": [], "criteriaLogicalRelationship": "XOR"}])"),
             {"2:72: error: 'criteriaGroupLogicalRelationship' must be AND or OR, not 'and'; did "
              "you mean 'AND'?",
              "3:53: error: 'criteria' may not be empty",
              "3:88: error: 'criteriaLogicalRelationship' must be AND or OR, not 'XOR'; did "
              "you mean 'OR'?"}},
        Case{"CriterionWithoutAll",
             criteria("{},\n{\"criteriaOperator\": \"==\", \"criteriaValue\": 1}"),
             {"3:1: error: a criterion needs the key 'criteriaParameter'",
              "3:1: error: a criterion needs the key 'criteriaOperator'",
              "3:1: error: a criterion needs the key 'criteriaValue'",
              "4:1: error: a criterion needs the key 'criteriaParameter'",
              "4:22: error: 'criteriaOperator' must be =, <>, <, <=, >, >= or MusterRule, not "
              "'=='",
              "4:45: error: 'criteriaValue' must be a string, not a number"}},
        Case{
            "EmptyParameter",
            criteria(R"({"criteriaParameter": "", "criteriaOperator": "=", "criteriaValue": "1"})"),
            {"3:23: error: 'criteriaParameter' may not be empty"}},
        Case{"UnknownRule",
             criteria(R"({"criteriaParameter": "segments", "criteriaOperator": "MusterRule",
"criteriaValue": "a"})"),
             {"3:23: error: 'criteriaParameter' must be segment, eligibility, applicability or "
              "suitability, not 'segments'; did you mean 'segment'?"}},
        Case{"BadRule",
             criteria(R"({"criteriaParameter": "segment", "criteriaOperator": "MusterRule",
"criteriaValue": "\"a\" = = 1"})"),
             {"4:27: error: expected a tag or a constant, found '='"}},
        Case{"NoSegment",
             criteria(R"({"criteriaParameter": "suitability", "criteriaOperator": "MusterRule",
"criteriaValue": "a"})"),
             {"2:53: error: a promotion needs a criterion for its segment"}},
        Case{"SeveralRulesByOr",
             pattern(kAction + R"(, "criteriaGroup": [{"criteriaLogicalRelationship": "OR",
"criteria": [{"criteriaParameter": "suitability", "criteriaOperator": "MusterRule",
"criteriaValue": "a"}, {"criteriaParameter": "b", "criteriaOperator": "=", "criteriaValue": "c"}]}])"),
             {"3:13: error: 'criteria' of several rules of a policy can not be joined by OR"}}),
    name_of);

}  // namespace
}  // namespace muster::testing
