#include "decide/engine_slots.hpp"

#include <gtest/gtest.h>

#include "prepared_world.hpp"

namespace muster::testing {
namespace {

std::vector<std::unique_ptr<Slot>> slots_of(const PreparedPointer& catalogue, std::size_t count) {
  std::vector<std::unique_ptr<Slot>> out;
  for (std::size_t i = 0; i < count; ++i)
    out.push_back(std::make_unique<Slot>(catalogue, 1, Decider::least_room));
  return out;
}

TEST(EngineSlots, ShelfGivesWhatWasPutBack) {
  const PreparedPointer catalogue = prepared(small_draft());
  SlotShelf shelf;
  EXPECT_EQ(shelf.take(), nullptr);
  for (auto& slot : slots_of(catalogue, 100)) shelf.put_back(std::move(slot));
  EXPECT_EQ(catalogue.use_count(), 65);  // what found no place is gone
  EXPECT_NE(shelf.take(), nullptr);
  shelf.clear();
  EXPECT_EQ(shelf.take(), nullptr);
  EXPECT_EQ(catalogue.use_count(), 1);
}

TEST(EngineSlots, PileKeepsSlotsUntilItIsCleared) {
  const PreparedPointer catalogue = prepared(small_draft());
  SlotPile pile;
  for (auto& slot : slots_of(catalogue, 3)) pile.put(std::move(slot));
  EXPECT_EQ(catalogue.use_count(), 4);
  pile.clear();
  EXPECT_EQ(catalogue.use_count(), 1);
  pile.clear();
}

TEST(EngineSlots, StockWantsAsManyAsWereEverUsed) {
  const PreparedPointer catalogue = prepared(small_draft());
  SlotStock stock;
  EXPECT_EQ(stock.wanted(), 1u);
  EXPECT_TRUE(stock.exchange(slots_of(catalogue, 2)).empty());
  EXPECT_NE(stock.take(), nullptr);
  EXPECT_NE(stock.take(), nullptr);
  EXPECT_EQ(stock.take(), nullptr);
  EXPECT_EQ(stock.wanted(), 3u);
  stock.exchange(slots_of(catalogue, 3));
  EXPECT_NE(stock.take(), nullptr);
  EXPECT_EQ(stock.wanted(), 3u);
  EXPECT_EQ(stock.exchange({}).size(), 2u);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(stock.take(), nullptr);
  EXPECT_EQ(stock.wanted(), 64u);
}

}  // namespace
}  // namespace muster::testing
