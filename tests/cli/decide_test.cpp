#include "cli/run_tool.hpp"

namespace muster {
namespace {

constexpr const char* catalogue = R"json({
  "version": "7", "time_zone": "Asia/Shanghai",
  "schema": {"key": "id", "tags": [
    {"name": "plan_fee", "type": "number"}, {"name": "quiet", "type": "bool"}]},
  "channels": [
    {"id": "app", "name": "App", "kind": "digital"},
    {"id": "call", "name": "Call", "kind": "digital", "mode": "active", "cost": 2}],
  "policies": [
    {"id": "D168", "name": "存168得504", "segment": "plan_fee = 96", "value": 100,
     "script": "您的套餐{plan_fee}元"},
    {"id": "D100", "name": "存100送100", "segment": "plan_fee >= 50", "value": 50}],
  "contact_rules": [
    {"id": "dnc", "kind": "do_not_contact", "when": "quiet", "channels": ["call"]},
    {"id": "no", "kind": "cool_down", "after": "declined", "of": "policy",
     "within": {"rolling_days": 90}}],
  "propensity": {"constants": [{"probability": 0.25}]}
})json";

class Decide : public Tool {
 protected:
  Decide() {
    file("c.json", catalogue);
    file("u.csv", "id,plan_fee,quiet\nming,96,0\nli,59,1\nwang,10,0\n");
    file("h.csv",
         "user,at,policy,channel,outcome\nming,2026-03-01T10:00:00+08:00,D168,app,declined\n");
  }
  Ran decide(const std::string& more) const {
    return run("decide c.json --users u.csv --at 2026-03-30T20:00:00+08:00 " + more);
  }
};

TEST_F(Decide, ShowsTheView) {
  const Ran ran = decide("--user ming");
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(ran.out.rfind("user ming, 2026-03-30 20:00, Asia/Shanghai, decision ", 0), 0u);
  EXPECT_NE(ran.out.find("\n  主推 D168  存168得504\n"
                         "       score 25.00 = 0.25 x 100 x 1 x 1 - 0\n"
                         "       channel App: rank 0.25 = 0 x 0 + 1 x 0.25 - 1 x 0\n"
                         "       channel Call: rank -0.75 = 0 x 0 + 1 x 0.25 - 1 x 1\n"
                         "  次推 D100  存100送100\n"),
            std::string::npos)
      << ran.out;
}

TEST_F(Decide, ShowsItAsAChannelDoes) {
  const Ran ran = decide("--user li --channel call");
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_NE(ran.out.find("as Call shows it:\n"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("  主推 D100  存100送100\n       not here: App\n"), std::string::npos)
      << ran.out;
  const Ran app = decide("--user ming --channel app");
  EXPECT_NE(app.out.find("  主推 D168  存168得504\n       “您的套餐96元”\n"), std::string::npos)
      << app.out;
}

TEST_F(Decide, ReadsTheHistory) {
  const Ran ran = decide("--user ming --history h.csv");
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_NE(ran.out.find("  主推 D100"), std::string::npos) << ran.out;
  EXPECT_NE(
      ran.out.find("  -    D168  存168得504: an earlier contact is cooling down (cool_down)\n"),
      std::string::npos)
      << ran.out;
}

TEST_F(Decide, SaysWhy) {
  const Ran ran = decide("--user li --why D168");
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_NE(ran.out.find("plan_fee = 96"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("59"), std::string::npos) << ran.out;
}

TEST_F(Decide, IsReplayedToTheSameBytes) {
  const Ran ran = decide("--user ming --history h.csv --json --record r.mdr");
  ASSERT_EQ(ran.exit, 0) << ran.err;
  const Ran again = run("replay c.json r.mdr --json");
  EXPECT_EQ(again.exit, 0) << again.err;
  EXPECT_EQ(again.out, ran.out);
  const Ran why = run("replay c.json r.mdr --why D168");
  EXPECT_EQ(why.exit, 0) << why.err;
  EXPECT_NE(why.out.find("D168"), std::string::npos);
}

TEST_F(Decide, GivesJsonWithNothingElse) {
  const std::string users = "decide c.json --users u.csv --user ming ";
  for (const std::string& command : {users, std::string("replay c.json r.mdr ")}) {
    const Ran why = run(command + "--json --why D168");
    EXPECT_EQ(why.exit, 2);
    EXPECT_EQ(why.out, "");
    EXPECT_NE(why.err.find("muster: error: --why excludes --json\n"), std::string::npos) << why.err;
    const Ran channel = run(command + "--json --channel app");
    EXPECT_EQ(channel.exit, 2);
    EXPECT_NE(channel.err.find("muster: error: --channel excludes --json\n"), std::string::npos)
        << channel.err;
  }
}

TEST_F(Decide, RefusesToReplayWithAnotherCatalogue) {
  ASSERT_EQ(decide("--user ming --record r.mdr").exit, 0);
  std::string other = catalogue;
  other.replace(other.find("\"value\": 50"), 11, "\"value\": 51");
  file("other.json", other);
  const Ran ran = run("replay other.json r.mdr");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_NE(ran.err.find("muster: error: r.mdr: "), std::string::npos) << ran.err;
  file("damaged.mdr", "MDR?");
  EXPECT_EQ(run("replay c.json damaged.mdr").exit, 1);
}

TEST_F(Decide, SaysWhatItDoesNotKnow) {
  EXPECT_EQ(decide("--user nobody").err, "muster: error: 'u.csv' has no user 'nobody'\n");
  EXPECT_EQ(decide("--user ming --channel shop").err,
            "muster: error: the catalogue has no channel 'shop'\n");
  EXPECT_EQ(decide("--user ming --why P9").exit, 1);
  file("bad.csv", "user,at\n");
  EXPECT_EQ(decide("--user ming --history bad.csv").err,
            "muster: error: bad.csv: no column 'policy'\n");
  EXPECT_EQ(run("decide c.json --users u.csv --user ming --at noon").exit, 2);
}

TEST_F(Decide, AsksTheGate) {
  const std::string ask = "gate c.json --users u.csv --at 2026-03-30T20:00:00+08:00 --channel app ";
  EXPECT_EQ(run(ask + "--user ming --policy D168").out, "allowed\n");
  EXPECT_EQ(run(ask + "--user li --policy D168").out,
            "refused (not_in_segment): requires plan_fee = 96, this user has 59\n");
  EXPECT_EQ(run(ask + "--user li --policy D168 --language zh").out,
            "refused (not_in_segment): 需要 plan_fee = 96，该用户为 59\n");
  const Ran unknown = run(ask + "--user li --policy D999");
  EXPECT_EQ(unknown.exit, 1);
  EXPECT_EQ(unknown.out, "");
}

TEST_F(Decide, CountsTheFunnel) {
  const std::string at = "funnel c.json --users u.csv --at 2026-03-30T20:00:00+08:00 ";
  const Ran csv = run(at + "--csv");
  EXPECT_EQ(csv.exit, 0) << csv.err;
  EXPECT_EQ(csv.out,
            "policy,matched,live,permitted,contactable,offered,primary\n"
            "D168,1,1,1,1,1,1\n"
            "D100,2,2,2,2,2,1\n");
  const Ran table = run(at + "--history h.csv --threads 2");
  EXPECT_NE(table.out.find("1: an earlier contact is cooling down\n"), std::string::npos)
      << table.out;
  EXPECT_NE(table.out.find("2 of 3 users are offered something; 0 in the holdout\n"),
            std::string::npos);
}

constexpr const char* old_catalogue = R"json({
  "schema": {"key": "id", "tags": [{"name": "x", "type": "number"},
                                   {"name": "y", "type": "number", "nullable": true}]},
  "policies": [{"id": "P", "name": "P", "segment": "x > 0 OR y > 0"}]})json";
