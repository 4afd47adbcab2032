#include "match/audience_even_out.hpp"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <random>
#include <set>

namespace muster {
namespace {

/// A value of `shape`, with operands that no two values share.
PlacedValue value_of(LineShape shape, std::uint32_t target) {
  PlacedValue out{0, shape, {}, target};
  for (std::uint32_t i = 0; i < shape.operands(); ++i) out.operands.push_back(100 * target + i);
  return out;
}

std::vector<PlacedValue> values_of(const std::map<LineShape, int>& counts) {
  std::vector<PlacedValue> out;
  for (const auto& [shape, count] : counts) {
    for (int i = 0; i < count; ++i) {
      out.push_back(value_of(shape, static_cast<std::uint32_t>(out.size())));
    }
  }
  return out;
}

/// Operands that kernels read, with those of values computed twice.
std::size_t operands_read(const std::vector<PlacedValue>& values) {
  std::map<LineShape, std::size_t> counts;
  for (const PlacedValue& value : values) ++counts[value.shape];
  std::size_t sum = 0;
  for (const auto& [shape, count] : counts) {
    sum += (count + values_together - 1) / values_together * values_together * shape.operands();
  }
  return sum;
}

std::map<LineShape, int> shapes_in(const std::vector<PlacedValue>& values) {
  std::map<LineShape, int> counts;
  for (const PlacedValue& value : values) ++counts[value.shape];
  return counts;
}

/// The different operands of each kind.
std::array<std::set<std::uint32_t>, 3> meaning(const PlacedValue& value) {
  const auto all = value.operands.begin(), any = all + value.shape.all;
  const auto none = any + value.shape.any;
  EXPECT_EQ(none + value.shape.none, value.operands.end());
  return {std::set(all, any), std::set(any, none), std::set(none, value.operands.end())};
}

static_assert(values_together == 4, "the numbers below are for this");

TEST(AudienceEvenOut, LeavesMultiplesAlone) {
  auto values = values_of({{{2, 0, 0}, 8}, {{3, 0, 0}, 4}});
  even_out(values);
  EXPECT_EQ(shapes_in(values), (std::map<LineShape, int>{{{2, 0, 0}, 8}, {{3, 0, 0}, 4}}));
}

TEST(AudienceEvenOut, RepeatsAnOperandOfEachKind) {
  auto values = values_of({{{1, 2, 1}, 1}, {{2, 3, 2}, 3}});
  even_out(values);
  EXPECT_EQ(shapes_in(values), (std::map<LineShape, int>{{{2, 3, 2}, 4}}));
  EXPECT_EQ(values[0].operands, (std::vector<std::uint32_t>{0, 0, 1, 1, 2, 3, 3}));
}

TEST(AudienceEvenOut, PassesLeftoversFromShapeToShape) {
  auto values = values_of({{{2, 0, 0}, 5}, {{3, 0, 0}, 4}, {{4, 0, 0}, 3}});
  even_out(values);
  EXPECT_EQ(shapes_in(values),
            (std::map<LineShape, int>{{{2, 0, 0}, 4}, {{3, 0, 0}, 4}, {{4, 0, 0}, 4}}));
}

TEST(AudienceEvenOut, DoesNotMakeUpAKindOfOperand) {
  const std::map<LineShape, int> counts{{{2, 0, 0}, 1}, {{2, 0, 1}, 3}, {{2, 2, 0}, 3}};
  auto values = values_of(counts);
  even_out(values);
  EXPECT_EQ(shapes_in(values), counts);
}

TEST(AudienceEvenOut, RatherComputesValuesTwiceThanRepeatMoreOperands) {
  const std::map<LineShape, int> counts{{{1, 0, 0}, 2}, {{9, 0, 0}, 4}};
  auto values = values_of(counts);
  even_out(values);
  EXPECT_EQ(shapes_in(values), counts);
}

TEST(AudienceEvenOut, KeepsValuesAndNeverReadsMore) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 300; ++round) {
    std::map<LineShape, int> counts;
    const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };
    for (int i = 0; i < 30; ++i) {
      counts[{1 + below(6), below(2) * (2 + below(3)), below(4)}] = static_cast<int>(below(12));
    }
    const auto before = values_of(counts);
    auto after = before;
    even_out(after);
    EXPECT_LE(operands_read(after), operands_read(before));
    ASSERT_EQ(after.size(), before.size());
    for (std::size_t i = 0; i < after.size(); ++i) {
      EXPECT_EQ(after[i].target, before[i].target);
      EXPECT_EQ(meaning(after[i]), meaning(before[i]));
      EXPECT_EQ(after[i].operands.size(), after[i].shape.operands());
    }
  }
}

}  // namespace
}  // namespace muster
