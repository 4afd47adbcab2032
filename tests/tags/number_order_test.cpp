#include "tags/number_order.hpp"

#include <gtest/gtest.h>

#include "tags/small_predicates.hpp"

namespace muster {
namespace {

using namespace small_predicates;

TEST(NumberOrder, NextAndPreviousAreOppositeAndAlternate) {
  for (const Number at :
       {Number(0.0), Number(1.0), Number(0.3), Number(-2.5), Number(1e300), Number(-1e-320),
        Number(two_to_53 - 1), Number(two_to_53), Number(two_to_53 + 1), Number(-two_to_53 - 1),
        Number(max_int), Number(max_int - 1), Number(min_int), Number(9223372036854775808.0),
        Number(biggest), Number(std::numeric_limits<double>::denorm_min())}) {
    EXPECT_LT(at, successor(at));
    EXPECT_EQ(predecessor(successor(at)), at);
    EXPECT_EQ(successor(predecessor(at)), at);
    EXPECT_NE(is_even(at), is_even(successor(at)));
    EXPECT_EQ(negated(negated(at)), at);
  }
  EXPECT_EQ(successor(Number(max_int)), Number(9223372036854775808.0));
  EXPECT_EQ(successor(biggest), Number(inf));
  EXPECT_EQ(predecessor(Number(min_int)), Number(-9223372036854777856.0));
  EXPECT_EQ(successor(-std::numeric_limits<double>::denorm_min()), Number(0.0));
}

TEST(NumberOrder, IntegersAreThoseOf64Bits) {
  EXPECT_EQ(as_int64(Number(max_int)), max_int);
  EXPECT_EQ(as_int64(Number(min_int)), min_int);
  EXPECT_EQ(as_int64(Number(-3.0)), -3);
  EXPECT_EQ(as_int64(Number(0.5)), std::nullopt);
  EXPECT_EQ(as_int64(Number(9223372036854775808.0)), std::nullopt);
  EXPECT_EQ(as_int64(Number(inf)), std::nullopt);
}

}  // namespace
}  // namespace muster
