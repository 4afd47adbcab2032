#include "decide/seen_contacts.hpp"

#include <gtest/gtest.h>

#include <deque>

namespace muster {
namespace {

TEST(SeenContacts, FindsWhatEachUserSees) {
  SeenContacts seen;
  EXPECT_TRUE(seen.find("0").empty());
  seen.expect("0");
  std::deque<std::string> users;
  const std::vector<NumberedContact> contacts(1000);
  for (std::size_t i = 0; i < 1000; ++i) {
    const std::string& user = users.emplace_back(std::to_string(i));
    seen.set(user, {contacts.data(), i});
    seen.expect(user);
  }
  for (std::size_t i = 0; i < 1000; ++i) EXPECT_EQ(seen.find(users[i]).size(), i);
  EXPECT_TRUE(seen.find("1000").empty());
  EXPECT_TRUE(seen.find("").empty());
  seen.set(users[7], {contacts.data(), 1000});
  EXPECT_EQ(seen.find("7").size(), 1000u);
  EXPECT_EQ(seen.find("8").size(), 8u);
}

}  // namespace
}  // namespace muster
