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

TEST_F(Analyse, ShowsSizesAndOverlaps) {
  const Ran ran = run("analyse catalogue.json --users users.csv --today 2026-01-01");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.out,
            "0 findings among 3 policies\n"
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

TEST_F(Analyse, RefusesBadUsers) {
  const Ran ran = run("analyse catalogue.json --users nobody.csv");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.out, "");
}

}  // namespace
}  // namespace muster
