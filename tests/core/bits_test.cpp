#include "core/bits.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace muster {
namespace {

TEST(Bits, LowBitsAndWords) {
  EXPECT_EQ(low_bits(0), 0u);
  EXPECT_EQ(low_bits(1), 1u);
  EXPECT_EQ(low_bits(63), ~std::uint64_t{0} >> 1);
  EXPECT_EQ(low_bits(64), ~std::uint64_t{0});
  EXPECT_EQ(words_for(0), 0u);
  EXPECT_EQ(words_for(1), 1u);
  EXPECT_EQ(words_for(64), 1u);
  EXPECT_EQ(words_for(65), 2u);
}

TEST(Bits, PackBytesTakesTheLowestBitOfEachAndClearsTheRest) {
  std::mt19937_64 random(1);
  for (std::size_t n = 0; n <= 200; ++n) {
    std::vector<std::uint8_t> bytes(n);
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random() & 1);
    std::vector<std::uint64_t> words(words_for(n), ~std::uint64_t{0});
    pack_bytes(bytes.data(), n, words.data());
    for (std::size_t i = 0; i < words.size() * 64; ++i) {
      ASSERT_EQ(test_bit(words.data(), i), i < n && bytes[i] != 0) << n << " " << i;
    }
  }
}

TEST(Bits, LoadBitsReadsNoByteTooMany) {
  const std::vector<std::uint8_t> bitmap = {0xff, 0x01, 0xfe, 0, 0, 0, 0, 0x80};
  for (std::size_t bits = 1; bits <= 64; ++bits) {
    const std::vector<std::uint8_t> exact(bitmap.begin(),
                                          bitmap.begin() + static_cast<long>((bits + 7) / 8));
    EXPECT_EQ(load_bits(exact.data(), bits), 0x8000'0000'00fe'01ffu & low_bits(bits));
  }
}

TEST(Bits, PutBitsKeepsWhatIsBelow) {
  std::mt19937_64 random(2);
  for (std::size_t n = 1; n <= 64; ++n) {
    std::vector<std::uint64_t> words(40, 0);
    std::vector<bool> expected;
    while (expected.size() + n <= 2000) {
      const std::uint64_t value = random();
      put_bits(words.data(), expected.size(), value, n);
      for (std::size_t i = 0; i < n; ++i) expected.push_back((value >> i & 1) != 0);
    }
    for (std::size_t i = 0; i < expected.size(); ++i) {
      ASSERT_EQ(test_bit(words.data(), i), expected[i]) << n << " " << i;
    }
  }
}

TEST(Bits, AssignBitChangesOneBit) {
  std::uint64_t words[2] = {0, ~std::uint64_t{0}};
  assign_bit(words, 3, true);
  assign_bit(words, 64, false);
  EXPECT_EQ(words[0], 8u);
  EXPECT_EQ(words[1], ~std::uint64_t{1});
}

TEST(Bits, TransposeSwapsRowsAndColumns) {
  std::mt19937_64 random(3);
  std::uint64_t words[64], before[64];
  for (int i = 0; i < 64; ++i) words[i] = before[i] = random();
  transpose_64(words);
  for (std::size_t i = 0; i < 64; ++i) {
    for (std::size_t j = 0; j < 64; ++j) ASSERT_EQ(words[j] >> i & 1, before[i] >> j & 1);
  }
}

}  // namespace
}  // namespace muster
