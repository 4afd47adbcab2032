// The end of `make demo`: a day in the life of three customers over one ledger.

#include <algorithm>
#include <map>
#include <vector>

#include "cli/run_tool.hpp"
#include "muster/engage/hand_off.hpp"
#include "muster/engage/sheet_desk.hpp"

namespace muster {
namespace {

const std::string sim = "C00000731", handset = "C00000229", broadband = "C00000712";

/// What must be told, in this order; other lines may lie between.
void expect_told(const std::string& text, const std::vector<std::string>& lines) {
  std::size_t at = 0;
  for (const std::string& line : lines) {
    const std::size_t found = text.find(line, at);
    ASSERT_NE(found, text.npos) << "'" << line << "' is missing after:\n" << text.substr(0, at);
    at = found + line.size();
  }
}

class DayOfThree : public Tool {
 protected:
  /// The story's ledger.
  Ledger played() {
    const std::string examples = MUSTER_EXAMPLES;
    EXPECT_EQ(run("generate --users 2000 --seed 11 --for " + examples +
                  "/retention/catalogue.json --out .")
                  .exit,
              0);
    const Ran ran = shell(MUSTER_DAY " " + examples + "/retention/catalogue.json users.csv " +
                          examples + "/engagement/shops.json day.ledger");
    EXPECT_EQ(ran.exit, 0) << ran.err;
    return Ledger::open(folder() / "day.ledger").value();
  }
};

TEST_F(DayOfThree, IsToldByTheDemo) {
  const Ran ran = shell(MUSTER_EXAMPLES "/engagement/demo.sh " MUSTER_TOOL " " MUSTER_DAY);
  ASSERT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(ran.err, "");
  expect_told(ran.out,
              {"call list:  " + handset + " T01  " + broadband + " B01  " + sim + " G03\n",
               "handed off to the nearest shop, 东门店",
               "call list:  " + handset + " T01  " + broadband + " B01\n",
               "热线 popup for " + handset, "主推 T01", "online order",
               "the link once more: this link was used before\n", "热线 popup for " + handset,
               "主推 D300", "user '" + handset + "' accepted policy 'T01' on channel 'hotline'",
               "call list:  " + broadband + " B01\n", "call list:  nobody\n", "closes the sheet"});
}

// Read back, a customer each.
TEST_F(DayOfThree, IsReadBackAsTimelines) {
  { const Ledger closed = played(); }
  const auto timeline = [&](const std::string& user) {
    return run("timeline day.ledger --user " + user +
               " --catalogue " MUSTER_EXAMPLES "/retention/catalogue.json");
  };
  expect_told(timeline(sim).out,
              {"2026-01-05 09:00:00  decision  ", " by catalogue 2026-11.1\n",
               "  task  外呼  G03 换 5G 卡送流量  task ", "  dispatched\n",
               "2026-01-05 09:40:00  contact  外呼  G03", "interested  intent:  想去营业厅换卡",
               "2026-01-05 09:40:00  hand_off  外呼  G03", "handed_off  work order ",
               " offered, shop dongmen, “换 5G 卡，请备好空卡”\n", " accepted, shop dongmen\n",
               " reported, shop dongmen, accepted, “卡已换好，当场登录 5G”\n",
               "2026-01-05 10:45:00  answer  外呼  G03", "  accepted  卡已换好"});
  expect_told(timeline(handset).out,
              {"contact  热线  T01", "interested  trail:  ", "token  热线  T01",
               "link, good until 2026-01-05 11:35:00\n", "2026-01-05 11:20:00  token  热线  T01",
               "handed_off  link used\n", "accepted  order:  网单 2026010500881\n", "外呼  T01",
               "cancelled\n"});
  expect_told(timeline(broadband).out,
              {"contact  自有营业厅  B01", "sheet  装机单 KD20260105-17 created",
               "sheet  装机单 KD20260105-17 filled, ", "F01 组家庭网”\n", " read, ",
               "contact  装维上门  F01", "accepted", " answered, ", " closed, "});
  EXPECT_EQ(timeline("C1").err, "muster: error: 'day.ledger' has no user 'C1'\n");
}

TEST_F(DayOfThree, SettlesOnceAndClearsEveryList) {
  Ledger ledger = played();
  std::map<std::string, int> accepted;
  for (const Event& event : ledger.events(0, 1'000).value()) {
    if (event.state == TaskState::accepted) ++accepted[event.user + " " + event.policy];
  }
  EXPECT_EQ(accepted, (std::map<std::string, int>{{sim + " G03", 1},
                                                  {handset + " T01", 1},
                                                  {broadband + " B01", 1},
                                                  {broadband + " F01", 1}}));
  // Nothing that was settled is open anywhere, other offers are; nobody is left to be called.
  std::map<std::string, int> open;
  for (const std::string& user : {sim, handset, broadband}) {
    for (const Task& task : ledger.open_tasks(user).value()) {
      ++open[task.policy];
      EXPECT_FALSE(task.channel == "outbound" && task.state != TaskState::planned);
    }
  }
  EXPECT_EQ(open, (std::map<std::string, int>{{"G04", 6}, {"D300", 6}}));
  // Both call lists that were cleared from elsewhere, and the one work order.
  EXPECT_EQ(ledger.capacity_used("outbound", *parse_date("2026-01-05")).value(), 1u);
  HandOffDesk shops(ledger, ShopDirectory::read(MUSTER_EXAMPLES "/engagement/shops.json").value());
  EXPECT_TRUE(shops.orders_of("dongmen")->empty());
  EXPECT_TRUE(SheetDesk(ledger).sheets_on(installer_desk("i7"))->empty());
}

}  // namespace
}  // namespace muster
