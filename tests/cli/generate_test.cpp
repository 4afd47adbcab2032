#include "cli/run_tool.hpp"

namespace muster {
namespace {

using Generate = Tool;

TEST_F(Generate, WritesUsersAndACatalogueThatFitTogether) {
  const Ran ran = run("generate --users 300 --seed 9 --out made/here");
  ASSERT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(run("check made/here/catalogue.json").exit, 0);
  const Ran matched =
      run("match made/here/catalogue.json --users made/here/users.csv --today 2026-01-01");
  EXPECT_EQ(matched.exit, 0);
  EXPECT_EQ(matched.err, "");
  EXPECT_GT(matched.out.size(), 1'000u);
}

TEST_F(Generate, IsTheSameForASeed) {
  ASSERT_EQ(run("generate --users 50 --seed 9 --out a --policies 100").exit, 0);
  ASSERT_EQ(run("generate --users 50 --seed 9 --out b --policies 100").exit, 0);
  ASSERT_EQ(run("generate --users 50 --seed 8 --out c --policies 100").exit, 0);
  for (const std::string name : {"/users.csv", "/catalogue.json"}) {
    EXPECT_EQ(text("a" + name), text("b" + name));
    EXPECT_NE(text("a" + name), text("c" + name));
  }
}

TEST_F(Generate, MakesUsersForACatalogue) {
  file("own.json", R"({"schema": {"key": "customer_id", "tags": [
      {"name": "plan_fee", "type": "number"}, {"name": "student", "type": "bool"}]},
      "policies": []})");
  const Ran ran = run("generate --users 3 --for own.json --out made");
  ASSERT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(text("made/users.csv").substr(0, 28), "customer_id,plan_fee,student");
  EXPECT_FALSE(exists("made/catalogue.json"));
}

TEST_F(Generate, SaysWhichTagItDoesNotKnow) {
  file("own.json", R"({"schema": {"tags": [
      {"name": "shoe_size", "type": "number"}]}, "policies": []})");
  const Ran ran = run("generate --users 3 --for own.json --out made");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.err, "muster: error: own.json: the made-up population has no tag 'shoe_size'\n");
}

TEST_F(Generate, SaysWhereItCannotWrite) {
  file("taken", "");
  const Ran ran = run("generate --users 5 --out taken/here");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.err, "muster: error: cannot make 'taken/here': Not a directory\n");
}

}  // namespace
}  // namespace muster
