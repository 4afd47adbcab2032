#include "decide/known_contacts.hpp"

#include <gtest/gtest.h>

#include <string>

#include "decide/id_numbers.hpp"
#include "prepared_world.hpp"

namespace muster::testing {
namespace {

TEST(KnownContacts, NumbersAreWhatTheirIdsAre) {
  const auto catalogue = prepared(small_draft());
  // More than are remembered, so that numbers share places; the catalogue knows some.
  IdNumbers numbers;
  for (int i = 0; i < 10'000; ++i) numbers.number("id " + std::to_string(i));
  std::vector<std::string_view> known{"sms", "no such id", "id 7", ""};
  for (const Policy& policy : catalogue->catalogue.policies()) known.push_back(policy.id);
  for (const std::string_view id : known) numbers.number(id);

  KnownNumbers looked_up;
  for (int round = 0; round < 2; ++round) {
    for (std::uint32_t i = 0; i < numbers.ids().size(); i += 1 + i % 5) {
      const auto channel = static_cast<std::uint32_t>(numbers.ids().size() - 1 - i);
      const NumberedContact one{
          {i}, i, channel, Outcome::declined, ContactRule::Scope::account, i % 2 == 0};
      const HashedContact found = looked_up.look_up(one, numbers.ids(), *catalogue);
      const HashedContact right = look_up(named(one, numbers.ids()), *catalogue);
      ASSERT_EQ(found.hash, right.hash) << i;
      ASSERT_EQ(found.contact.policy, right.contact.policy) << i;
      ASSERT_EQ(found.contact.channel, right.contact.channel) << i;
      ASSERT_EQ(found.contact.at, right.contact.at);
      ASSERT_EQ(found.contact.outcome, right.contact.outcome);
      ASSERT_EQ(found.contact.scope, right.contact.scope);
      ASSERT_EQ(found.contact.group_marks, right.contact.group_marks);
      ASSERT_EQ(found.contact.answer, right.contact.answer);
    }
  }
}

TEST(KnownContacts, NumbersOfNoIdAreUnknown) {
  const auto catalogue = prepared(small_draft());
  KnownNumbers looked_up;
  for (const std::uint32_t number : {0u, 1u, ~0u}) {
    const auto found = looked_up.look_up({{1}, number, number, {}, {}}, {}, *catalogue);
    EXPECT_EQ(found.contact.policy, IdTable::none);
    EXPECT_EQ(found.contact.channel, IdTable::none);
  }
}

}  // namespace
}  // namespace muster::testing
