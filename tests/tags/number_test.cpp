#include "muster/tags/number.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <vector>

namespace muster {
namespace {

constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

static_assert(Number(96) == Number(96.0));
static_assert(Number(largest) < Number(0x1p63));
static_assert(Number(smallest) == Number(-0x1p63));

__extension__ using Wide = __int128;

Wide exact(Number number) { return static_cast<Wide>(number.to_double()) + number.rest(); }

std::vector<std::int64_t> interesting_integers() {
  std::vector<std::int64_t> integers = {0, smallest, smallest + 1, largest, largest - 1};
  for (int shift = 0; shift < 63; ++shift) {
    for (const std::int64_t off : {-1025, -513, -2, -1, 0, 1, 2, 511, 512, 513, 1024}) {
      integers.push_back((std::int64_t{1} << shift) + off);
      integers.push_back(-(std::int64_t{1} << shift) - off);
    }
  }
  return integers;
}

TEST(Number, HoldsEveryIntegerExactly) {
  for (const std::int64_t integer : interesting_integers()) {
    ASSERT_EQ(exact(Number(integer)), Wide{integer}) << integer;
    const Number number(integer);
    ASSERT_EQ(Number::from_parts(number.to_double(), number.rest()), number) << integer;
  }
}

TEST(Number, OrdersIntegersAsIntegers) {
  const std::vector<std::int64_t> integers = interesting_integers();
  for (const std::int64_t a : integers) {
    for (const std::int64_t b : integers) ASSERT_EQ(Number(a) <=> Number(b), a <=> b) << a << b;
  }
}

TEST(Number, ComparesIntegersWithDoublesExactly) {
  EXPECT_GT(Number(9007199254740993), Number(9007199254740992.0));
  EXPECT_LT(Number(9007199254740993), Number(9007199254740994.0));
  EXPECT_EQ(Number(9007199254740992), Number(9007199254740992.0));
  EXPECT_LT(Number(largest), Number(9223372036854775808.0));
  EXPECT_LT(Number(1), Number(1.5));
  EXPECT_LT(Number(largest), Number(std::numeric_limits<double>::infinity()));
  EXPECT_GT(Number(smallest), Number(-std::numeric_limits<double>::infinity()));
}

TEST(Number, KnowsWhatADoubleCanNotHold) {
  EXPECT_FALSE(Number(1).beyond_double());
  EXPECT_FALSE(Number(0.1).beyond_double());
  EXPECT_TRUE(Number(9007199254740993).beyond_double());
  EXPECT_TRUE(Number(largest).beyond_double());
  EXPECT_EQ(Number(largest).rest(), -1);
}

TEST(Number, HasOneZero) {
  EXPECT_EQ(Number(-0.0), Number(0));
  EXPECT_FALSE(std::signbit(Number(-0.0).to_double()));
}

}  // namespace
}  // namespace muster
