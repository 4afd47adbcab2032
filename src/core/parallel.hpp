#pragma once

#include <cstddef>
#include <functional>
#include <type_traits>
#include <utility>

#include "muster/core/error.hpp"
#include "muster/core/progress.hpp"

namespace muster {

/// Threads that for_each_block uses: those asked for, but no more than there are blocks, and at
/// least one. Workers are numbered from 0, so that each may own an accumulator.
unsigned worker_count(const RunOptions& run, std::size_t blocks) noexcept;

namespace detail {
using BlockFunction = std::function<Result<void>(std::size_t block, unsigned worker)>;
Result<void> run_blocks(const RunOptions& run, std::size_t blocks, const BlockFunction& fn);
}  // namespace detail

/// Calls `fn(block, worker)` once for each block from 0 to blocks - 1; the caller's thread works
/// too, as worker 0. Blocks are dealt out in ascending order. `fn` returns nothing or Result<void>.
///
/// Stops dealing at the first failure, exception or cancellation, waits for blocks under way, then
/// gives the failure of the lowest block (the same one for any number of threads), throws the
/// exception in the caller's thread, or fails with Errc::cancelled. Progress counts blocks.
/// Where the system has no thread to give, the work is done with those there are.
template <class Fn>
Result<void> for_each_block(const RunOptions& run, std::size_t blocks, Fn&& fn) {
  return detail::run_blocks(run, blocks, [&fn](std::size_t block, unsigned worker) -> Result<void> {
    if constexpr (std::is_void_v<std::invoke_result_t<Fn&, std::size_t, unsigned>>) {
      fn(block, worker);
      return {};
    } else {
      return fn(block, worker);
    }
  });
}

}  // namespace muster
