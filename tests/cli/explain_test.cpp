#include "cli/run_tool.hpp"

namespace muster {
namespace {

using ExplainCommand = ToolWithUsers;

const std::string command = "explain catalogue.json --users users.csv --today 2026-01-01 ";

TEST_F(ExplainCommand, SaysWhyAPolicyFits) {
  const Ran ran = run(command + "--user u1 --policy P2");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(
      ran.out,
      "user u1, policy P2 (Renew)\n"
      "for: SEGMENT(ending) AND loyal\n"
      "matches\n"
      "  yes  all of:\n"
      "  yes    SEGMENT(ending): days_until(until) BETWEEN 0 AND 30 (is '2026-01-20', in 19 days)\n"
      "  yes    loyal (is TRUE)\n");
}

TEST_F(ExplainCommand, SaysWhatWouldHaveToChange) {
  const Ran ran = run(command + "--user u,2 --policy P2");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.out,
            "user u,2, policy P2 (Renew)\n"
            "for: SEGMENT(ending) AND loyal\n"
            "does not match\n"
            "  no   all of:\n"
            "  null   SEGMENT(ending): days_until(until) BETWEEN 0 AND 30 (is NULL)\n"
            "  no     loyal (is FALSE)\n"
            "it would match with:\n"
            "  loyal\n"
            "  days_until(until) BETWEEN 0 AND 30\n");
}

TEST_F(ExplainCommand, RefusesUnknownUsersAndPolicies) {
  EXPECT_EQ(run(command + "--user u9 --policy P2").exit, 1);
  EXPECT_EQ(run(command + "--user u9 --policy P2").err,
            "muster: error: 'users.csv' has no user 'u9'\n");
  EXPECT_EQ(run(command + "--user u1 --policy P9").exit, 1);
  EXPECT_EQ(run(command + "--user u1 --policy P9").err,
            "muster: error: 'catalogue.json' has no policy 'P9'; did you mean 'P1'?\n");
  EXPECT_EQ(run(command + "--user u1 --policy elsewhere").err,
            "muster: error: 'catalogue.json' has no policy 'elsewhere'\n");
}

TEST_F(ExplainCommand, SaysThatAUserMayHaveBeenLeftOut) {
  file("users.csv",
       "id,fee,loyal,likes\nu1,1,yes,\nu2,x,yes,video\nu3,x,no,video\nu4,1,yes,video\n");
  const Ran ran = run(command + "--user u2 --policy P2 --on-bad-cell null");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_TRUE(
      ran.err.ends_with("muster: error: 'users.csv' has no user 'u2' among those that could "
                        "be read; 3 rows were left out\n"))
      << ran.err;
}

}  // namespace
}  // namespace muster
