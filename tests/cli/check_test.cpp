#include "cli/run_tool.hpp"

namespace muster {
namespace {

using Check = ToolWithUsers;

TEST_F(Check, SaysWhatTheCatalogueHolds) {
  const Ran ran = run("check catalogue.json");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err, "catalogue.json: 5 tags, 2 segments, 3 policies: no errors\n");
}

TEST_F(Check, ShowsEveryErrorInItsPlace) {
  file("bad.json", R"({
  "schema": {"tags": [{"name": "fee", "type": "number"}]},
  "policies": [
    {"id": "P1", "name": "存168得504", "segment": "fe = 96"},
    {"id": "P1", "segment": "fee > 'x'"}
  ]
})");
  const Ran ran = run("check bad.json");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err,
            "bad.json:4:50: error: unknown tag 'fe'; did you mean 'fee'?\n"
            "      {\"id\": \"P1\", \"name\": \"存168得504\", \"segment\": \"fe = 96\"},\n"
            "                                                     ^~\n"
            "bad.json:5:5: error: a policy needs the key 'name'\n"
            "      {\"id\": \"P1\", \"segment\": \"fee > 'x'\"}\n"
            "      ^\n"
            "bad.json:5:12: error: another policy has the id 'P1' already\n"
            "      {\"id\": \"P1\", \"segment\": \"fee > 'x'\"}\n"
            "             ^~~~\n"
            "bad.json:5:36: error: 'fee' is a number and can only be compared with a number, "
            "not with a text\n"
            "      {\"id\": \"P1\", \"segment\": \"fee > 'x'\"}\n"
            "                                     ^~~\n"
            "bad.json: 4 errors\n");
}

TEST_F(Check, ShowsWarningsAndPasses) {
  file("odd.json", R"({
  "schema": {"tags": [{"name": "fee", "type": "number"}]},
  "policies": [{"id": "P1", "name": "Nobody", "segment": "fee > 9 AND fee < 3"}]
})");
  const Ran ran = run("check odd.json");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.err,
            "odd.json:3:59: warning: the rule is never true\n"
            "    \"policies\": [{\"id\": \"P1\", \"name\": \"Nobody\", \"segment\": \"fee > 9 AND "
            "fee < 3\"}]\n"
            "                                                            ^~~~~~~~~~~~~~~~~~~\n"
            "odd.json: 1 warning\n"
            "odd.json: 1 tag, 0 segments, 1 policy: no errors\n");
}

TEST_F(Check, RefusesWhatItCannotRead) {
  EXPECT_EQ(run("check nowhere.json").exit, 1);
  EXPECT_EQ(run("check nowhere.json").err,
            "muster: error: cannot read 'nowhere.json': No such file or directory\n");
  EXPECT_EQ(run("check .").exit, 1);
  EXPECT_EQ(run("check .").err, "muster: error: cannot read '.': Is a directory\n");
}

TEST_F(Check, RefusesWhatIsNoJson) {
  file("no.json", "{\"schema\": \n  }");
  const Ran ran = run("check no.json");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.err,
            "no.json:2:3: error: unexpected '}'\n"
            "    }\n"
            "    ^\n"
            "no.json: 1 error\n");
}

}  // namespace
}  // namespace muster
