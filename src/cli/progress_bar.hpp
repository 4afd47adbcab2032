#pragma once

#include <string>

#include "muster/core/progress.hpp"

namespace muster::cli {

/// A bar on standard error for work that takes a while, where that is a terminal; nothing
/// otherwise. Gone when it ends.
class ProgressBar {
 public:
  explicit ProgressBar(std::string label);
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  ~ProgressBar();

  /// What to hand to the library; empty where nobody watches. Borrows the bar.
  Progress progress();
  /// Work on so many threads, with progress().
  RunOptions run(unsigned threads) { return {.threads = threads, .progress = progress()}; }

 private:
  void show(std::uint64_t done, std::uint64_t total);

  std::string label_;
  bool watched_;
  double started_;
  double shown_at_ = 0;
  bool on_screen_ = false;
};

/// Seconds of a steady clock.
double seconds_now();

}  // namespace muster::cli
