#include "cli/progress_bar.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <utility>

namespace muster::cli {
namespace {

constexpr double patience = 0.2;  // seconds before a bar is worth showing
constexpr double interval = 0.1;
constexpr std::size_t bar_cells = 30;

}  // namespace

double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

ProgressBar::ProgressBar(std::string label)
    : label_(std::move(label)), watched_(isatty(STDERR_FILENO) != 0), started_(seconds_now()) {}

ProgressBar::~ProgressBar() {
  if (on_screen_) std::fputs("\r\x1b[K", stderr);
}

Progress ProgressBar::progress() {
  if (!watched_) return {};
  return [this](std::uint64_t done, std::uint64_t total) { show(done, total); };
}

void ProgressBar::show(std::uint64_t done, std::uint64_t total) {
  const double now = seconds_now();
  if (total == 0 || now - started_ < patience || now - shown_at_ < interval) return;
  shown_at_ = now;
  on_screen_ = true;
  const std::size_t filled = bar_cells * done / total;
  const std::string bar = fmt::format("\r{} [{:=<{}}{:<{}}] {:3} %", label_, "", filled, "",
                                      bar_cells - filled, 100 * done / total);
  std::fputs(bar.c_str(), stderr);
}

}  // namespace muster::cli
