#include "cli/run_tool.hpp"
#include "muster/engage/sheet_desk.hpp"

namespace muster {
namespace {

constexpr Moment noon{1'774'872'000};

using TimelineCommand = Tool;

TEST_F(TimelineCommand, ShowsEverythingOfAUser) {
  {
    Ledger ledger = Ledger::open(folder() / "crm.ledger").value();
    Note note;
    note.kind = EventKind::sheet;
    note.user = "u1";
    note.channel = "shop";
    note.policy = "P1";
    note.text = "沟通单\nof two lines";
    ASSERT_TRUE(ledger.note({"a", noon}, note));
    ASSERT_TRUE(ledger.place({"b", {noon.seconds + 60}}, "u1", "account", "home"));
    ASSERT_TRUE(ledger.place({"c", noon}, "u2", "account", "home"));
  }
  const Ran ran = run("timeline crm.ledger --user u1");
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(ran.out,
            "2026-03-30T12:00:00Z  sheet  shop  P1  沟通单 of two lines\n"
            "2026-03-30T12:01:00Z  placement  account home\n");
}

// What the ledger keeps as JSON; the same kinds may hold anybody's text, which is shown as it is.
TEST_F(TimelineCommand, SaysInWordsWhatDesksWrote) {
  {
    Ledger ledger = Ledger::open(folder() / "crm.ledger").value();
    SheetDesk desk(ledger);
    const Sheet sheet = desk.create({"a", noon}, {"order 7", "u1", "s1", "i1"}).value();
    const SheetEntry known{SheetStep::fill, SheetRole::shop, "two children", "a router"};
    ASSERT_TRUE(desk.step({"b", noon}, sheet.id, known));
    for (const EventKind kind : {EventKind::hand_off, EventKind::token}) {
      Note note;
      note.kind = kind;
      note.user = "u1";
      note.text = R"({"state": "mine"})";
      ASSERT_TRUE(ledger.note({name(kind), noon}, note));
    }
  }
  const Ran ran = run("timeline crm.ledger --user u1");
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(ran.out,
            "2026-03-30T12:00:00Z  sheet  order 7 created, shop s1, installer i1\n"
            "2026-03-30T12:00:00Z  sheet  order 7 filled, shop s1, installer i1, "
            "“two children”, “a router”\n"
            "2026-03-30T12:00:00Z  hand_off  {\"state\": \"mine\"}\n"
            "2026-03-30T12:00:00Z  token  {\"state\": \"mine\"}\n");
}

TEST_F(TimelineCommand, RefusesWhatItDoesNotFind) {
  EXPECT_EQ(run("timeline crm.ledger --user u1").err,
            "muster: error: there is no ledger 'crm.ledger'\n");
  EXPECT_FALSE(exists("crm.ledger"));
  { const Ledger ledger = Ledger::open(folder() / "crm.ledger").value(); }
  file("empty", "");
  EXPECT_EQ(run("timeline empty --user u1").err, "muster: error: there is no ledger yet\n");
  EXPECT_EQ(std::filesystem::file_size(folder() / "empty"), 0u);
  const Ran ran = run("timeline crm.ledger --user u1");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.err, "muster: error: 'crm.ledger' has no user 'u1'\n");
  EXPECT_EQ(run("timeline crm.ledger --user u1 --catalogue none.json").exit, 1);
  file("other", std::string(5'000, 'x'));
  EXPECT_EQ(run("timeline other --user u1").err,
            "muster: error: the ledger's file: file is not a database\n");
}

}  // namespace
}  // namespace muster
