#include "muster/engage/link_desk.hpp"

#include <gtest/gtest.h>

#include "each_store.hpp"
#include "raw_store.hpp"

namespace muster::testing {
namespace {

class Links : public EachStore {
 protected:
  void SetUp() override {
    EachStore::SetUp();
    if (IsSkipped()) return;
    desk.emplace(*ledger, LinkSigner::make({{1, std::string(32, 'k')}}).value());
    plan_for(*ledger, catalogue, "u1");
    task = task_of(*ledger, "u1", "P1", "hotline").id;
    ContactReport report;
    report.task = task;
    report.interested = true;
    ASSERT_TRUE(ledger->contact(command(), catalogue, report));
  }
  LinkRequest request(std::uint8_t nonce = 7) const { return {task, later(600), {nonce}}; }
  std::string token(std::uint8_t nonce = 7) {
    return desk->open(command(), request(nonce)).value();
  }
  TaskState state() { return ledger->task(task)->state; }

  Catalogue catalogue = market();
  std::optional<LinkDesk> desk;
  TaskId task = 0;
};
MUSTER_IN_EACH_STORE(Links);

template <class Value>
std::string why(const Result<Value>& result) {
  if (result) return "none";
  return std::string(name(result.error().code)) + ": " + result.error().message;
}

TEST_P(Links, CarryTheirTaskToThePage) {
  const std::string link = token();
  EXPECT_EQ(state(), TaskState::interested);
  const auto opened = desk->redeem(command(later(60)), link);
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(opened->id, task);
  EXPECT_EQ(opened->user, "u1");
  EXPECT_EQ(opened->state, TaskState::handed_off);
  ContactReport order;
  order.task = task;
  order.field = SharedField::order;
  order.text = "88";
  EXPECT_TRUE(ledger->settle(command(later(120)), catalogue, order));
  EXPECT_EQ(state(), TaskState::accepted);
}

TEST_P(Links, AreGoodOnce) {
  const std::string link = token();
  ASSERT_TRUE(desk->redeem({"first", noon}, link));
  EXPECT_TRUE(desk->redeem({"first", noon}, link));  // sent twice
  EXPECT_EQ(why(desk->redeem({"second", noon}, link)), "link_used: this link was used before");
  const std::string another = token(8);  // to the same task
  EXPECT_TRUE(desk->redeem(command(), another));
  EXPECT_EQ(state(), TaskState::handed_off);
}

// The answer was lost; who asks again need not hurry, and is told what was done then.
TEST_P(Links, AreAnsweredAgainAfterTheyExpired) {
  const std::string link = token();
  ASSERT_TRUE(desk->redeem({"first", later(599)}, link));
  ContactReport order;
  order.task = task;
  ASSERT_TRUE(ledger->settle(command(later(601)), catalogue, order));
  const auto again = desk->redeem({"first", later(700)}, link);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->state, TaskState::handed_off);
  EXPECT_EQ(why(desk->redeem({"second", later(700)}, link)),
            "link_expired: this link expired at 2026-03-30T12:10:00Z");

  // A task that is not moved by it.
  plan_for(*ledger, catalogue, "u2");
  task = task_of(*ledger, "u2", "P1", "web").id;
  const std::string other = token(9);
  ASSERT_EQ(desk->redeem({"third", noon}, other)->state, TaskState::planned);
  order.task = task;
  ASSERT_TRUE(ledger->settle(command(), catalogue, order));
  EXPECT_EQ(desk->redeem({"third", noon}, other)->state, TaskState::planned);
}

TEST_P(Links, SameKeySameLink) {
  const std::string link = desk->open({"k", noon}, request(7)).value();
  EXPECT_EQ(desk->open({"k", later(5'000)}, request(9)).value(), link);
  LinkRequest other = request();
  other.expires = later(700);
  EXPECT_EQ(why(desk->open({"k", noon}, other)),
            "key_reused: another write was done under the key 'k'");
}

TEST_P(Links, ThatAreNotGoodAreRefused) {
  const std::string link = token();
  EXPECT_EQ(why(desk->redeem(command(later(600)), link)),
            "link_expired: this link expired at 2026-03-30T12:10:00Z");
  std::string forged = link;
  forged[40] = forged[40] == 'A' ? 'B' : 'A';
  EXPECT_EQ(why(desk->redeem(command(), forged)),
            "link_forged: this link's signature is not its own");
  EXPECT_EQ(why(desk->redeem(command(), "nonsense!")),
            "link_malformed: this is no link: not base 64 of the URL alphabet");
  const std::string foreign = LinkSigner::make({{2, std::string(32, 'k')}})
                                  ->sign({std::to_string(task), later(600), {}})
                                  .value();
  EXPECT_EQ(why(desk->redeem(command(), foreign)),
            "link_unknown_key: this link was signed with key 2, which is not known");
  for (const char* subject : {"12abc", "abc", "-1", "99999999999999999999999"}) {
    const std::string elsewhere =
        LinkSigner::make({{1, std::string(32, 'k')}})->sign({subject, later(600), {1}}).value();
    EXPECT_EQ(why(desk->redeem(command(), elsewhere)),
              "link_malformed: this is no link: it leads to no task");
  }
  EXPECT_EQ(state(), TaskState::interested);
  EXPECT_TRUE(desk->redeem(command(later(599)), link));  // nobody used it up
}

// The task's number is another user's there.
TEST_P(Links, OfAnotherLedgerLeadNowhere) {
  const TemporaryPlace elsewhere(GetParam());
  Ledger other = elsewhere.open({.durability = Durability::normal});
  plan_for(other, catalogue, "u2");
  ASSERT_TRUE(other.task(task));
  LinkDesk its_desk(other, LinkSigner::make({{1, std::string(32, 'k')}}).value());
  const std::string link = token();
  EXPECT_EQ(why(its_desk.redeem(command(), link)),
            "link_unknown: this link was not given out by this ledger");
  EXPECT_TRUE(desk->redeem(command(), link));
}

TEST_P(Links, OfALedgerThatIsDamagedAreNotHandedOut) {
  ASSERT_TRUE(desk->open({"k", noon}, request()));
  RawStore(*place).run("UPDATE muster_events SET text = '{}' WHERE key = 'k'");
  EXPECT_EQ(why(desk->open({"k", noon}, request())),
            "corrupt: the ledger holds a link that can not be read");
}

TEST_P(Links, LeadToOpenTasksOnly) {
  const std::string link = token();
  ContactReport elsewhere;
  elsewhere.task = task_of(*ledger, "u1", "P1", "shop").id;
  ASSERT_TRUE(ledger->settle(command(), catalogue, elsewhere));
  const std::string closed =
      fmt::format("illegal_step: task {} is cancelled; a link to it leads nowhere", task);
  EXPECT_EQ(why(desk->redeem(command(), link)), closed);
  EXPECT_EQ(why(desk->open(command(), request())), closed);
  LinkRequest wrong = request();
  wrong.task = 99;
  EXPECT_EQ(desk->open(command(), wrong).error().code, Errc::unknown_task);
  wrong = request();
  wrong.nonce = {};
  EXPECT_EQ(why(desk->open(command(), wrong)),
            "invalid_argument: a link needs random bytes, not zeros, as its nonce");
  wrong.expires = noon;
  EXPECT_EQ(why(desk->open(command(), wrong)),
            "invalid_argument: the link would have expired at 2026-03-30T12:00:00Z already");
}

}  // namespace
}  // namespace muster::testing
