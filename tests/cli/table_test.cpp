#include "cli/run_tool.hpp"

namespace muster {
namespace {

using TableCommand = ToolWithUsers;

TEST_F(TableCommand, SavesUsersThatEveryCommandTakes) {
  const Ran saved = run("table --users users.csv catalogue.json --out users.mut");
  EXPECT_EQ(saved.exit, 0) << saved.err;
  EXPECT_EQ(saved.out, "");
  EXPECT_EQ(saved.err, "users.mut: 3 users, 5 tags\n");
  for (const std::string command :
       {"match catalogue.json", "analyse catalogue.json", "audience catalogue.json --rule loyal",
        "explain catalogue.json --user u1 --policy P1"}) {
    const std::string day = " --today 2026-01-01 --users ";
    EXPECT_EQ(run(command + day + "users.mut").out, run(command + day + "users.csv").out);
  }
}

TEST_F(TableCommand, IsKnownByItsBytesNotItsName) {
  ASSERT_EQ(run("table --users users.csv catalogue.json --out table.csv").exit, 0);
  EXPECT_EQ(run("audience catalogue.json --users table.csv --rule loyal").out, "1\t2\n");
}

TEST_F(TableCommand, RefusesATableOfAnotherSchema) {
  ASSERT_EQ(run("table --users users.csv catalogue.json --out users.mut").exit, 0);
  file("other.json", R"({"schema": {"key": "id", "tags": [{"name": "fee", "type": "number"}]},
    "policies": []})");
  const Ran ran = run("match other.json --users users.mut");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.err,
            "muster: error: 'users.mut' was saved with another schema than the catalogue's; make "
            "it again with 'muster table'\n");
}

TEST_F(TableCommand, RefusesADamagedTable) {
  ASSERT_EQ(run("table --users users.csv catalogue.json --out users.mut").exit, 0);
  std::string bytes = text("users.mut");
  bytes[bytes.size() / 2] = static_cast<char>(~bytes[bytes.size() / 2]);
  file("users.mut", bytes);
  const Ran ran = run("match catalogue.json --users users.mut");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err.rfind("muster: error: ", 0), 0u) << ran.err;
}

TEST_F(TableCommand, SaysWhereItCannotWrite) {
  const Ran ran = run("table --users users.csv catalogue.json --out nowhere/users.mut");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.err,
            "muster: error: cannot write 'nowhere/users.mut': No such file or directory\n");
}

}  // namespace
}  // namespace muster
