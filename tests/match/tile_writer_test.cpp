#include "match/tile_writer.hpp"

#include <gtest/gtest.h>

#include "match/lay_out.hpp"

namespace muster {
namespace {

class TileWriting : public ::testing::Test {
 protected:
  /// An entry filed under a literal, or under none.
  void add(std::uint32_t rule, const std::string& text, const std::string& key) {
    given.add(rule, text);
    keys.push_back(key.empty() ? no_key : testing::LetterEntries::literals(key)[0]);
  }
  OneUserTile write(unsigned lanes, const CancelToken* cancel = nullptr) {
    constexpr std::size_t block_bytes = 64;
    OneUserTile tile{};
    TileWriter(given.lanes, {lanes, 1, 1, 1, 1, 0, 0}, block_bytes, tables, cancel)
        .write(tile, given.entries, keys);
    return tile;
  }

  testing::LetterEntries given;
  std::vector<Literal> keys;
  OneUserTables tables;
};

TEST_F(TileWriting, FilesEntriesByKey) {
  add(0, "ac", "a");
  add(1, "b", "");
  add(2, "c-d", "-d");
  add(3, "ae", "a");
  const OneUserTile tile = write(64);
  EXPECT_EQ(tile.first_key, 0u);
  EXPECT_EQ(tables.key_blocks, (std::vector<std::uint32_t>{0, 1, 2})) << "none, a, -d";
  ASSERT_EQ(tables.blocks.size(), 3u);
  EXPECT_EQ(tables.blocks[0].entries, 1);
  EXPECT_EQ(tables.blocks[1].entries, 2);
  EXPECT_EQ(tables.blocks[1].literals, 1) << "the key is not tested again";
  EXPECT_EQ(tables.blocks[2].entries, 1);
  ASSERT_EQ(tables.lines.size(), 2u);
  EXPECT_EQ(tile.end_line - tile.first_line, 2u);
  EXPECT_EQ(tables.lines[0].negated, 0u);
  EXPECT_EQ(tables.lines[0].mask[0], 1u);
  EXPECT_EQ(tables.lines[0].first_key + tables.lines[0].key[0], 1u);
  EXPECT_EQ(tables.lines[1].negated, 1u);
  EXPECT_EQ(tables.lines[1].mask[0], 8u);
  EXPECT_EQ(tables.lines[1].first_key + tables.lines[1].key[3], 2u);
}

TEST_F(TileWriting, BlocksHaveNoMoreLanesThanTheKernel) {
  for (std::uint32_t rule = 0; rule < 70; ++rule) add(rule, "ab", "a");
  write(32);
  std::size_t entries = 0;
  for (const OneUserBlock& block : tables.blocks) {
    EXPECT_LE(block.entries, 32);
    entries += block.entries;
  }
  EXPECT_EQ(entries, 70u);
  EXPECT_EQ(tables.blocks.size(), 3u);
}

TEST_F(TileWriting, KeepsLongEntriesFromShortOnes) {
  for (std::uint32_t rule = 0; rule < 40; ++rule) add(rule, rule < 20 ? "ab" : "abcdefghij", "a");
  write(64);
  ASSERT_EQ(tables.blocks.size(), 2u);
  EXPECT_EQ(tables.blocks[0].literals, 9);
  EXPECT_EQ(tables.blocks[1].literals, 1);
  EXPECT_EQ(tables.blocks[0].shape, one_user_plain);
  EXPECT_EQ(tables.blocks[1].shape, one_user_plain3);
}

TEST_F(TileWriting, StopsOnceCancelled) {
  add(0, "ab", "a");
  CancelToken cancel;
  cancel.cancel();
  write(64, &cancel);
  EXPECT_TRUE(tables.blocks.empty());
}

}  // namespace
}  // namespace muster
