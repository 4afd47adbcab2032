#include "match/kernel.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <set>
#include <string>
#include <vector>

namespace muster {
namespace {

class Kernels : public testing::Test {
 protected:
  void SetUp() override { unsetenv("MUSTER_KERNEL"); }
  void TearDown() override { unsetenv("MUSTER_KERNEL"); }
};

std::string joined_names() {
  std::string text;
  for (std::string_view name : kernel_names()) {
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text;
}

TEST_F(Kernels, NamesAreKnownDistinctAndEndWithScalar) {
  const std::set<std::string_view> known{"avx512", "avx2", "sse4.2", "neon", "scalar"};
  const auto names = kernel_names();
  ASSERT_FALSE(names.empty());
  EXPECT_EQ(names.back(), "scalar");
  EXPECT_EQ(std::set(names.begin(), names.end()).size(), names.size());
  for (std::string_view name : names) EXPECT_TRUE(known.contains(name)) << name;
}

TEST_F(Kernels, EveryNameIsFound) {
  for (std::string_view name : kernel_names()) {
    const auto kernel = find_kernel(name);
    ASSERT_TRUE(kernel) << name;
    EXPECT_EQ((*kernel)->name, name);
  }
}

TEST_F(Kernels, BestIsTheDefault) { EXPECT_EQ((*find_kernel(""))->name, kernel_names().front()); }

TEST_F(Kernels, EnvironmentOverridesTheDefaultOnly) {
  setenv("MUSTER_KERNEL", "scalar", 1);
  EXPECT_EQ((*find_kernel(""))->name, "scalar");
  EXPECT_EQ((*find_kernel(kernel_names().front()))->name, kernel_names().front());
  setenv("MUSTER_KERNEL", "", 1);
  EXPECT_EQ((*find_kernel(""))->name, kernel_names().front());
}

TEST_F(Kernels, UnknownNamesAreRefused) {
  const auto given = find_kernel("avx9");
  ASSERT_FALSE(given);
  EXPECT_EQ(given.error().code, Errc::invalid_argument);
  EXPECT_EQ(given.error().message, "kernel 'avx9' is unknown; this machine has " + joined_names());
  EXPECT_EQ(find_kernel("\xff").error().message,
            R"(kernel '\xff' is unknown; this machine has )" + joined_names());
  setenv("MUSTER_KERNEL", "AVX2", 1);
  const auto from_environment = find_kernel("");
  ASSERT_FALSE(from_environment);
  EXPECT_EQ(from_environment.error().message,
            "kernel 'AVX2' is unknown; this machine has " + joined_names());
}

// A CPU that has nothing but the baseline.
bool runs_scalar(InstructionSet isa) noexcept { return isa == InstructionSet::scalar; }

TEST_F(Kernels, ThoseTheCpuLacksAreRefused) {
#if defined(__x86_64__)
  const std::vector<std::string> lacking{"avx512", "avx2", "sse4.2"};
#elif defined(__aarch64__)
  const std::vector<std::string> lacking{"neon"};
#else
  const std::vector<std::string> lacking;
#endif
  for (const std::string& name : lacking) {
    const auto kernel = find_kernel(name, runs_scalar);
    ASSERT_FALSE(kernel) << name;
    EXPECT_EQ(kernel.error().code, Errc::invalid_argument);
    EXPECT_EQ(kernel.error().message,
              "kernel '" + name + "' is not supported by this CPU; this machine has scalar");
  }
  EXPECT_EQ((*find_kernel("", runs_scalar))->name, "scalar");
}

TEST_F(Kernels, ThoseOfOtherPlatformsAreUnknown) {
#if defined(__x86_64__)
  const std::string name = "neon";
#else
  const std::string name = "avx2";
#endif
  const auto kernel = find_kernel(name);
  ASSERT_FALSE(kernel);
  EXPECT_EQ(kernel.error().code, Errc::invalid_argument);
  EXPECT_EQ(kernel.error().message,
            "kernel '" + name + "' is unknown; this machine has " + joined_names());
  EXPECT_FALSE(this_cpu_runs(name == "neon" ? InstructionSet::neon : InstructionSet::avx2));
}

TEST_F(Kernels, WiderInstructionSetsImplyNarrowerOnes) {
  using enum InstructionSet;
  EXPECT_TRUE(this_cpu_runs(scalar));
  EXPECT_LE(this_cpu_runs(avx512), this_cpu_runs(avx2));
  EXPECT_LE(this_cpu_runs(avx2), this_cpu_runs(sse42));
}

}  // namespace
}  // namespace muster
