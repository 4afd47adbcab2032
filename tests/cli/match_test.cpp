#include <algorithm>

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
  EXPECT_EQ(ran.err.rfind("3 users x 3 policies, 5 matches (", 0), 0u) << ran.err;
  for (const char* shown :
       {"\n  reading the catalogue ", "\n  reading the users ", "\n  compiling the rules ",
        "\n  encoding the users ", "\n  matching and writing ",
        "\ncounting alone: ", "billion users x rules a second\n",
        "\none user alone, values to policies: ", "µs (median of 3), 99 of 100 within "}) {
    EXPECT_NE(ran.err.find(shown), std::string::npos) << shown << ran.err;
  }
}

TEST_F(Match, NumbersRowsWhereThereIsNoKey) {
  file("rows.json", R"({"schema": {"tags": [{"name": "fee", "type": "number"}]},
    "policies": [{"id": "A", "name": "a", "segment": "fee > 10"}]})");
  file("rows.csv", "fee\n11\n9\n12\n");
  EXPECT_EQ(run("match rows.json --users rows.csv").out, "user,policy\n1,A\n3,A\n");
}

TEST_F(Match, MatchesMoreUsersThanItKeepsMatchesOf) {
  file("rows.json", R"({"schema": {"tags": [{"name": "n", "type": "number"}]},
    "policies": [{"id": "low", "name": "", "segment": "n < 2"},
                 {"id": "odd", "name": "", "segment": "n = 1 OR n = 3"}]
})");
  std::string rows = "n\n";
  std::string lines = "user,policy\n";
  for (int i = 0; i < 300'000; ++i) {
    const int n = i * 7 % 5;  // 2 and 4 match nothing, 1 matches both
    rows += std::to_string(n) + "\n";
    const std::string user = std::to_string(i + 1);
    if (n < 2) lines += user + ",low\n";
    if (n % 2 == 1) lines += user + ",odd\n";
  }
  file("rows.csv", rows);
  for (const char* threads : {"1", "2"}) {
    const Ran ran = run("match rows.json --users rows.csv --out m.csv --threads " +
                        std::string(threads) + " --stats");
    EXPECT_EQ(ran.exit, 0);
    EXPECT_TRUE(text("m.csv") == lines);
    EXPECT_EQ(ran.err.rfind("300 000 users x 2 policies, 240 000 matches (", 0), 0u) << ran.err;
  }
}

TEST_F(Match, StopsAtABadCell) {
  file("users.csv",
       "id,fee,brand,loyal,until,likes\n"
       "u1,96,Apple,yes,,\"\"\n"
       "u2,cheap,Apple,yes,,\"\"\n");
  const Ran ran = run("match catalogue.json --users users.csv");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(
      ran.err,
      "users.csv:3:2: error: fee: 'cheap' is not a number\n"
      "users.csv: 1 bad cell; with --on-bad-cell null such a cell is NULL, or its row is left "
      "out where it must not be\n");
}

TEST_F(Match, LeavesOutRowsThatCannotHaveNull) {
  file("users.csv",
       "id,fee,brand,loyal,until,likes\n"
       "u1,cheap,Apple,yes,,\"\"\n"
       "u2,96\n"
       "u3,96,Appel,yes,,\"\"\n");
  const Ran ran = run("match catalogue.json --users users.csv --on-bad-cell null");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.out, "user,policy\nu3,P1\n");
  EXPECT_NE(ran.err.find("users.csv:3: warning: 2 cells where the header has 6\n"),
            std::string::npos)
      << ran.err;
  EXPECT_NE(ran.err.find("users.csv: 3 bad cells, 2 rows left out\n"), std::string::npos)
      << ran.err;
}

TEST_F(Match, SaysHowManyBadCellsItDoesNotShow) {
  std::string rows = "id,fee,brand,loyal,until,likes\n";
  for (int i = 0; i < 2'234; ++i) rows += std::to_string(i) + ",dear,Apple,yes,,\"\"\n";
  file("users.csv", rows);
  for (const char* on_bad_cell : {"stop", "null"}) {
    const Ran ran =
        run("match catalogue.json --users users.csv --on-bad-cell " + std::string(on_bad_cell));
    EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1'002);
    EXPECT_NE(ran.err.find("\nusers.csv:1001:2: "), std::string::npos);
    EXPECT_NE(
        ran.err.find(": fee: 'dear' is not a number\n… 1 234 more\nusers.csv: 2 234 bad cells"),
        std::string::npos);
  }
}

TEST_F(Match, WarnsOfColumnsThatNobodyReads) {
  file("rows.json", R"({"schema": {"tags": [
    {"name": "fee", "type": "number"}, {"name": "half", "type": "number", "derived": "fee / 2"},
    {"name": "terminal", "type": "category", "values": ["A"], "nullable": true},
    {"name": "terminals", "type": "number", "nullable": true}]},
    "policies": [{"id": "P", "name": "p", "segment": "fee > 10"}]})");
  file("rows.csv", "bb,fee,half,terminals,terminl\n1,11,5,3,A\n2,9,4,,A\n");
  const Ran ran = run("match rows.json --users rows.csv");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.out, "user,policy\n1,P\n");
  EXPECT_EQ(ran.err,
            "rows.csv: warning: column 'bb' is ignored: no tag has this name\n"
            "rows.csv: warning: column 'half' is ignored: its tag is derived from others\n"
            "rows.csv: warning: column 'terminl' is ignored: no tag has this name; did you mean "
            "'terminal'?\n");
}

TEST_F(Match, SuggestsNoTagThatHasAColumn) {
  file("rows.json", R"({"schema": {"tags": [{"name": "a1", "type": "number", "nullable": true}]},
    "policies": [{"id": "P", "name": "p", "segment": "a1 > 10"}]})");
  file("rows.csv", "a1,a2\n11,1\n");
  EXPECT_EQ(run("match rows.json --users rows.csv").err,
            "rows.csv: warning: column 'a2' is ignored: no tag has this name\n");
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

TEST_F(Match, NamesAFileOnce) {
  file("u3.csv", "id,brand,loyal,until,likes\n");
  EXPECT_EQ(run("match catalogue.json --users u3.csv").err,
            "u3.csv:1: error: no column for 'fee', which is not nullable\n");
  file("empty", "");
  EXPECT_EQ(run("match catalogue.json --users empty").err,
            "empty:1: error: the text is empty, its first line must name the columns\n");
  file("quotes.csv", "id,fee,brand,loyal,until,likes\nu1,\"96,Apple,yes,,game\n");
  EXPECT_EQ(
      run("match catalogue.json --users quotes.csv").err.rfind("quotes.csv:2:2: error: fee: ", 0),
      0u)
      << run("match catalogue.json --users quotes.csv").err;
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
