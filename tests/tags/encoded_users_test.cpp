#include "muster/tags/encoded_users.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <new>
#include <vector>

namespace muster {
namespace {

TEST(EncodedUsers, BeginsAsZerosInAlignedColumns) {
  const EncodedUsers users(513, 3);
  EXPECT_EQ(users.users(), 513u);
  EXPECT_EQ(users.bits(), 3u);
  ASSERT_EQ(users.tiles(), 2u);
  EXPECT_EQ(users.users_in(0), 512u);
  EXPECT_EQ(users.users_in(1), 1u);
  EXPECT_EQ(users.memory_bytes(), 2u * (3 + 1) * 64);
  for (std::size_t tile = 0; tile < 2; ++tile) {
    for (std::size_t bit = 0; bit < 3; ++bit) {
      EXPECT_EQ(reinterpret_cast<std::uintptr_t>(users.column(tile, bit)) % 64, 0u);
      for (std::size_t w = 0; w < 8; ++w) ASSERT_EQ(users.column(tile, bit)[w], 0u);
    }
  }
}

TEST(EncodedUsers, MarksTheUsersThereAre) {
  const EncodedUsers users(512 + 64 + 3, 2);
  const std::uint64_t all = ~std::uint64_t{0};
  const std::uint64_t* full = users.column(0, 2);
  EXPECT_EQ(std::vector(full, full + 8), std::vector<std::uint64_t>(8, all));
  const std::uint64_t* last = users.column(1, 2);
  EXPECT_EQ(std::vector(last, last + 8), (std::vector<std::uint64_t>{all, 7, 0, 0, 0, 0, 0, 0}));
}

TEST(EncodedUsers, GathersOneUser) {
  EncodedUsers users(1000, 130);
  users.column(0, 0)[1] |= std::uint64_t{1} << 3;    // user 67
  users.column(1, 129)[0] |= std::uint64_t{1} << 5;  // user 517
  std::vector<std::uint64_t> bits(3, ~std::uint64_t{0});
  users.user(67, bits);
  EXPECT_EQ(bits, (std::vector<std::uint64_t>{1, 0, 0}));
  users.user(517, bits);
  EXPECT_EQ(bits, (std::vector<std::uint64_t>{0, 0, 2}));
  users.user(66, bits);
  EXPECT_EQ(bits, (std::vector<std::uint64_t>{0, 0, 0}));
}

TEST(EncodedUsers, MovesAndLeavesNothing) {
  EncodedUsers users(10, 2);
  users.column(0, 1)[0] = 5;
  EncodedUsers other = std::move(users);
  EXPECT_EQ(other.column(0, 1)[0], 5u);
  EXPECT_EQ(users.users(), 0u);  // NOLINT: what is moved from is empty
  EXPECT_EQ(users.tiles(), 0u);
  EXPECT_EQ(EncodedUsers().memory_bytes(), 0u);
}

TEST(EncodedUsers, ThrowsBadAllocForWhatNoMemoryHolds) {
  const std::size_t most = std::numeric_limits<std::size_t>::max();
  EXPECT_THROW(EncodedUsers(most / 2, most / 2), std::bad_alloc);
}

}  // namespace
}  // namespace muster
