#include "cli/run_tool.hpp"

namespace muster {
namespace {

using AudienceCommand = ToolWithUsers;

const std::string command = "audience catalogue.json --users users.csv --today 2026-01-01 ";

TEST_F(AudienceCommand, CountsARule) {
  const Ran ran = run(command + "--rule 'fee > 60'");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.out, "1\t2\n");
  EXPECT_EQ(ran.err, "");
}

TEST_F(AudienceCommand, CountsSeveralRulesWithSegments) {
  EXPECT_EQ(run(command + "--rule 'SEGMENT(dear)' --rule 'NOT loyal' --rule \"brand = 'Apple'\""
                          " --rule 'brand IS NULL AND fee > 1000'")
                .out,
            "1\t2\n2\t1\n3\t1\n4\t0\n");
}

TEST_F(AudienceCommand, ListsKeysInsteadIfAsked) {
  EXPECT_EQ(run(command + "--ids --rule TRUE --rule 'SEGMENT(dear)' --rule FALSE").out,
            "1\tu1,\"u,2\",u3\n2\tu1,u3\n3\t\n");
}

TEST_F(AudienceCommand, NumbersRulesOfAFileByLine) {
  file("rules.txt", "# ideas\nfee > 60\n\n-- two more\n  loyal\r\nNOT loyal");
  EXPECT_EQ(run(command + "--rules rules.txt").out, "2\t2\n5\t2\n6\t1\n");
}

TEST_F(AudienceCommand, AFileMayBeEmpty) {
  file("rules.txt", "\n# nothing\n");
  const Ran ran = run(command + "--rules rules.txt");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.out, "");
}

TEST_F(AudienceCommand, ShowsEveryBadRuleOfAFileAndNoData) {
  file("rules.txt", "fee > 60\nfeee > 60\nloyal AND\n");
  const Ran ran = run(command + "--rules rules.txt");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err,
            "rules.txt:2:1: error: unknown tag 'feee'; did you mean 'fee'?\n"
            "  feee > 60\n"
            "  ^~~~\n"
            "rules.txt:3:10: error: expected a condition, found the end of the rule\n"
            "  loyal AND\n"
            "           ^\n"
            "rules.txt: 2 errors\n");
}

TEST_F(AudienceCommand, ShowsABadRuleOfTheCommandLine) {
  const Ran ran = run(command + "--rule loyal --rule \"brand = 'Appel'\"");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err,
            "--rule 2:1:9: error: 'Appel' is not a category of 'brand'; did you mean 'Apple'?\n"
            "  brand = 'Appel'\n"
            "          ^~~~~~~\n"
            "--rule 2: 1 error\n");
}

TEST_F(AudienceCommand, ShowsAllBadRulesOfALongFile) {
  std::string rules;
  for (int i = 0; i < 300; ++i) rules += "fee >\n";
  file("rules.txt", rules);
  const Ran ran = run(command + "--rules rules.txt");
  EXPECT_NE(ran.err.find("\nrules.txt:300:6: error: "), std::string::npos) << ran.err;
  EXPECT_TRUE(ran.err.ends_with("rules.txt: 300 errors\n"));
}

TEST_F(AudienceCommand, ShowsWarningsAndGoesOn) {
  const Ran ran =
      run(command + "--rule loyal --rule 'fee > 9 AND fee < 3' --rule \"NOT brand = 'Apple'\"");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.out, "1\t2\n2\t0\n3\t1\n");
  EXPECT_TRUE(
      ran.err.starts_with("--rule 2:1:1: warning: the rule is never true\n"
                          "  fee > 9 AND fee < 3\n"
                          "  ^~~~~~~~~~~~~~~~~~~\n"
                          "--rule 2: 1 warning\n"
                          "--rule 3:1:"))
      << ran.err;
  EXPECT_TRUE(ran.err.ends_with("--rule 3: 1 warning\n")) << ran.err;
  file("rules.txt", "loyal\n\nfee > 9 AND fee < 3\n");
  EXPECT_EQ(run(command + "--rules rules.txt").err,
            "rules.txt:3:1: warning: the rule is never true\n"
            "  fee > 9 AND fee < 3\n"
            "  ^~~~~~~~~~~~~~~~~~~\n"
            "rules.txt: 1 warning\n");
}

TEST_F(AudienceCommand, ReadsUsersFromPipes) {
  const std::string rest = " --rule loyal --today 2026-01-01";
  const std::string tool = MUSTER_TOOL " audience catalogue.json --users ";
  EXPECT_EQ(shell("cat users.csv | " + tool + "/dev/stdin" + rest).out, "1\t2\n");
  EXPECT_EQ(shell(tool + "/dev/stdin" + rest + " < users.csv").out, "1\t2\n");
  const Ran named = shell("mkfifo pipe; cat users.csv > pipe & timeout 10 " + tool + "pipe" + rest);
  EXPECT_EQ(named.out, "1\t2\n");
  EXPECT_EQ(named.err, "");
  EXPECT_EQ(run("table catalogue.json --users users.csv --out users.mut").exit, 0);
  const Ran saved = shell("cat users.mut | " + tool + "/dev/stdin" + rest);
  EXPECT_EQ(saved.exit, 1);
  EXPECT_EQ(saved.err,
            "muster: error: '/dev/stdin' is a saved table, which is mapped, not read: name its "
            "file\n");
}

TEST_F(AudienceCommand, PlacesEveryErrorOfACsvAlike) {
  const std::pair<const char*, const char*> cases[] = {
      {"id;fee;loyal;likes\n",
       "u.csv:1: error: no column for the key, 'id'; no columns for 'fee', "
       "'loyal', 'likes', which are not nullable; is it separated by ';'?\n"},
      {"id,Fee,loyal,likes\n",
       "u.csv:1: error: no column for 'fee', which is not nullable; is "
       "'Fee' meant for 'fee'?\n"},
      {"id,fee,fee\n", "u.csv:1:3: error: a second column 'fee'\n"},
      {"id,fee,loyal,likes\nu1,\"1\"x,yes,\"\"\n",
       "u.csv:2:2: error: fee: a quoted cell that does not end with its quote\n"},
  };
  for (const auto& [csv, said] : cases) {
    file("u.csv", csv);
    EXPECT_EQ(run("audience catalogue.json --users u.csv --rule loyal").err, said) << csv;
  }
  file("u.csv", "id,fee,loyal,likes,brand\nu1,1,yes,\"\",\xbb\xaa\n");
  EXPECT_TRUE(run("audience catalogue.json --users u.csv --rule loyal")
                  .err.starts_with("u.csv:2:5: error: brand: '\\xbb\\xaa' is not UTF-8\n"));
}

TEST_F(AudienceCommand, WritesAFile) {
  EXPECT_EQ(run(command + "--rule loyal --out n.tsv").out, "");
  EXPECT_EQ(text("n.tsv"), "1\t2\n");
}

TEST_F(AudienceCommand, RefusesAMissingFileOfRules) {
  const Ran ran = run(command + "--rules nowhere.txt");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.err, "muster: error: cannot read 'nowhere.txt': No such file or directory\n");
}

}  // namespace
}  // namespace muster
