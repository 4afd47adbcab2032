#include "muster/decide/contact_history.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <thread>

namespace muster {
namespace {

using Scope = ContactRule::Scope;

std::vector<Contact> seen(const ContactHistory& history, std::string_view user) {
  std::vector<Contact> out;
  history.contacts(
      user,
      [](void* context, std::span<const Contact> contacts) {
        static_cast<std::vector<Contact>*>(context)->assign(contacts.begin(), contacts.end());
      },
      &out);
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  return out;
}

/// "1 user, 2 account": seconds and scopes.
std::string text(const ContactHistory& history, std::string_view user) {
  std::string out;
  for (const Contact& one : seen(history, user)) {
    if (!out.empty()) out += ", ";
    out += std::to_string(one.at.seconds) + " " + std::string(name(one.scope));
  }
  return out;
}

Contact contact(std::int64_t second, Outcome outcome = Outcome::none) {
  return {{second}, "P", "sms", outcome, Scope::household};
}

TEST(MemoryHistory, ShowsWhatWasAdded) {
  MemoryHistory history;
  EXPECT_TRUE(seen(history, "u").empty());
  history.add("u", contact(1, Outcome::declined));
  ASSERT_EQ(seen(history, "u").size(), 1u);
  EXPECT_EQ(seen(history, "u")[0], (Contact{{1}, "P", "sms", Outcome::declined, Scope::user}));
  EXPECT_TRUE(seen(history, "v").empty());
}

TEST(MemoryHistory, ShowsContactsOfAccountAndHousehold) {
  MemoryHistory history;
  history.add("u", contact(1));
  history.place("u", "A", "H");
  history.place("v", "A", "");
  history.place("w", "", "H");
  history.place("x", "A", "H");
  history.add("v", contact(2));
  history.add("w", contact(3));
  history.add("x", contact(4));
  EXPECT_EQ(text(history, "u"), "1 user, 2 account, 3 household, 4 account");
  EXPECT_EQ(text(history, "v"), "1 account, 2 user, 4 account");
  EXPECT_EQ(text(history, "w"), "1 household, 3 user, 4 household");
  EXPECT_EQ(text(history, "stranger"), "");
}

TEST(MemoryHistory, ForgetsThoseWhoMoveAway) {
  MemoryHistory history;
  history.place("u", "A", "H");
  history.place("v", "A", "H");
  history.add("u", contact(1));
  history.add("v", contact(2));
  history.place("v", "B", "H");
  EXPECT_EQ(text(history, "u"), "1 user, 2 household");
  EXPECT_EQ(text(history, "v"), "1 household, 2 user");
  history.place("v", "", "");
  EXPECT_EQ(text(history, "u"), "1 user");
  EXPECT_EQ(text(history, "v"), "2 user");
  history.place("v", "", "");
  history.place("u", "A", "H");
  EXPECT_EQ(text(history, "u"), "1 user");
}

/// What `text` should be, worked out from all that is known.
struct Model {
  std::string seen_by(const std::string& user) const {
    std::map<std::int64_t, Scope> all;
    for (const auto& [second, whose] : contacts) {
      const bool account = same(account_of, user, whose),
                 household = same(household_of, user, whose);
      if (whose == user) all[second] = Scope::user;
      if (whose != user && (account || household)) {
        all[second] = account ? Scope::account : Scope::household;
      }
    }
    std::string out;
    for (const auto& [second, scope] : all) {
      out += (out.empty() ? "" : ", ") + std::to_string(second) + " " + std::string(name(scope));
    }
    return out;
  }
  using Groups = std::map<std::string, std::string>;
  static bool same(const Groups& groups, const std::string& a, const std::string& b) {
    const auto one = groups.find(a), other = groups.find(b);
    return one != groups.end() && other != groups.end() && !one->second.empty() &&
           one->second == other->second;
  }
  std::map<std::int64_t, std::string> contacts;
  Groups account_of, household_of;
};

TEST(MemoryHistory, ShowsTheSameInWhateverOrderItWasTold) {
  std::mt19937 random(5);
  const auto pick = [&](std::vector<std::string> from) { return from[random() % from.size()]; };
  const std::vector<std::string> users{"a", "b", "c", "d", "e"};
  for (int round = 0; round < 200; ++round) {
    MemoryHistory history;
    Model model;
    for (int step = 0; step < 30; ++step) {
      const std::string user = pick(users);
      if (random() % 2 == 0) {
        history.add(user, contact(step));
        model.contacts[step] = user;
      } else {
        const std::string account = pick({"", "A", "B"}), household = pick({"", "H", "I"});
        history.place(user, account, household);
        model.account_of[user] = account;
        model.household_of[user] = household;
      }
      for (const std::string& one : users)
        ASSERT_EQ(text(history, one), model.seen_by(one)) << step;
    }
  }
}

// Histories are told again and again where everybody belongs: that must cost nothing.
TEST(MemoryHistory, HoldsLargeAccounts) {
  MemoryHistory history;
  constexpr int members = 2'000;
  for (int again = 0; again < 3; ++again) {
    for (int i = 0; i < members; ++i) {
      history.place("u" + std::to_string(i), "A", "A");
      if (again == 0) history.add("u" + std::to_string(i), contact(i));
    }
  }
  EXPECT_EQ(seen(history, "u0").size(), std::size_t{members});
  history.place("u0", "", "");
  EXPECT_EQ(text(history, "u0"), "0 user");
  EXPECT_EQ(seen(history, "u1").size(), std::size_t{members} - 1);
}

TEST(MemoryHistory, CountsWhatWasAccepted) {
  MemoryHistory history;
  EXPECT_EQ(history.taken("P").acceptances, 0u);
  history.add("u", contact(1, Outcome::accepted), 2.5);
  history.add("v", contact(2, Outcome::accepted));
  history.add("v", contact(3, Outcome::declined), 100);
  history.add("v", contact(4, Outcome::accepted), 1);
  EXPECT_EQ(history.taken("P").acceptances, 3u);
  EXPECT_EQ(history.taken("P").cost, 3.5);
  EXPECT_EQ(history.taken("Q").acceptances, 0u);
}

TEST(MemoryHistory, RefusesCostsThatAreNone) {
  MemoryHistory history;
  const auto said = [&](double cost) {
    const auto added = history.add("u", contact(1, Outcome::accepted), cost);
    EXPECT_EQ(added.error().code, Errc::invalid_argument) << cost;
    return added.error().message;
  };
  const std::string wanted = "a contact's cost must be a number from 0 to 1000000000000, not ";
  EXPECT_EQ(said(std::nan("")), wanted + "nan");
  EXPECT_EQ(said(std::numeric_limits<double>::infinity()), wanted + "inf");
  EXPECT_EQ(said(-0.5), wanted + "-0.5");
  EXPECT_EQ(said(max_money * 2), wanted + "2000000000000");
  EXPECT_TRUE(seen(history, "u").empty());
  EXPECT_EQ(history.taken("P").acceptances, 0u);
  EXPECT_TRUE(history.add("u", contact(1, Outcome::accepted), max_money));
}

TEST(MemoryHistory, IsReadWhileItIsWritten) {
  MemoryHistory history;
  std::thread writer([&] {
    for (int i = 0; i < 2000; ++i) {
      history.add("u", contact(i, Outcome::accepted), 1);
      if (i % 100 == 0) history.place("u", "A" + std::to_string(i), "H");
    }
  });
  std::size_t last = 0;
  while (last < 2000) {
    history.expect("u");
    const std::size_t now = seen(history, "u").size();
    ASSERT_GE(now, last);
    ASSERT_GE(history.taken("P").acceptances, now);
    last = now;
  }
  writer.join();
}

}  // namespace
}  // namespace muster
