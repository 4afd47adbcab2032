#include <gtest/gtest.h>

#include "rules/telco_checker.hpp"

namespace muster {
namespace {

using telco_world::telco_checker;

struct ErrorCase {
  const char* rule;
  Errc code;
  ByteRange range;
  const char* message;
  const char* suggestion = "";
};

TEST(CheckError, ErrorsSayWhatIsWrongAndWhere) {
  const ErrorCase cases[] = {
      {"plan_fe = 96", Errc::unknown_tag, {0, 7}, "unknown tag 'plan_fe'", "plan_fee"},
      {"heavy", Errc::unknown_tag, {0, 5}, "unknown tag 'heavy'", "SEGMENT(heavy)"},
      {"days_until(contract_ende) < 3",
       Errc::unknown_tag,
       {11, 24},
       "unknown tag 'contract_ende'",
       "contract_end"},
      {"SEGMENT(heavi)", Errc::unknown_segment, {0, 14}, "unknown segment 'heavi'", "heavy"},
      {"vip AND terminal = 'Hauwei'",
       Errc::unknown_category,
       {19, 27},
       "'Hauwei' is not a category of 'terminal'",
       "Huawei"},
      {"interests HAS ANY ('video', 'gane')",
       Errc::unknown_category,
       {28, 34},
       "'gane' is not a category of 'interests'",
       "game"},
      {"terminal LIKE 'X%'",
       Errc::unknown_category,
       {14, 18},
       "no category of 'terminal' begins with 'X'"},
      {"plan_fee",
       Errc::wrong_type,
       {0, 8},
       "'plan_fee' is a number, which is not a condition by itself"},
      {"vip AND interests",
       Errc::wrong_type,
       {8, 17},
       "'interests' is a set of categories, which is not a condition by itself"},
      {"plan_fee IS TRUE",
       Errc::wrong_type,
       {0, 8},
       "'plan_fee' is a number, which is not a condition by itself"},
      {"plan_fee = '96'",
       Errc::wrong_type,
       {11, 15},
       "'plan_fee' is a number and can only be compared with a number, not with a text"},
      {"plan_fee IN (1, TRUE)",
       Errc::wrong_type,
       {16, 20},
       "'plan_fee' is a number and can only be compared with a number, not with TRUE"},
      {"plan_fee > DATE '2025-01-01'",
       Errc::wrong_type,
       {11, 28},
       "'plan_fee' is a number and can only be compared with a number, not with a date"},
      {"vip = 1",
       Errc::wrong_type,
       {6, 7},
       "'vip' is a bool and can only be compared with TRUE or FALSE, not with a number"},
      {"vip > TRUE",
       Errc::wrong_type,
       {0, 10},
       "'vip' is a bool and can only stand alone or be compared with = TRUE or = FALSE"},
      {"terminal = 5",
       Errc::wrong_type,
       {11, 12},
       "'terminal' is a category and can only be compared with a text in single quotes, not with "
       "a number"},
      {"terminal < 'vivo'",
       Errc::wrong_type,
       {0, 17},
       "'terminal' is a category and can only be tested with =, <>, IN and LIKE"},
      {"terminal BETWEEN 'a' AND 'b'",
       Errc::wrong_type,
       {0, 28},
       "'terminal' is a category and can only be tested with =, <>, IN and LIKE"},
      {"interests = 'video'",
       Errc::wrong_type,
       {0, 19},
       "'interests' is a set of categories and can only be tested with HAS ANY and HAS ALL"},
      {"interests IN ('video')",
       Errc::wrong_type,
       {0, 22},
       "'interests' is a set of categories and can only be tested with HAS ANY and HAS ALL"},
      {"terminal HAS ANY ('vivo')",
       Errc::wrong_type,
       {0, 25},
       "'terminal' is a category and can only be tested with =, <>, IN and LIKE"},
      {"plan_fee LIKE 'x%'",
       Errc::wrong_type,
       {0, 18},
       "'plan_fee' is a number and can only be tested with =, <>, <, <=, >, >=, IN and BETWEEN"},
      {"joined = 5",
       Errc::wrong_type,
       {9, 10},
       "'joined' is a date and can only be compared with a day such as '2025-12-31', not with a "
       "number"},
      {"joined = '2025-02-29'",
       Errc::bad_date,
       {9, 21},
       "'2025-02-29' is not a day of the calendar, written YYYY-MM-DD"},
      {"days_until(plan_fee) < 3",
       Errc::wrong_type,
       {11, 19},
       "'plan_fee' is a number, not a date that days could be counted to"},
      {"days_until(joined) < '2025-01-01'",
       Errc::wrong_type,
       {21, 33},
       "the days until 'joined' can only be compared with a number of days, not with a text"},
      {"days_since(joined) < DATE '2025-01-01'",
       Errc::wrong_type,
       {21, 38},
       "the days since 'joined' can only be compared with a number of days, not with a date"},
  };
  Checker checker = telco_checker();
  for (const ErrorCase& c : cases) {
    const auto checked = checker.check(c.rule);
    ASSERT_FALSE(checked) << c.rule;
    EXPECT_EQ(checked.error().code, c.code) << c.rule;
    const auto& diagnostics = checked.error().diagnostics;
    ASSERT_EQ(diagnostics.size(), 1u) << c.rule;
    EXPECT_EQ(diagnostics[0].severity, Severity::error) << c.rule;
    EXPECT_EQ(diagnostics[0].code, c.code) << c.rule;
    EXPECT_EQ(diagnostics[0].message, c.message) << c.rule;
    EXPECT_EQ(diagnostics[0].suggestion, c.suggestion) << c.rule;
    EXPECT_EQ(diagnostics[0].range.begin, c.range.begin) << c.rule;
    EXPECT_EQ(diagnostics[0].range.end, c.range.end) << c.rule;
  }
}

TEST(CheckError, AllErrorsOfARuleAreReportedInOrder) {
  Checker checker = telco_checker();
  const auto checked =
      checker.check("a = 1 OR NOT (vip AND b IN (2)) OR (c > 1 AND vip IS NULL) IS NULL");
  ASSERT_FALSE(checked);
  std::vector<std::string> messages;
  for (const Diagnostic& d : checked.error().diagnostics) messages.push_back(d.message);
  EXPECT_EQ(messages,
            (std::vector<std::string>{"unknown tag 'a'", "unknown tag 'b'", "unknown tag 'c'"}));
}

struct WarningCase {
  const char* rule;
  Errc code;
  ByteRange range;
  const char* message;
};

TEST(CheckError, WarningsSayWhatIsSuspicious) {
  const WarningCase cases[] = {
      {"plan_fee > 5 AND plan_fee < 3", Errc::never_true, {0, 29}, "the rule is never true"},
      {"vip OR NOT vip", Errc::always_true, {0, 14}, "the rule is true for every user"},
      {"vip AND NOT complained",
       Errc::null_hazard,
       {12, 22},
       "users whose 'complained' is unknown do not match; write complained IS NOT TRUE to "
       "include them"},
      {"complained <> TRUE",
       Errc::null_hazard,
       {0, 18},
       "users whose 'complained' is unknown do not match; write complained IS NOT TRUE to "
       "include them"},
      {"arpu <> 5",
       Errc::null_hazard,
       {0, 9},
       "users whose 'arpu' is unknown do not match; add OR arpu IS NULL to include them"},
      {"NOT (vip OR arpu > 5)",
       Errc::null_hazard,
       {12, 20},
       "users whose 'arpu' is unknown do not match; add OR arpu IS NULL to include them"},
      {"city NOT IN ('北京')",
       Errc::null_hazard,
       {0, 22},
       "users whose 'city' is unknown do not match; add OR city IS NULL to include them"},
      {"NOT likes HAS ALL ('a', 'b')",
       Errc::null_hazard,
       {4, 28},
       "users whose 'likes' is unknown do not match; add OR likes IS NULL to include them"},
      {"NOT SEGMENT(heavy)",
       Errc::null_hazard,
       {4, 18},
       "users whose 'heavy' is unknown do not match; write SEGMENT(heavy) IS NOT TRUE to "
       "include them"},
      {"arpu <> 5 OR arpu NOT BETWEEN 1 AND 2",
       Errc::null_hazard,
       {0, 9},
       "users whose 'arpu' is unknown do not match; add OR arpu IS NULL to include them"},
  };
  Checker checker = telco_checker();
  for (const WarningCase& c : cases) {
    const auto checked = checker.check(c.rule);
    ASSERT_TRUE(checked) << c.rule;
    ASSERT_EQ(checked->warnings.size(), 1u) << c.rule;
    const Diagnostic& warning = checked->warnings[0];
    EXPECT_EQ(warning.severity, Severity::warning) << c.rule;
    EXPECT_EQ(warning.code, c.code) << c.rule;
    EXPECT_EQ(warning.message, c.message) << c.rule;
    EXPECT_EQ(warning.range.begin, c.range.begin) << c.rule;
    EXPECT_EQ(warning.range.end, c.range.end) << c.rule;
  }
}

// Each suggestion looks at every name; so many are enough for any honest set of rules.
TEST(CheckError, SuggestsWhileThatIsCheap) {
  std::vector<std::string> values;
  for (int i = 0; i < 50'000; ++i) values.push_back("a" + std::to_string(10'000 + i));
  Checker checker(*Schema::make({{.name = "c", .type = TagType::category, .values = values}}));
  const auto suggestion = [&](const char* rule) {
    return checker.check(rule).error().diagnostics.at(0).suggestion;
  };
  for (int i = 0; i < 39; ++i) EXPECT_EQ(suggestion("c = 'far from all of them'"), "");
  EXPECT_EQ(suggestion("c = 'a1000x'"), "a10000");
  EXPECT_EQ(suggestion("c = 'a1000x'"), "");
  EXPECT_EQ(suggestion("d = 'a10000'"), "");  // nor of tags
  EXPECT_EQ(checker.check("c = 'a1000x'").error().message, "'a1000x' is not a category of 'c'");
}

TEST(CheckError, NoWarningWhereNullIsSpokenOf) {
  Checker checker = telco_checker();
  for (const char* rule :
       {"arpu <> 5 OR arpu IS NULL", "arpu <> 5 AND arpu IS NOT NULL", "complained IS NOT TRUE",
        "(arpu > 5) IS NOT TRUE", "NOT vip", "plan_fee <> 3", "complained IS FALSE",
        "complained = FALSE", "NOT (arpu <> 5)", "NOT (complained IS TRUE)"}) {
    const auto checked = checker.check(rule);
    ASSERT_TRUE(checked) << rule;
    EXPECT_TRUE(checked->warnings.empty()) << rule << ": " << checked->warnings[0].message;
  }
}

}  // namespace
}  // namespace muster
