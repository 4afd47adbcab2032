#include "cli/run_tool.hpp"
#include "muster/core/version.hpp"

namespace muster {
namespace {

struct WrongCase {
  const char* name;
  const char* arguments;
  const char* said;  ///< somewhere on standard error
};

void PrintTo(const WrongCase& wrong, std::ostream* out) { *out << wrong.name; }

class WrongUse : public ToolWithUsers, public testing::WithParamInterface<WrongCase> {};

TEST_P(WrongUse, EndsWithTwo) {
  const Ran ran = run(GetParam().arguments);
  EXPECT_EQ(ran.exit, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_NE(ran.err.find(GetParam().said), std::string::npos) << ran.err;
}

INSTANTIATE_TEST_SUITE_P(
    Commands, WrongUse,
    testing::Values(
        WrongCase{"NoCommand", "", "Usage: muster COMMAND [OPTIONS]\n"},
        WrongCase{"MisspeltCommand", "mach",
                  "muster: error: there is no command 'mach'; did you mean 'match'?\n"},
        WrongCase{"MisspeltCommandWithOptions", "mach --users users.csv", "did you mean 'match'?"},
        WrongCase{"StrangeCommand", "fly",
                  "there is no command 'fly'; 'muster --help' lists them\n"},
        WrongCase{"CheckNothing", "check",
                  "muster: error: catalogue is required\n'muster check --help' says what "
                  "can be given\n"},
        WrongCase{"CheckTwo", "check a.json b.json", "b.json"},
        WrongCase{"CheckStrangeOption", "check --fast catalogue.json", "--fast"},
        WrongCase{"MatchNobody", "match catalogue.json", "muster: error: --users is required\n"},
        WrongCase{"MatchUsersOfNoFile", "match catalogue.json --users", "--users"},
        WrongCase{"MatchNegativeThreads", "match catalogue.json --users users.csv --threads -1",
                  "--threads"},
        WrongCase{"MatchThreadsInWords", "match catalogue.json --users users.csv --threads many",
                  "--threads"},
        WrongCase{"MatchNoDay", "match catalogue.json --users users.csv --today 2026-02-30",
                  "'2026-02-30' is not a day as YYYY-MM-DD"},
        WrongCase{"MatchBadCellSkipped",
                  "match catalogue.json --users users.csv --on-bad-cell skip",
                  "muster: error: --on-bad-cell: must be stop or null, not 'skip'\n"},
        WrongCase{"AudienceWithoutRule", "audience catalogue.json --users users.csv",
                  "muster: error: --rule or --rules is required\n"},
        WrongCase{"AudienceWithBothRules",
                  "audience catalogue.json --users users.csv --rule TRUE --rules r.txt",
                  "muster: error: --rule excludes --rules\n"},
        WrongCase{"ExplainWithoutPolicy", "explain catalogue.json --users users.csv --user u1",
                  "--policy is required"},
        WrongCase{"AnalyseTopNegative", "analyse catalogue.json --top -1", "muster: error: --top"},
        WrongCase{"AnalyseTopTooMany", "analyse catalogue.json --top 1000001",
                  "not in range 0 to 1000000"},
        WrongCase{"TableWithoutOut", "table catalogue.json --users users.csv", "--out is required"},
        WrongCase{"GenerateWithoutOut", "generate --users 5", "--out is required"},
        WrongCase{"GenerateUsersInWords", "generate --users many --out x", "--users"},
        WrongCase{"GenerateTooManyPolicies", "generate --users 5 --policies 1000001 --out x",
                  "--policies"}),
    [](const auto& wrong) { return wrong.param.name; });

using Help = Tool;

TEST_F(Help, Teaches) {
  const Ran top = run("--help");
  EXPECT_EQ(top.exit, 0);
  EXPECT_EQ(top.err, "");
  for (const char* command : {"check", "match", "audience", "explain", "analyse", "decide", "gate",
                              "replay", "funnel", "diff", "table", "generate"}) {
    EXPECT_NE(top.out.find(std::string("\n  ") + command), std::string::npos) << command;
    const Ran ran = run(std::string(command) + " --help");
    EXPECT_EQ(ran.exit, 0);
    EXPECT_NE(ran.out.find("Example"), std::string::npos) << command;
    EXPECT_NE(ran.out.find(std::string("\n  muster ") + command), std::string::npos) << command;
  }
  EXPECT_NE(top.out.find("0 done, 1 input refused, 2 wrong use"), std::string::npos);
}

TEST_F(Help, ShowsWhatOptionsTake) {
  const std::string out = run("audience --help").out;
  for (const char* line :
       {"Usage: muster audience CATALOGUE [OPTIONS]\n", "\n  --on-bad-cell stop|null ",
        " (default: stop)\n", "\n  --today YYYY-MM-DD ", "\n  --threads N ", "\n  --rule TEXT ",
        "\n  --users FILE "}) {
    EXPECT_NE(out.find(line), std::string::npos) << line << out;
  }
  EXPECT_EQ(out.find("Option Group"), std::string::npos);
  EXPECT_EQ(out.find("ENUM"), std::string::npos);
}

TEST_F(Help, NamesWhatACommandIsGivenInItsUsage) {
  EXPECT_NE(run("diff --help").out.find("Usage: muster diff OLD NEW [OPTIONS]\n"),
            std::string::npos);
  const std::string replay = run("replay --help").out;
  EXPECT_NE(replay.find("Usage: muster replay CATALOGUE RECORD [OPTIONS]\n"), std::string::npos);
  EXPECT_NE(replay.find("\n  --language en|zh "), std::string::npos) << replay;
}

TEST_F(Help, GivesTheVersion) {
  const Ran ran = run("--version");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.out, "muster " + std::string(version()) + "\n");
}

}  // namespace
}  // namespace muster
