#include "cli/match_stats.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <numeric>

#include "cli/report.hpp"

namespace muster::cli {
namespace {

void to_stderr(const std::string& text) { std::fputs(text.c_str(), stderr); }

struct Counted {
  std::uint64_t matches = 0;
  double seconds = 1e9;
};

/// Counting, over and over for a moment, so that small inputs can be timed too.
Result<Counted> count(const Audience& audience, const EncodedUsers& users, unsigned threads) {
  Counted out;
  for (double begin = seconds_now(), last = begin; last - begin < 0.2;) {
    const auto counts = audience.counts(users, {.threads = threads});
    if (!counts) return counts.error();
    const double now = seconds_now();
    out = {std::accumulate(counts->begin(), counts->end(), std::uint64_t{0}),
           std::min(out.seconds, now - last)};
    last = now;
  }
  return out;
}

/// Microseconds from a user's values to the rules that match, for up to a thousand users spread
/// over the table, ascending. Each is done once before, as if some other call had come first.
Result<std::vector<double>> popup_times(const RuleSet& rules, const UserTable& users, Date today) {
  using Clock = std::chrono::steady_clock;
  const Encoder& encoder = rules.encoder();
  Scratch scratch(rules);
  std::vector<std::uint64_t> bits(encoder.words());
  std::vector<RuleId> matched(rules.size());
  std::vector<double> times;
  const std::size_t step = std::max<std::size_t>(1, users.size() / 1'000);
  for (const bool timed : {false, true}) {
    for (std::size_t user = 0; user < users.size(); user += step) {
      const auto begin = Clock::now();
      const auto encoded = encoder.encode(users.row(static_cast<UserIndex>(user)), today, bits);
      if (!encoded) return encoded.error();
      rules.match(bits, scratch, matched);
      const std::chrono::duration<double, std::micro> took = Clock::now() - begin;
      if (timed) times.push_back(took.count());
    }
  }
  std::sort(times.begin(), times.end());
  return times;
}

}  // namespace

void MatchStats::end(std::string stage) {
  const double now = seconds_now();
  stages_.emplace_back(std::move(stage), now - last_);
  last_ = now;
}

Result<void> MatchStats::show(const RuleSet& rules, const Audience& audience,
                              const UserTable& users, const EncodedUsers& encoded, Date today,
                              unsigned threads) const {
  const auto found = count(audience, encoded, threads);
  if (!found) return found.error();
  const auto popups = popup_times(rules, users, today);
  if (!popups) return popups.error();
  to_stderr(fmt::format("{} users x {} policies, {} matches ({} kernel, {})\n",
                        grouped(users.size()), grouped(rules.size()), grouped(found->matches),
                        rules.kernel(), threads == 0 ? "all threads" : counted(threads, "thread")));
  for (const auto& [stage, took] : stages_) {
    to_stderr(fmt::format("  {:<28} {:>9.1f} ms\n", stage, took * 1e3));
  }
  const double work = static_cast<double>(users.size()) * static_cast<double>(rules.size());
  to_stderr(fmt::format("counting alone: {:.3g} ms, {:.3g} billion users x rules a second\n",
                        found->seconds * 1e3, work / found->seconds / 1e9));
  if (popups->empty()) return {};
  to_stderr(
      fmt::format("one user alone, values to policies: {:.2f} µs (median of {}), 99 of 100 within "
                  "{:.2f} µs\n",
                  (*popups)[popups->size() / 2], grouped(popups->size()),
                  (*popups)[popups->size() * 99 / 100]));
  return {};
}

}  // namespace muster::cli
