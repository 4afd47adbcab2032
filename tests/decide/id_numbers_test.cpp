#include "decide/id_numbers.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

TEST(IdNumbers, AreGivenInOrderOfArrivalAndStay) {
  IdNumbers numbers;
  for (int round = 0; round < 2; ++round) {
    for (std::uint32_t i = 0; i < 1000; ++i) {
      EXPECT_EQ(numbers.number(std::string(i % 40, 'x') + std::to_string(i)), i);
    }
  }
  ASSERT_EQ(numbers.ids().size(), 1000u);
  EXPECT_EQ(numbers.ids()[41], "x41");
  EXPECT_EQ(numbers.number(""), 1000u);
}

TEST(IdNumbers, NameContacts) {
  IdNumbers numbers;
  const std::uint32_t policy = numbers.number("P"), channel = numbers.number("sms");
  const auto scope = ContactRule::Scope::household;
  EXPECT_EQ(named({{7}, policy, channel, Outcome::accepted, scope}, numbers.ids()),
            (Contact{{7}, "P", "sms", Outcome::accepted, scope}));
}

}  // namespace
}  // namespace muster