constexpr const char* new_catalogue = R"json({
  "schema": {"key": "id", "tags": [{"name": "x", "type": "number", "nullable": true},
                                   {"name": "y", "type": "number"}]},
  "policies": [{"id": "P", "name": "P", "segment": "x > 2 OR y > 2"}]})json";

TEST_F(Decide, ComparesEachUserWithThemselves) {
  file("old.json", old_catalogue);
  file("new.json", new_catalogue);
  file("u.csv", "id,x,y\na,?,1\nb,1,?\nc,1,1\nd,3,1\n");
  const Ran ran = run("diff old.json new.json --users u.csv --on-bad-cell null --out changes.csv");
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_NE(ran.err.find("u.csv: warning: 2 users left out of the comparison: only one of the "
                         "catalogues can read them\n"),
            std::string::npos)
      << ran.err;
  EXPECT_EQ(ran.out,
            "policy     before      after     gained       lost\n"
            "P               2          1         +0         -1\n"
            "0 of 2 users gain something (+0 policies), 1 lose something (-1)\n");
  EXPECT_EQ(text("changes.csv"), "user,policy,change\nc,P,lost\n");
}

TEST_F(Decide, ComparesNobodyWhoMightBeAnother) {
  const auto without_key = [](std::string text) {
    return text.replace(text.find("\"key\": \"id\", "), 13, "");
  };
  file("old.json", without_key(old_catalogue));
  file("new.json", without_key(new_catalogue));
  file("u.csv", "x,y\n?,1\n1,?\n1,1\n");
  const Ran ran = run("diff old.json new.json --users u.csv --on-bad-cell null");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_NE(ran.err.find("muster: error: rows were left out, and without a key column nothing says "
                         "which of the others belong together\n"),
            std::string::npos)
      << ran.err;
}

TEST_F(Decide, ReadsUsersOfBothCataloguesFromOnePipe) {
  file("old.json", old_catalogue);
  file("new.json", new_catalogue);
  file("u.csv", "id,x,y\nb,1,1\nc,3,3\n");
  for (const char* next : {"old.json", "new.json"}) {
    const std::string command = std::string("diff old.json ") + next + " --users ";
    const Ran piped = shell("cat u.csv | timeout 10 " MUSTER_TOOL " " + command + "/dev/stdin");
    EXPECT_EQ(piped.exit, 0) << piped.err;
    EXPECT_EQ(piped.out, run(command + "u.csv").out);
    EXPECT_NE(piped.out.find(" of 2 users"), std::string::npos) << piped.out;
  }
}

TEST_F(Decide, ShowsTheDifferenceOfCatalogues) {
  std::string other = catalogue;
  other.replace(other.find("plan_fee = 96"), 13, "plan_fee < 60");
  file("other.json", other);
  const Ran ran = run("diff c.json other.json --users u.csv --out changes.csv");
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(ran.out,
            "policy     before      after     gained       lost\n"
            "D168            1          2         +2         -1\n"
            "2 of 3 users gain something (+2 policies), 1 lose something (-1)\n");
  EXPECT_EQ(text("changes.csv"),
            "user,policy,change\nming,D168,lost\nli,D168,gained\nwang,D168,gained\n");
}

}  // namespace
}  // namespace muster
