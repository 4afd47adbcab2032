#include "decide/seen_contacts.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <deque>
#include <string>
#include <thread>

namespace muster {
namespace {

TEST(SeenContacts, FindsWhatEachUserSees) {
  SeenContacts seen;
  EXPECT_TRUE(seen.find("0").empty());
  seen.expect_soon("0");
  seen.expect("0");
  std::deque<std::string> users;
  const std::vector<NumberedContact> contacts(1000);
  for (std::size_t i = 0; i < 1000; ++i) {
    const std::string& user = users.emplace_back(std::to_string(i));
    seen.set(user, {contacts.data(), i});
    seen.expect_soon(user);
    seen.expect(user);
  }
  for (std::size_t i = 0; i < 1000; ++i) EXPECT_EQ(seen.find(users[i]).size(), i);
  EXPECT_TRUE(seen.find("1000").empty());
  EXPECT_TRUE(seen.find("").empty());
  seen.set(users[7], {contacts.data(), 1000});
  EXPECT_EQ(seen.find("7").size(), 1000u);
  EXPECT_EQ(seen.find("8").size(), 8u);
}

// For ThreadSanitizer.
TEST(SeenContacts, LoadAheadWhileTheyChange) {
  SeenContacts seen;
  std::deque<std::string> users;
  for (int i = 0; i < 3000; ++i) users.push_back(std::to_string(i));
  std::atomic<bool> done{false};
  std::thread reader([&] {
    for (std::size_t i = 0; !done; i = (i + 1) % users.size()) {
      seen.expect_soon(users[i]);
      seen.expect(users[i]);
    }
  });
  const std::vector<NumberedContact> contacts(40);
  for (std::size_t i = 0; i < users.size(); ++i) seen.set(users[i], {contacts.data(), i % 40});
  done = true;
  reader.join();
  for (std::size_t i = 0; i < users.size(); ++i) EXPECT_EQ(seen.find(users[i]).size(), i % 40);
}

}  // namespace
}  // namespace muster
