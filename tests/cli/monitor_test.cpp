// `muster monitor` on a small ledger.

#include "cli/run_tool.hpp"
#include "evaluate/scripted_ledger.hpp"

namespace muster::testing {
namespace {

class ToolWithLedger : public Tool {
 protected:
  /// Three treated users, two in the holdout, one of whom buys.
  ToolWithLedger() {
    file("catalogue.json", std::string(ScriptedLedger::catalogue_json));
    Script script;
    script.write();
    std::filesystem::copy(script.place.file(), folder() / "crm.ledger");
  }

 private:
  struct Script : ScriptedLedger {
    void TestBody() override {}
    void write() {
      const std::string a = planned(), b = planned(), c = planned();
      dispatch();
      tell(a, "call", Outcome::none, noon, true);
      tell(b, "call", Outcome::declined);
      tell(a, "call", Outcome::accepted, later(6 * 3'600));
      const std::string held = user(true), bought = user(true);
      plan_for(ledger, catalogue, held);
      plan_for(ledger, catalogue, bought);
      accept_unasked(bought, later(6 * 3'600));
      Ledger closed = std::move(ledger);  // its file is whole then
    }
    using ScriptedLedger::place;
  };
};

TEST_F(ToolWithLedger, DrawsInTheTerminal) {
  const Ran ran = run("monitor crm.ledger --catalogue catalogue.json");
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(ran.out, R"(tasks
targeted    ████████████████████████████████████████  6  100.0 %
dispatched  ████████████████████                      3   50.0 %
contacted   █████████████▍                            2   33.3 %
interested  ██████▋                                   1   16.7 %
accepted    ██████▋                                   1   16.7 %

users by policy  treated  participation               success  holdout               success          uplift, points  relative
all policies           3         66.7 %  33.3 % (6.1 to 79.2)        2  50.0 % (9.5 to 90.5)  -16.7 (-65.5 to +44.6)     -33 %
P1                     3         66.7 %  33.3 % (6.1 to 79.2)        2  50.0 % (9.5 to 90.5)  -16.7 (-65.5 to +44.6)     -33 %

monitor  rate      expected  last day  high  low
wins     success     90.0 %   100.0 %   0.0  1.7  ALARM: too low since 2026-03-30, seen on 2026-03-30
shops    lateness    10.0 %         -   0.0  0.0  not enough cases yet

capacity  day                               taken  of
call      2026-03-30  ████████████████████      3   3

policy  channel  day         targeted  dispatched  contacted  interested  accepted  success  handed off  late
P1      call     2026-03-30         3           3          2           1         0    0.0 %           0     0
P1      call     2026-03-31         0           0          0           0         1        -           0     0
P1      shop     2026-03-30         3           0          0           0         0        -           0     0
P1      shop     2026-03-31         0           0          0           0         0        -           0     0
)");
  EXPECT_EQ(ran.exit, 0);
}

TEST_F(ToolWithLedger, CountsDaysInUtcWithoutACatalogue) {
  const Ran ran = run("monitor crm.ledger");
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_NE(ran.out.find("P1      call     2026-03-30         3"), std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.find("monitor"), std::string::npos);
}

TEST_F(ToolWithLedger, WritesAPage) {
  const Ran ran = run("monitor crm.ledger --catalogue catalogue.json --html page.html");
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(ran.out, "");
  EXPECT_TRUE(text("page.html").starts_with("<!doctype html>"));
  EXPECT_NE(text("page.html").find("存168得504"), std::string::npos);
}

TEST_F(ToolWithLedger, SpeaksPrometheus) {
  const Ran ran =
      run("monitor crm.ledger --catalogue catalogue.json --prometheus --html page.html");
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_TRUE(ran.out.starts_with("# HELP muster_ledger_sequence ")) << ran.out;
  EXPECT_NE(ran.out.find("\nmuster_capacity{channel=\"call\"} 3\n"), std::string::npos);
  EXPECT_TRUE(exists("page.html"));
}

TEST_F(ToolWithLedger, RefusesWhatIsNoLedger) {
  struct Wrong {
    const char* arguments;
    int exit;
    const char* said;
  };
  file("other", std::string(5'000, 'x'));
  for (const Wrong& wrong :
       {Wrong{"monitor none.ledger", 1, "muster: error: there is no ledger 'none.ledger'\n"},
        Wrong{"monitor other", 1, "muster: error: the ledger's file: file is not a database\n"},
        Wrong{"monitor crm.ledger --catalogue none.json", 1, "muster: error: cannot read"},
        Wrong{"monitor crm.ledger --html none/page.html", 1, "muster: error: "},
        Wrong{"monitor", 2, "muster: error: ledger is required\n"}}) {
    const Ran ran = run(wrong.arguments);
    EXPECT_EQ(ran.exit, wrong.exit) << wrong.arguments;
    EXPECT_TRUE(ran.err.starts_with(wrong.said)) << wrong.arguments << ": " << ran.err;
    EXPECT_EQ(ran.out, "");
  }
  EXPECT_FALSE(exists("none.ledger"));
}

}  // namespace
}  // namespace muster::testing
