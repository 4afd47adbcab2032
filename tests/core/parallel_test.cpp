#include "core/parallel.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

namespace muster {
namespace {

RunOptions on_threads(unsigned threads) {
  RunOptions run;
  run.threads = threads;
  return run;
}

class Parallel : public testing::TestWithParam<unsigned> {};
INSTANTIATE_TEST_SUITE_P(Threads, Parallel, testing::Values(0u, 1u, 2u, 7u));

TEST_P(Parallel, VisitsEveryBlockOnceByAWorkerWithinTheCount) {
  constexpr std::size_t blocks = 1000;
  const RunOptions run = on_threads(GetParam());
  std::vector<std::atomic<int>> visits(blocks);
  std::atomic<bool> worker_in_range = true;
  const auto result = for_each_block(run, blocks, [&](std::size_t block, unsigned worker) {
    ++visits[block];
    if (worker >= worker_count(run, blocks)) worker_in_range = false;
  });
  ASSERT_TRUE(result);
  EXPECT_TRUE(worker_in_range);
  for (const auto& count : visits) ASSERT_EQ(count, 1);
}

TEST_P(Parallel, GivesTheFailureOfTheLowestBlock) {
  for (int repeat = 0; repeat < 20; ++repeat) {
    const auto result = for_each_block(
        on_threads(GetParam()), 500, [](std::size_t block, unsigned) -> Result<void> {
          if (block < 100) return {};
          return Error{Errc::invalid_argument, "block " + std::to_string(block), {}};
        });
    ASSERT_FALSE(result);
    ASSERT_EQ(result.error().message, "block 100");
  }
}

TEST_P(Parallel, ThrowsInTheCallersThread) {
  const auto run = [&] {
    (void)for_each_block(on_threads(GetParam()), 50, [](std::size_t block, unsigned) {
      if (block == 10) throw std::runtime_error("from block 10");
    });
  };
  EXPECT_THROW(run(), std::runtime_error);
}

TEST_P(Parallel, StopsWhenCancelled) {
  CancelToken cancel;
  RunOptions run = on_threads(GetParam());
  run.cancel = &cancel;
  std::atomic<std::size_t> visited = 0;
  const auto result = for_each_block(run, 1'000'000, [&](std::size_t, unsigned) {
    if (++visited == 20) cancel.cancel();
  });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Errc::cancelled);
  EXPECT_EQ(result.error().message, "cancelled by the caller");
  EXPECT_LT(visited, 1000u);
}

TEST_P(Parallel, ReportsProgressInOrderFromOneThreadAtATime) {
  RunOptions run = on_threads(GetParam());
  std::vector<std::uint64_t> seen;
  run.progress = [&](std::uint64_t done, std::uint64_t total) {
    EXPECT_EQ(total, 64u);
    seen.push_back(done);
  };
  ASSERT_TRUE(for_each_block(run, 64, [](std::size_t, unsigned) {}));
  ASSERT_EQ(seen.size(), 64u);
  for (std::size_t i = 0; i < seen.size(); ++i) EXPECT_EQ(seen[i], i + 1);
}

TEST_P(Parallel, NoBlocksIsDone) {
  EXPECT_TRUE(for_each_block(on_threads(GetParam()), 0, [](std::size_t, unsigned) { FAIL(); }));
}

TEST(WorkerCount, IsWhatWasAskedForButNoMoreThanBlocks) {
  EXPECT_EQ(worker_count(on_threads(4), 100), 4u);
  EXPECT_EQ(worker_count(on_threads(4), 3), 3u);
  EXPECT_EQ(worker_count(on_threads(4), 0), 1u);
  EXPECT_GE(worker_count(on_threads(0), 100), 1u);
}

TEST(ParallelCancel, AfterTheLastBlockIsTooLate) {
  CancelToken cancel;
  RunOptions run = on_threads(1);
  run.cancel = &cancel;
  EXPECT_TRUE(for_each_block(run, 3, [&](std::size_t block, unsigned) {
    if (block == 2) cancel.cancel();
  }));
}

}  // namespace
}  // namespace muster
