#include "tags/number_line.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace muster {
namespace {

const double infinity = std::numeric_limits<double>::infinity();
const double tiny = std::numeric_limits<double>::denorm_min();
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

TEST(NumberLine, SortsCutsAndDropsRepeats) {
  const auto line =
      NumberLine::of_numbers({{Number(3), true}, {Number(1)}, {Number(3)}, {Number(1)}});
  ASSERT_EQ(line.size(), 3u);
  EXPECT_EQ(line.find({Number(1)}), 0u);
  EXPECT_EQ(line.find({Number(3)}), 1u);
  EXPECT_EQ(line.find({Number(3), true}), 2u);
}

TEST(NumberLine, RanksAreTheCutsPassed) {
  const std::vector<Number> numbers = {
      -infinity, -1,     -tiny,   0, tiny, 1, 1.5, 0x1p53, (std::int64_t{1} << 53) + 1,
      most,      0x1p63, infinity};
  std::vector<Cut> cuts;
  for (const Number& number : numbers) {
    cuts.push_back({number, false});
    cuts.push_back({number, true});
  }
  for (std::size_t size = 0; size <= cuts.size(); ++size) {
    const std::vector<Cut> some(cuts.begin(), cuts.begin() + static_cast<long>(size));
    const auto line = NumberLine::of_numbers(some);
    for (const Number& number : numbers) {
      std::size_t passed = 0;
      for (const Cut& cut : some) passed += cut.after ? cut.at < number : cut.at <= number;
      EXPECT_EQ(line.rank(number), passed);
    }
  }
}

TEST(NumberLine, DaysPassWholeAndBrokenCuts) {
  const auto line = NumberLine::of_days({{Number(-1e300)},
                                         {Number(-0.5)},
                                         {Number(2)},
                                         {Number(2), true},
                                         {Number(2.5)},
                                         {Number(1e300)}});
  const std::pair<std::int64_t, std::size_t> cases[] = {
      {-5'000'000'000, 1}, {-1, 1}, {0, 2}, {1, 2}, {2, 3}, {3, 5}, {4'000'000, 5}};
  for (const auto& [days, rank] : cases) EXPECT_EQ(line.rank_of_days(days), rank) << days;
}

}  // namespace
}  // namespace muster
