#include "muster/evaluate/cusum.hpp"

#include <gtest/gtest.h>

#include <iterator>

namespace muster {
namespace {

// D. C. Montgomery, "Introduction to Statistical Quality Control", tables 9.1 and 9.2: target 10,
// K = 1/2, H = 5. The last ten were drawn with a mean of 11.
struct Step {
  double x, high;
  std::size_t rising_high;
  double low;
  std::size_t rising_low;
};
constexpr Step published[] = {
    {9.45, 0, 0, 0.05, 1},    {7.99, 0, 0, 1.56, 2},  {9.29, 0, 0, 1.77, 3},
    {11.66, 1.16, 1, 0, 0},   {12.16, 2.82, 2, 0, 0}, {10.18, 2.50, 3, 0, 0},
    {8.04, 0.04, 4, 1.46, 1}, {11.46, 1.00, 5, 0, 0}, {9.20, 0, 0, 0.30, 1},
    {10.34, 0, 0, 0, 0},      {9.03, 0, 0, 0.47, 1},  {11.47, 0.97, 1, 0, 0},
    {10.51, 0.98, 2, 0, 0},   {9.40, 0, 0, 0.10, 1},  {10.08, 0, 0, 0, 0},
    {9.37, 0, 0, 0.13, 1},    {10.62, 0.12, 1, 0, 0}, {10.31, 0, 0, 0, 0},
    {8.52, 0, 0, 0.98, 1},    {10.84, 0.34, 1, 0, 0}, {10.90, 0.74, 2, 0, 0},
    {9.33, 0, 0, 0.17, 1},    {12.29, 1.79, 1, 0, 0}, {11.50, 2.79, 2, 0, 0},
    {10.60, 2.89, 3, 0, 0},   {11.08, 3.47, 4, 0, 0}, {10.38, 3.35, 5, 0, 0},
    {11.62, 4.47, 6, 0, 0},   {11.31, 5.28, 7, 0, 0}, {10.52, 5.30, 8, 0, 0}};

TEST(Cusums, GiveThePublishedSums) {
  Cusum cusum(0.5, 5);
  for (std::size_t i = 0; i < std::size(published); ++i) {
    const Step& step = published[i];
    cusum.add(step.x - 10);
    EXPECT_NEAR(cusum.high().sum, step.high, 0.005) << i + 1;
    EXPECT_NEAR(cusum.low().sum, step.low, 0.005) << i + 1;
    EXPECT_EQ(cusum.high().rising, step.rising_high) << i + 1;
    EXPECT_EQ(cusum.low().rising, step.rising_low) << i + 1;
    EXPECT_EQ(cusum.high().alarm, i + 1 >= 29) << i + 1;
    EXPECT_FALSE(cusum.low().alarm);
  }
}

TEST(Cusums, WarnDownwardsToo) {
  Cusum cusum(0.5, 5);
  for (int day = 1; day <= 4; ++day) {
    cusum.add(-2);
    EXPECT_EQ(cusum.low().alarm, day == 4) << day;
  }
  EXPECT_EQ(cusum.high().sum, 0);
  EXPECT_EQ(cusum.low().rising, 4u);
}

}  // namespace
}  // namespace muster
