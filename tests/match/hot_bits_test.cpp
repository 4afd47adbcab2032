#include "match/hot_bits.hpp"

#include <gtest/gtest.h>

#include "match/one_user_layout.hpp"

namespace muster {
namespace {

std::vector<std::uint32_t> uses(std::size_t bits) { return std::vector<std::uint32_t>(bits, 1); }

TEST(HotBits, UpTo512BitsMakeANarrowTable) {
  const HotBits hot(uses(512));
  EXPECT_FALSE(hot.wide());
  EXPECT_EQ(hot.count(), 8u);
  EXPECT_TRUE(hot.words().empty());
  EXPECT_EQ(hot.where(make_literal(509, false)), 63);
  EXPECT_EQ(hot.what(make_literal(509, false)), 1 << 5);
  EXPECT_EQ(hot.where(make_literal(509, true)), 127);
  EXPECT_EQ(hot.what(make_literal(509, true)), 1 << 5);
  EXPECT_EQ(hot.nothing(), 0);
}

TEST(HotBits, UpTo2048BitsAreAllInAWideTable) {
  EXPECT_TRUE(HotBits(uses(513)).wide());
  const HotBits hot(uses(2048));
  EXPECT_EQ(hot.count(), one_user_wide_words);
  EXPECT_TRUE(hot.words().empty());
  EXPECT_EQ(hot.where(make_literal(2045, false)), 255);
  EXPECT_EQ(hot.what(make_literal(2045, false)), 5);
  EXPECT_EQ(hot.where(make_literal(2045, true)), 255);
  EXPECT_EQ(hot.what(make_literal(2045, true)), 5 + one_user_wide_negated);
  EXPECT_EQ(hot.nothing(), one_user_wide_nothing);
}

TEST(HotBits, OfMoreTheWordsReadMost) {
  auto often = uses(40 * 64);
  often[39 * 64] = 1000;
  for (std::size_t word = 0; word < 8; ++word) often[word * 64] = 0;
  const HotBits hot(often);
  EXPECT_EQ(hot.count(), one_user_wide_words);
  ASSERT_EQ(hot.words().size(), one_user_wide_words);
  EXPECT_EQ(hot.words().front(), 8u);
  EXPECT_EQ(hot.words().back(), 39u);
  EXPECT_FALSE(hot.has(make_literal(7 * 64 + 63, false)));
  EXPECT_TRUE(hot.has(make_literal(39 * 64, true)));
  EXPECT_EQ(hot.where(make_literal(39 * 64 + 8, false)), 31 * 8 + 1);
}

TEST(HotBits, NoBits) {
  const HotBits hot(uses(0));
  EXPECT_FALSE(hot.wide());
  EXPECT_EQ(hot.count(), 0u);
}

}  // namespace
}  // namespace muster
