#pragma once

#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <vector>

namespace muster::bench {

inline double now_ns() {
  return std::chrono::duration<double, std::nano>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

/// Processor time of this process: a busy machine does not stretch it.
inline double processor_ns() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

/// REQUIRES: not empty; 0 <= share <= 1.
inline double percentile(std::vector<double> values, double share) {
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

/// What asking for the time costs.
inline double clock_ns() {
  std::vector<double> samples(1001);
  for (double& sample : samples) {
    const double begin = now_ns();
    sample = now_ns() - begin;
  }
  return percentile(std::move(samples), 0.5);
}

/// Runs `work(user)` for users 0 to `users` - 1 in turn, `batch` between two looks at the clock,
/// and appends the mean of each batch.
template <class Work>
void time_users(std::size_t users, std::size_t batch, Work work, std::vector<double>& means) {
  const double clock = clock_ns();
  for (std::size_t first = 0; first + batch <= users; first += batch) {
    const double begin = now_ns();
    for (std::size_t user = first; user < first + batch; ++user) work(user);
    const double spent = std::max(0.0, now_ns() - begin - clock);
    means.push_back(spent / static_cast<double>(batch));
  }
}

}  // namespace muster::bench
