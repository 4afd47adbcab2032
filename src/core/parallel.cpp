#include "core/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <vector>

#include "core/cancelled.hpp"

namespace muster {
namespace {

/// One call of run_blocks, shared by its workers.
class BlockRun {
 public:
  BlockRun(const RunOptions& run, std::size_t blocks, const detail::BlockFunction& fn)
      : run_(run), blocks_(blocks), fn_(fn) {}

  void work(unsigned worker) noexcept {
    while (const auto block = next()) {
      try {
        step(*block, worker);
      } catch (...) {
        keep(*block, std::current_exception());
      }
    }
  }

  Result<void> finish() {
    if (exception_) std::rethrow_exception(exception_);
    if (error_) return *std::move(error_);
    if (done_ < blocks_) return cancelled_by_caller();
    return {};
  }

 private:
  std::optional<std::size_t> next() noexcept {
    if (stopped_ || is_cancelled(run_.cancel)) return std::nullopt;
    const std::size_t block = next_++;
    return block < blocks_ ? std::optional(block) : std::nullopt;
  }

  void step(std::size_t block, unsigned worker) {
    if (auto result = fn_(block, worker); !result) return keep(block, std::move(result).error());
    const std::lock_guard lock(mutex_);
    ++done_;
    if (run_.progress) run_.progress(done_, blocks_);
  }

  /// Every block below a failed one was dealt out before it, so the lowest failure always shows.
  bool lowest(std::size_t block) {
    stopped_ = true;
    if (block >= failed_) return false;
    failed_ = block;
    return true;
  }

  void keep(std::size_t block, Error error) {
    const std::lock_guard lock(mutex_);
    if (!lowest(block)) return;
    error_ = std::move(error);
    exception_ = nullptr;
  }

  void keep(std::size_t block, std::exception_ptr exception) noexcept {
    const std::lock_guard lock(mutex_);
    if (!lowest(block)) return;
    exception_ = std::move(exception);
    error_.reset();
  }

  const RunOptions& run_;
  const std::size_t blocks_;
  const detail::BlockFunction& fn_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> stopped_{false};
  std::mutex mutex_;
  std::size_t done_ = 0;
  std::size_t failed_ = static_cast<std::size_t>(-1);
  std::optional<Error> error_;
  std::exception_ptr exception_;
};

}  // namespace

unsigned worker_count(const RunOptions& run, std::size_t blocks) noexcept {
  const unsigned wanted = run.threads != 0 ? run.threads : std::thread::hardware_concurrency();
  const auto most = static_cast<unsigned>(std::min<std::size_t>(blocks, 1024));
  return std::max(1u, std::min(wanted, most));
}

namespace detail {

Result<void> run_blocks(const RunOptions& run, std::size_t blocks, const BlockFunction& fn) {
  BlockRun state(run, blocks, fn);
  {
    std::vector<std::jthread> helpers;
    const unsigned workers = worker_count(run, blocks);
    helpers.reserve(workers - 1);
    try {
      for (unsigned w = 1; w < workers; ++w) helpers.emplace_back([&state, w] { state.work(w); });
    } catch (const std::system_error&) {
      // No more threads to be had; those running, this one among them, share the work.
    }
    state.work(0);
  }
  return state.finish();
}

}  // namespace detail
}  // namespace muster
