// What a transaction may count on, whether a store runs its statements one by one or together.

#include "engage/store.hpp"

#include <gtest/gtest.h>

#include "each_store.hpp"
#include "engage/paper_table.hpp"

namespace muster::testing {
namespace {

class StoreTest : public EachStore {
 protected:
  void SetUp() override {
    EachStore::SetUp();
    if (IsSkipped()) return;
    store = GetParam() == StoreKind::sqlite ? open_sqlite(place->file(), {})
                                            : connect_postgres(place->connection(), {});
  }

  void put(std::uint64_t id) { PaperTable(*store).put({PaperKind::sheet, id, "owner", {}, "{}"}); }
  std::size_t papers() { return PaperTable(*store).of_owner(PaperKind::sheet, "owner").size(); }
  /// A settlement without a group: no table takes it.
  void put_what_fails() {
    store->run(Sql::put_settlement, {"u", SqlValue(), 1, 1, "P", "call", 1, 1});
  }

  std::unique_ptr<Store> store;
};
MUSTER_IN_EACH_STORE(StoreTest);

TEST_P(StoreTest, ReadsSeeWhatTheTransactionWrote) {
  store->begin();
  put(1);
  EXPECT_EQ(papers(), 1u);
  put(2);
  EXPECT_EQ(papers(), 2u);
  store->rollback();
  EXPECT_EQ(papers(), 0u);
}

TEST_P(StoreTest, AnyNumberOfWritesInATransaction) {
  constexpr std::uint64_t many = 5'000;
  store->begin();
  for (std::uint64_t id = 1; id <= many; ++id) put(id);
  store->commit();
  EXPECT_EQ(papers(), many);
}

TEST_P(StoreTest, AFailedWriteIsToldByTheCommitAtTheLatest) {
  const auto write = [&] {
    store->begin();
    put(1);
    put_what_fails();
    put(2);
    store->commit();
  };
  EXPECT_THROW(write(), StoreFailure);
  store->rollback();
  EXPECT_EQ(papers(), 0u);
  // The statements that came after it were not lost with it.
  store->begin();
  put(1);
  store->commit();
  EXPECT_EQ(papers(), 1u);
}

TEST_P(StoreTest, AFailedWriteIsToldByTheNextRead) {
  store->begin();
  const auto read = [&] {
    put_what_fails();
    return papers();
  };
  EXPECT_THROW(read(), StoreFailure);
  store->rollback();
  EXPECT_EQ(papers(), 0u);
}

TEST_P(StoreTest, RollingBackForgetsAFailedWrite) {
  store->begin();
  try {
    put_what_fails();
  } catch (const StoreFailure&) {  // told at once by a store that runs one by one
  }
  store->rollback();
  EXPECT_EQ(papers(), 0u);
}

}  // namespace
}  // namespace muster::testing
