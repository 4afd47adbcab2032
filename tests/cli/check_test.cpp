#include <vector>

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

TEST_F(Check, ShowsAllErrorsHoweverMany) {
  std::string policies;
  for (int i = 1; i <= 450; ++i) {
    policies += (i == 1 ? "" : ",") + std::string("\n{\"id\": \"P") + std::to_string(i) +
                "\", \"name\": \"n\", \"segment\": \"fe > 1\"}";
  }
  file("bad.json", R"({"schema": {"tags": [{"name": "fee", "type": "number"}]}, "policies": [)" +
                       policies + "]}");
  const Ran ran = run("check bad.json");
  EXPECT_EQ(ran.exit, 1);
  for (int i = 1; i <= 450; ++i) {
    const std::string place = "bad.json:" + std::to_string(i + 1) + ":";
    EXPECT_NE(ran.err.find(place), std::string::npos) << place;
  }
  EXPECT_EQ(ran.err.find("…"), std::string::npos);
  EXPECT_NE(ran.err.find("\n  {\"id\": \"P450\", \"name\": \"n\", \"segment\": \"fe > 1\"}]}\n"),
            std::string::npos);
  EXPECT_TRUE(ran.err.ends_with("bad.json: 450 errors\n"));
}

TEST_F(Check, CountsTheColumnsOfALongLine) {
  std::string chinese;
  for (int i = 0; i < 3'000; ++i) chinese += "套";
  const std::string start =
      R"({"schema": {"tags": [{"name": "fee", "type": "number"}]}, "policies": [)";
  const std::string name = R"({"name": ")" + chinese + R"(", "id": "P)";
  const std::size_t name_columns = name.size() - 2 * 3'000;  // three bytes each, one column
  std::string line;
  std::vector<std::size_t> columns;
  for (int i = 0, column = static_cast<int>(start.size()); i < 400; ++i) {
    const std::string rest = std::to_string(i) + R"(", "segment": "fe > 1"})";
    columns.push_back(static_cast<std::size_t>(column) + name_columns + rest.find("fe > 1") + 1);
    column += static_cast<int>(name_columns + rest.size() + 1);
    line += name + rest + ",";
  }
  line = start + line.substr(0, line.size() - 1);
  for (const std::string mark : {"", "\xef\xbb\xbf"}) {
    file("long.json", mark + line + "]}\n");
    const Ran ran = run("check long.json");
    EXPECT_TRUE(ran.err.ends_with("long.json: 400 errors\n"));
    for (const std::size_t c : columns) {
      const std::string place = "long.json:1:" + std::to_string(c) + ": error: unknown tag 'fe'";
      EXPECT_NE(ran.err.find(place), std::string::npos) << place;
    }
  }
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
