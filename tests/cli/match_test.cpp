#include "cli/run_tool.hpp"

namespace muster {
namespace {

using Match = ToolWithUsers;

const std::string matches =
    "user,policy\n"
    "u1,P1\n"
    "u1,P2\n"
    "\"u,2\",\"P,3\"\n"
    "u3,P1\n"
    "u3,\"P,3\"\n";

TEST_F(Match, ListsPoliciesOfEachUser) {
  const Ran ran = run("match catalogue.json --users users.csv --today 2026-01-01");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.out, matches);
  EXPECT_EQ(ran.err, "");
}

TEST_F(Match, DependsOnTheDay) {
  const Ran later = run("match catalogue.json --users users.csv --today 2026-05-20");
  EXPECT_EQ(later.out, "user,policy\nu1,P1\n\"u,2\",\"P,3\"\nu3,P1\nu3,P2\nu3,\"P,3\"\n");
}

TEST_F(Match, GivesTheSameOnAnyNumberOfThreads) {
  for (const char* threads : {"0", "1", "2", "7"}) {
    EXPECT_EQ(run("match catalogue.json --users users.csv --today 2026-01-01 --threads " +
                  std::string(threads))
                  .out,
              matches);
  }
}

TEST_F(Match, WritesAFileWhole) {
  const Ran ran = run("match catalogue.json --users users.csv --today 2026-01-01 --out m.csv");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(text("m.csv"), matches);
}

TEST_F(Match, WritesToDevicesAsTheyAre) {
  EXPECT_EQ(run("match catalogue.json --users users.csv --out /dev/null").exit, 0);
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
  EXPECT_EQ(run("match catalogue.json --users users.csv --out /dev/full").err,
            "muster: error: cannot write '/dev/full': No space left on device\n");
}

TEST_F(Match, LeavesTheOldFileWhereItFails) {
  file("m.csv", "old");
  file("users.csv", "id,fee\nu1,96\n");
  EXPECT_EQ(run("match catalogue.json --users users.csv --out m.csv").exit, 1);
  EXPECT_EQ(text("m.csv"), "old");
}

TEST_F(Match, SaysWhereItCannotWrite) {
  const Ran folder = run("match catalogue.json --users users.csv --out nowhere/m.csv");
  EXPECT_EQ(folder.exit, 1);
  EXPECT_EQ(folder.err, "muster: error: cannot write 'nowhere/m.csv': No such file or directory\n");
  const Ran full = shell(MUSTER_TOOL " match catalogue.json --users users.csv > /dev/full");
  EXPECT_EQ(full.exit, 1);
  EXPECT_EQ(full.err, "muster: error: cannot write standard output: No space left on device\n");
}

TEST_F(Match, EndsQuietlyWhereNobodyReads) {
  std::string rows = "id,fee,brand,loyal,until,likes\n";
  for (int i = 0; i < 50'000; ++i) rows += "user" + std::to_string(i) + ",96,Apple,yes,,game\n";
  file("many.csv", rows);
  const Ran ran = shell("bash -c 'set -o pipefail; " MUSTER_TOOL
                        " match catalogue.json --users many.csv | head -1'");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.out, "user,policy\n");
  EXPECT_EQ(ran.err, "");
}

TEST_F(Match, ShowsStatisticsBesideTheData) {
  const Ran ran = run("match catalogue.json --users users.csv --today 2026-01-01 --stats");
  EXPECT_EQ(ran.out, matches);
  EXPECT_EQ(ran.err.rfind("3 users x 3 policies, 5 matches; counted in ", 0), 0u) << ran.err;
  EXPECT_NE(ran.err.find("users x rules a second"), std::string::npos);
}

TEST_F(Match, NumbersRowsWhereThereIsNoKey) {
  file("rows.json", R"({"schema": {"tags": [{"name": "fee", "type": "number"}]},
    "policies": [{"id": "A", "name": "a", "segment": "fee > 10"}]})");
  file("rows.csv", "fee\n11\n9\n12\n");
  EXPECT_EQ(run("match rows.json --users rows.csv").out, "user,policy\n1,A\n3,A\n");
}

TEST_F(Match, StopsAtABadCell) {
  file("users.csv",
       "id,fee,brand,loyal,until,likes\n"
       "u1,96,Apple,yes,,\"\"\n"
       "u2,cheap,Apple,yes,,\"\"\n");
  const Ran ran = run("match catalogue.json --users users.csv");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err,
            "users.csv:3:2: error: fee: 'cheap' is not a number\n"
            "users.csv: 1 bad cell; with --on-bad-cell null they count as NULL\n");
}

TEST_F(Match, GoesOnPastBadCellsIfTold) {
  file("users.csv",
       "id,fee,brand,loyal,until,likes\n"
       "u1,96,Appel,yes,soon,game\n"
       "u2,cheap,Apple,yes,,\"\"\n");
  const Ran ran = run("match catalogue.json --users users.csv --on-bad-cell null");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.out, "user,policy\nu1,P1\nu1,\"P,3\"\n");
  EXPECT_EQ(
      ran.err,
      "users.csv:2:3: warning: brand: 'Appel' is not among its categories; did you mean 'Apple'?\n"
      "users.csv:2:5: warning: until: 'soon' is not a date (YYYY-MM-DD)\n"
      "users.csv:3:2: warning: fee: 'cheap' is not a number\n"
      "users.csv: 3 bad cells, 1 row left out\n");
}

TEST_F(Match, RefusesUsersItCannotRead) {
  const Ran ran = run("match catalogue.json --users nobody.csv");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.err, "muster: error: cannot read 'nobody.csv': No such file or directory\n");
}

TEST_F(Match, RefusesABadCatalogue) {
  file("bad.json", "{}");
  const Ran ran = run("match bad.json --users users.csv");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err.rfind("bad.json:1:1: error: ", 0), 0u) << ran.err;
}

}  // namespace
}  // namespace muster
