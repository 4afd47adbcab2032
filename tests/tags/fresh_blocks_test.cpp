#include "tags/fresh_blocks.hpp"

#include <gtest/gtest.h>

#include "tags/random_arrow.hpp"
#include "tags/sample_predicates.hpp"

namespace muster {
namespace {

using arrow_builder::Random;

/// Whether a block's tiles are those of the population that was encoded as a whole.
bool is_block_of(const EncodedUsers& all, std::size_t block, const TileRange& tiles) {
  const std::size_t words = (all.bits() + 1) * EncodedUsers::tile_words;
  for (std::size_t tile = tiles.first; tile < tiles.end; ++tile) {
    const std::uint64_t* expected = all.column(block * tiles_a_block + tile - tiles.first, 0);
    const std::uint64_t* found = tiles.users->column(tile, 0);
    if (!std::equal(found, found + words, expected)) return false;
  }
  return true;
}

/// Blocks in any order, again and again: nothing is left of what their memory held before.
template <class Users>
void expect_blocks(const Encoder& encoder, const Users& users, const EncodedUsers& all) {
  const RunOptions run{.threads = 2};
  const FreshBlocks blocks = FreshBlocks::of(encoder, users, Date{17}, run).value();
  ASSERT_EQ(blocks.users(), all.users());
  ASSERT_EQ(blocks.blocks(), 4u);
  for (const std::size_t block : {0u, 3u, 1u, 3u, 2u, 0u}) {
    for (const unsigned worker : {0u, 1u}) {
      EXPECT_TRUE(is_block_of(all, block, blocks.block(block, worker).value())) << block;
    }
  }
}

class FreshBlocksOf : public testing::TestWithParam<std::size_t> {};

/// Batches of a few users, of about a tile, of more than a block, and one for all.
INSTANTIATE_TEST_SUITE_P(Batches, FreshBlocksOf, testing::Values(60, 700, 6'000, 1'000'000));

TEST_P(FreshBlocksOf, AreThoseOfTheWholePopulation) {
  Random random(GetParam());
  const UserTable table = arrow_builder::random_table(3 * users_a_block + 777, random);
  const ArrowUsers users = arrow_builder::arrow_of(table, GetParam(), random);
  // Few predicates a tag are encoded in other ways than many.
  for (const std::size_t predicates : {2u, 20u, 70u}) {
    const Encoder encoder(table.schema(),
                          testing_samples::predicates_of_all(table.schema(), predicates, random));
    const EncodedUsers all = encoder.encode(table, Date{17}).value();
    expect_blocks(encoder, table, all);
    expect_blocks(encoder, users, all);
  }
}

TEST(FreshBlocks, AreNoneOfNobody) {
  const UserTable nobody(testing_samples::schema());
  const Encoder encoder(nobody.schema(), {});
  EXPECT_EQ(FreshBlocks::of(encoder, nobody, Date{}, {})->blocks(), 0u);
}

}  // namespace
}  // namespace muster
