#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <vector>

#include "core/this_cpu.hpp"
#include "tags/number_kernel.hpp"

namespace muster {
namespace {

/// Sizes around those of a register and of a word.
constexpr std::size_t sizes[] = {0, 1, 7, 8, 9, 63, 64, 65, 128, 200};

/// Every kernel of this machine.
std::vector<NumberKernel> kernels() {
  std::vector<NumberKernel> all = {number_any};
  for (const InstructionSet isa : {InstructionSet::avx2, InstructionSet::avx512}) {
    if (this_cpu_runs(isa)) all.push_back(number_kernel(isa));
  }
  return all;
}

bool narrow_to_16(const NumberKernel& kernel, const double* values, std::size_t n,
                  std::int16_t* out) {
  return kernel.narrow_doubles(values, n, out);
}
bool narrow_to_16(const NumberKernel& kernel, const std::int64_t* values, std::size_t n,
                  std::int16_t* out) {
  return kernel.narrow_integers(values, n, out);
}

template <class T>
class Narrow : public testing::Test {};
using Types = testing::Types<double, std::int64_t>;
TYPED_TEST_SUITE(Narrow, Types);

TYPED_TEST(Narrow, KeepsIntegersOf16Bits) {
  std::mt19937_64 random(1);
  for (const std::size_t size : sizes) {
    std::vector<TypeParam> values(size);
    for (auto& value : values) {
      value = static_cast<TypeParam>(static_cast<std::int64_t>(random() % 65'535) - 32'767);
    }
    for (const NumberKernel& kernel : kernels()) {
      std::vector<std::int16_t> out(size);
      ASSERT_TRUE(narrow_to_16(kernel, values.data(), size, out.data()));
      for (std::size_t i = 0; i < size; ++i) EXPECT_EQ(out[i], values[i]);
    }
  }
}

TYPED_TEST(Narrow, RefusesOthersWhereverTheyStand) {
  const TypeParam others[] = {static_cast<TypeParam>(-32'768),
                              static_cast<TypeParam>(32'768),
                              static_cast<TypeParam>(65'536),
                              static_cast<TypeParam>(1LL << 32),
                              static_cast<TypeParam>(1LL << 62),
                              static_cast<TypeParam>(std::numeric_limits<std::int64_t>::min())};
  for (const TypeParam other : others) {
    for (std::size_t at = 0; at < 65; ++at) {
      std::vector<TypeParam> values(65, TypeParam{5});
      values[at] = other;
      std::int16_t out[65];
      for (const NumberKernel& kernel : kernels()) {
        EXPECT_FALSE(narrow_to_16(kernel, values.data(), values.size(), out)) << other << at;
      }
    }
  }
}

TEST(NarrowDoubles, RefusesFractionsAndInfinities) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  for (const double other : {0.5, -1e-300, 1e300, infinity, -infinity}) {
    for (std::size_t at = 0; at < 12; ++at) {
      std::vector<double> values(12, 7);
      values[at] = other;
      std::int16_t out[12];
      for (const NumberKernel& kernel : kernels()) {
        EXPECT_FALSE(kernel.narrow_doubles(values.data(), values.size(), out)) << other << at;
      }
    }
  }
}

TEST(NarrowDoubles, PassesOverNaN) {
  std::vector<double> values(12, std::numeric_limits<double>::quiet_NaN());
  values[3] = values[11] = -7;
  for (const NumberKernel& kernel : kernels()) {
    std::int16_t out[12] = {};
    ASSERT_TRUE(kernel.narrow_doubles(values.data(), values.size(), out));
    EXPECT_EQ(out[3], -7);
    EXPECT_EQ(out[11], -7);
  }
}

TEST(CompareAbove, TellsEachValue) {
  std::mt19937_64 random(2);
  for (const std::size_t size : sizes) {
    std::vector<std::int16_t> values(size);
    for (auto& value : values) value = static_cast<std::int16_t>(random() % 7);
    for (const std::int16_t below :
         std::initializer_list<std::int16_t>{-32'768, -1, 0, 3, 6, 32'767}) {
      for (const NumberKernel& kernel : kernels()) {
        std::vector<std::uint64_t> words((size + 63) / 64, ~std::uint64_t{0});
        kernel.compare_above(values.data(), size, below, words.data());
        for (std::size_t i = 0; i < words.size() * 64; ++i) {
          const bool expected = i < size && values[i] > below;
          EXPECT_EQ((words[i / 64] >> (i % 64) & 1) != 0, expected);
        }
      }
    }
  }
}

}  // namespace
}  // namespace muster
