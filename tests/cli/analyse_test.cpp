#include "cli/run_tool.hpp"

namespace muster {
namespace {

using Analyse = ToolWithUsers;

const std::string odd_catalogue = R"({
  "schema": {"key": "id", "tags": [{"name": "fee", "type": "number"},
                                   {"name": "loyal", "type": "bool"}]},
  "policies": [
    {"id": "A", "name": "dear", "segment": "fee >= 96"},
    {"id": "B", "name": "dear again", "segment": "NOT fee < 96"},
    {"id": "C", "name": "dear and loyal", "segment": "loyal AND fee > 96"},
    {"id": "D", "name": "nobody", "segment": "fee > 9 AND fee < 3"},
    {"id": "E", "name": "everybody", "segment": "loyal OR NOT loyal"}
  ]
})";

TEST_F(Analyse, FindsWhatIsOddAboutPolicies) {
  file("odd.json", odd_catalogue);
  const Ran ran = run("analyse odd.json");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(ran.out,
            "4 findings among 5 policies\n"
            "  equal        A and B\n"
            "  contained    C in A\n"
            "  never true   D fits nobody\n"
            "  always true  E fits everybody\n");
}

TEST_F(Analyse, FindsWhatIsOddAboutAWholeCatalogue) {
  file("odd.json", R"j({
  "schema": {"tags": [{"name": "fee", "type": "number"}, {"name": "city", "type": "bool"},
                      {"name": "loyal", "type": "bool"}, {"name": "age", "type": "number"},
                      {"name": "days", "type": "number", "derived": "age * 365"}]},
  "segments": {"dear": "fee > 90", "dearer": "fee > 99", "none": "fee > 1 AND fee < 0"},
  "channels": [{"id": "app", "kind": "digital"}],
  "policies": [
    {"id": "A", "name": "first", "segment": "loyal", "tier": 0, "groups": ["g"]},
    {"id": "B", "name": "last", "segment": "loyal AND SEGMENT(dear)", "groups": ["g"]},
    {"id": "C", "name": "other", "segment": "fee < 5", "groups": ["g", "h"]},
    {"id": "D", "name": "shy", "segment": "days > 9000", "groups": ["h"], "class": "sensitive"}
  ]
})j");
  const Ran ran = run("analyse odd.json");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(ran.out,
            "8 findings among 4 policies\n"
            "  contained    SEGMENT(dearer) in SEGMENT(dear)\n"
            "  never true   SEGMENT(none) fits nobody\n"
            "  exclusive    A and C, of group g, both fit users where loyal AND fee < 5\n"
            "  contained    B in A\n"
            "  never wins   B: A, of group g too, comes first for all it fits\n"
            "  exclusive    C and D, of group h, may both fit users where fee < 5 AND days > 9000\n"
            "  no channel   none may carry D\n"
            "  unused       no rule, script or propensity names city\n");
}

TEST_F(Analyse, ShowsSizesAndOverlaps) {
  const Ran ran = run("analyse catalogue.json --users users.csv --today 2026-01-01");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.out,
            "2 findings among 3 policies\n"
            "  unused       no rule names 'Apple' of brand\n"
            "  unused       no rule names 'video' of likes\n"
            "\n"
            "audiences among 3 users\n"
            "  P1            2  66.7 %  存168得504\n"
            "  P2            1  33.3 %  Renew\n"
            "  P,3           2  66.7 %  Play\n"
            "\n"
            "largest overlaps\n"
            "  P1  and P2            1   50.0 % of P1, 100.0 % of P2\n"
            "  P1  and P,3           1   50.0 % of P1,  50.0 % of P,3\n");
}

TEST_F(Analyse, ShowsAsManyOverlapsAsAskedFor) {
  const Ran ran = run("analyse catalogue.json --users users.csv --today 2026-01-01 --top 0");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.out.substr(ran.out.find("largest")), "largest overlaps\n");
}

/// More pigeons than holes, each in a hole of its own: false, but hard to see.
std::string pigeons(int holes) {
  const auto in = [](int pigeon, int hole) {
    return "p" + std::to_string(pigeon) + "_" + std::to_string(hole);
  };
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

std::string pigeon_tags(int holes) {
  std::string tags;
  for (int pigeon = 0; pigeon <= holes; ++pigeon) {
    for (int hole = 0; hole < holes; ++hole) {
      tags += R"({"name": "p)" + std::to_string(pigeon) + "_" + std::to_string(hole) +
              R"(", "type": "bool"},)";
    }
  }
  return tags + R"({"name": "vip", "type": "bool"})";
}

TEST_F(Analyse, NamesWhatItGaveUpOn) {
  const std::string hard = pigeons(9);
  file("hard.json", R"j({"schema": {"tags": [)j" + pigeon_tags(9) + R"j(]}, "policies": [
    {"id": "A", "name": "a", "segment": ")j" +
                        hard + R"j("},
    {"id": "B", "name": "b", "segment": "vip OR ()j" +
                        hard + R"j()"},
    {"id": "C", "name": "c", "segment": "vip"}]})j");
  const Ran ran = run("analyse hard.json");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.out,
            "6 findings among 3 policies\n"
            "  gave up      A: too tangled to tell\n"
            "  gave up      A in B: too tangled to tell\n"
            "  gave up      A in C: too tangled to tell\n"
            "  gave up      B: too tangled to tell\n"
            "  gave up      B in C: too tangled to tell\n"
            "  contained    C in B\n");
}

TEST_F(Analyse, NamesExclusivePoliciesItGaveUpOn) {
  file("hard.json", R"j({"schema": {"tags": [)j" + pigeon_tags(9) + R"j(]}, "policies": [
    {"id": "A", "name": "a", "groups": ["g"], "segment": ")j" +
                        pigeons(9) + R"j("},
    {"id": "B", "name": "b", "groups": ["g"], "segment": "vip"}]})j");
  const Ran ran = run("analyse hard.json");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.out,
            "3 findings among 2 policies\n"
            "  gave up      A: too tangled to tell\n"
            "  gave up      A in B: too tangled to tell\n"
            "  gave up      A and B, of group g: too tangled to tell whether both fit some\n");
}

TEST_F(Analyse, SaysForHowManyPoliciesItShowsOverlaps) {
  std::string policies;
  for (int i = 0; i <= 5'000; ++i) {
    policies += (i == 0 ? "" : ",\n") + std::string(R"({"id": ")") + std::to_string(i) +
                R"(", "name": "n", "segment": "fee = )" + std::to_string(i) + "\"}";
  }
  file("many.json", R"({"schema": {"tags": [{"name": "fee", "type": "number"}]}, "policies": [)" +
                        policies + "]}");
  file("fees.csv", "fee\n3\n4\n");
  const Ran ran = run("analyse many.json --users fees.csv");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_TRUE(ran.out.ends_with("\n\noverlaps are shown for up to 5 000 policies\n"));
  EXPECT_EQ(ran.out.find("largest overlaps"), std::string::npos);
}

TEST_F(Analyse, RefusesBadUsers) {
  const Ran ran = run("analyse catalogue.json --users nobody.csv");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.out, "") << "no findings either";
  EXPECT_EQ(ran.err, "muster: error: cannot read 'nobody.csv': No such file or directory\n");
}

}  // namespace
}  // namespace muster
