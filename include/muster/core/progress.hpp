#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

namespace muster {

/// Set by any thread to make long work stop soon with Errc::cancelled.
class CancelToken {
 public:
  void cancel() noexcept { cancelled_.store(true, std::memory_order_relaxed); }
  bool cancelled() const noexcept { return cancelled_.load(std::memory_order_relaxed); }

 private:
  std::atomic<bool> cancelled_{false};
};

/// Called now and then with work done and work in all, from one thread at a time.
using Progress = std::function<void(std::uint64_t done, std::uint64_t total)>;

/// How long work runs: on how many threads, told to whom, stopped by whom.
struct RunOptions {
  unsigned threads = 1;                 ///< 0: as many as the machine has
  Progress progress = {};               ///< may be empty
  const CancelToken* cancel = nullptr;  ///< may be null; must outlive the call
};

}  // namespace muster
