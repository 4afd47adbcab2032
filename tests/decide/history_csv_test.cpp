#include "muster/decide/history_csv.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>

namespace muster {
namespace {

std::vector<Contact> contacts_of(const MemoryHistory& history, std::string_view user) {
  std::vector<Contact> out;
  history.contacts(
      user,
      [](void* context, std::span<const Contact> some) {
        static_cast<std::vector<Contact>*>(context)->assign(some.begin(), some.end());
      },
      &out);
  return out;
}

TEST(HistoryCsv, IsRead) {
  MemoryHistory history;
  const auto read = read_history_csv(
      "channel,user,at,policy,outcome,cost,household\n"
      "sms,Ming,2026-03-01T09:30:00+08:00,P1,accepted,12.5,h\n"
      "shop,Li,2026-03-02T00:00:00Z,P2,,,h\n",
      history);
  ASSERT_TRUE(read) << read.error().message;
  const auto ming = contacts_of(history, "Ming");
  ASSERT_EQ(ming.size(), 2u);
  EXPECT_EQ(ming[0], (Contact{*parse_moment("2026-03-01T01:30:00Z"), "P1", "sms", Outcome::accepted,
                              ContactRule::Scope::user}));
  EXPECT_EQ(ming[1].scope, ContactRule::Scope::household);
  EXPECT_EQ(history.taken("P1").acceptances, 1u);
  EXPECT_EQ(history.taken("P1").cost, 12.5);
  EXPECT_EQ(history.taken("P2").acceptances, 0u);
}

TEST(HistoryCsv, AnEmptyCellTakesNobodyOut) {
  const auto scopes = [](const std::string& rows) {
    MemoryHistory history;
    const auto read = read_history_csv(
        "user,at,policy,channel,account,household\n"
        "a,2026-03-01T00:00:00Z,P,sms,A,\n"
        "h,2026-03-01T00:00:00Z,P,sms,,H\n" +
            rows,
        history);
    EXPECT_TRUE(read) << read.error().message;
    std::multiset<std::string_view> sorted;
    for (const Contact& one : contacts_of(history, "u")) sorted.insert(name(one.scope));
    return fmt::format("{}", fmt::join(sorted, " "));
  };
  const std::string both = "u,2026-03-02T00:00:00Z,P,sms,A,H\n";
  const std::string all = "account household user user";
  EXPECT_EQ(scopes(both + "u,2026-03-03T00:00:00Z,P,sms,A,\n"), all);
  EXPECT_EQ(scopes(both + "u,2026-03-03T00:00:00Z,P,sms,,H\n"), all);
  EXPECT_EQ(scopes(both + "u,2026-03-03T00:00:00Z,P,sms,,\n"), all);
  EXPECT_EQ(scopes("u,2026-03-02T00:00:00Z,P,sms,A,\nu,2026-03-03T00:00:00Z,P,sms,,H\n"), all);
  EXPECT_EQ(scopes(both + "u,2026-03-03T00:00:00Z,P,sms,B,\n"), "household user user");
}

struct Case {
  const char* name;
  std::string_view text;
  Errc code;
  std::string_view message;
};

class HistoryCsvErrors : public testing::TestWithParam<Case> {};

TEST_P(HistoryCsvErrors, NameTheirPlace) {
  MemoryHistory history;
  const auto read = read_history_csv(GetParam().text, history);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, GetParam().code);
  EXPECT_EQ(read.error().message, GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    All, HistoryCsvErrors,
    testing::Values(
        Case{"Empty", "", Errc::missing_column, "no column 'user'"},
        Case{"Missing", "user,at,policy\n", Errc::missing_column, "no column 'channel'"},
        Case{"Unknown", "user,at,polcy\n", Errc::unknown_column,
             "line 1, column 3: a history has no column 'polcy'; did you mean 'policy'?"},
        Case{"Twice", "user,user\n", Errc::duplicate_name,
             "line 1, column 2: a second column 'user'"},
        Case{"Ragged", "user,at,policy,channel\nM,2026-03-01T00:00:00Z,P\n", Errc::csv_syntax,
             "line 2, column 1: 3 cells, where the first line has 4"},
        Case{"Moment", "user,at,policy,channel\nM,yesterday,P,sms\n", Errc::bad_cell,
             "line 2, column 2: 'yesterday' is not a moment such as 2026-03-01T09:30:00+08:00"},
        Case{"Outcome", "user,at,policy,channel,outcome\nM,2026-03-01T00:00:00Z,P,sms,maybe\n",
             Errc::bad_cell, "line 2, column 5: 'maybe' is not an outcome"},
        Case{"Cost", "user,at,policy,channel,cost\nM,2026-03-01T00:00:00Z,P,sms,much\n",
             Errc::bad_cell, "line 2, column 5: 'much' is not a number"},
        Case{"NegativeCost", "user,at,policy,channel,cost\nM,2026-03-01T00:00:00Z,P,sms,-0.5\n",
             Errc::bad_cell, "line 2, column 5: '-0.5' is not a cost from 0 to 1000000000000"},
        Case{"LargeCost", "user,at,policy,channel,cost\nM,2026-03-01T00:00:00Z,P,sms,1e13\n",
             Errc::bad_cell, "line 2, column 5: '1e13' is not a cost from 0 to 1000000000000"},
        Case{"NoUser", "user,at,policy,channel\n\"\",2026-03-01T00:00:00Z,P,sms\n", Errc::bad_cell,
             "line 2, column 1: the user is empty"},
        Case{"NoPolicy", "user,at,policy,channel\nM,2026-03-01T00:00:00Z,,sms\n", Errc::bad_cell,
             "line 2, column 3: the policy is empty"},
        Case{"NoChannel", "user,at,policy,channel\nM,2026-03-01T00:00:00Z,P,\n", Errc::bad_cell,
             "line 2, column 4: the channel is empty"}),
    [](const auto& made) { return std::string(made.param.name); });

TEST(HistoryCsv, MustBeAFile) {
  MemoryHistory history;
  const auto read = read_history_csv_file("/nowhere/history.csv", history);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, Errc::io);
}

}  // namespace
}  // namespace muster
