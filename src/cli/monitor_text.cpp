#include "cli/monitor_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/report.hpp"
#include "cli/text_table.hpp"

namespace muster::cli {
namespace {

constexpr std::size_t bar_cells = 40, small_bar_cells = 20;

std::string percent_of(Proportion its) {
  return its.trials == 0 ? "-" : fmt::format("{:.1f} %", 100 * rate(its));
}

std::string with_interval(Proportion its) {
  if (its.trials == 0) return "-";
  const RateInterval interval = wilson(its);
  return fmt::format("{:.1f} % ({:.1f} to {:.1f})", 100 * rate(its), 100 * interval.low,
                     100 * interval.high);
}

std::string uplift_of(const Uplift& uplift) {
  if (uplift.held_out.trials == 0 || uplift.treated.trials == 0) return "-";
  const RateInterval interval = uplift.interval();
  return fmt::format("{:+.1f} ({:+.1f} to {:+.1f})", 100 * uplift.difference(), 100 * interval.low,
                     100 * interval.high);
}

std::string relative_of(const Uplift& uplift) {
  const auto relative = uplift.relative();
  return relative ? fmt::format("{:+.0f} %", 100 * *relative) : "-";
}

FunnelCounts sum_of(const LedgerFigures& figures) {
  FunnelCounts all;
  for (const FunnelCell& cell : figures.funnel) all += cell.counts;
  return all;
}

std::string funnel_text(const LedgerFigures& figures) {
  const FunnelCounts all = sum_of(figures);
  TextTable table({"tasks", "", "", ""}, "llrr");
  for (std::size_t i = 0; i < shown_funnel_steps; ++i) {
    const auto step = static_cast<FunnelStep>(i);
    const Proportion part{all[step], all[FunnelStep::targeted]};
    table.add({std::string(name(step)), bar(rate(part), bar_cells), grouped(all[step]),
               percent_of(part)});
  }
  return table.text();
}

std::string cells_text(const LedgerFigures& figures) {
  std::vector<std::string> header{"policy", "channel", "day"};
  for (std::size_t i = 0; i < shown_funnel_steps; ++i) {
    header.emplace_back(name(static_cast<FunnelStep>(i)));
  }
  for (const char* more : {"success", "handed off", "late"}) header.emplace_back(more);
  TextTable table(std::move(header), "lllrrrrrrrr");
  for (const FunnelCell& cell : figures.funnel) {
    std::vector<std::string> row{cell.policy, cell.channel, to_string(cell.day)};
    for (std::size_t i = 0; i < shown_funnel_steps; ++i) {
      row.push_back(grouped(cell.counts.tasks[i]));
    }
    row.push_back(percent_of(success(cell.counts)));
    row.push_back(grouped(cell.hand_offs.begun));
    row.push_back(grouped(cell.hand_offs.late));
    table.add(std::move(row));
  }
  return table.text();
}

std::string effect_text(const LedgerFigures& figures) {
  TextTable table({"users by policy", "treated", "participation", "success", "holdout", "success",
                   "uplift, points", "relative"},
                  "lrrrrrrr");
  for (const PolicyFigures& its : figures.policies) {
    table.add({its.policy.empty() ? "all policies" : its.policy, grouped(its.uplift.treated.trials),
               percent_of(its.participation), with_interval(its.uplift.treated),
               grouped(its.uplift.held_out.trials), with_interval(its.uplift.held_out),
               uplift_of(its.uplift), relative_of(its.uplift)});
  }
  return table.text();
}

std::string capacity_text(const LedgerFigures& figures, const Catalogue* catalogue) {
  TextTable table({"capacity", "day", "", "taken", "of"}, "lllrr");
  for (const CapacityFigures& its : figures.capacity) {
    const std::size_t at = catalogue == nullptr ? 0 : catalogue->find_channel(its.channel);
    const bool known = catalogue != nullptr && at < catalogue->channels().size();
    const std::uint64_t limit = known ? catalogue->channels()[at].daily_capacity : 0;
    const double part = limit == 0 ? 0 : static_cast<double>(its.used) / static_cast<double>(limit);
    table.add({its.channel, to_string(its.day), bar(part, small_bar_cells), grouped(its.used),
               limit == 0 ? "-" : grouped(limit)});
  }
  return table.text();
}

std::string watched_text(std::span<const WatchedState> watched) {
  TextTable table({"monitor", "rate", "expected", "last day", "high", "low", ""}, "llrrrrl");
  for (const WatchedState& state : watched) {
    const WatchedDay last = state.days.empty() ? WatchedDay() : state.days.back();
    table.add({state.monitor.id, std::string(name(state.monitor.rate)),
               fmt::format("{:.1f} %", 100 * state.monitor.target), percent_of(last.seen),
               fmt::format("{:.1f}", last.high), fmt::format("{:.1f}", last.low),
               (state.alarm ? "ALARM: " : "") + alarm_text(state)});
  }
  return table.text();
}

}  // namespace

std::string to_text(const LedgerFigures& figures, std::span<const WatchedState> watched,
                    const Catalogue* catalogue) {
  if (figures.funnel.empty()) {
    return fmt::format("{} entries, no tasks yet\n", grouped(figures.sequence));
  }
  std::string out;
  for (const std::string& part : {funnel_text(figures), effect_text(figures), watched_text(watched),
                                  capacity_text(figures, catalogue), cells_text(figures)}) {
    if (part.empty()) continue;
    if (!out.empty()) out += "\n";
    out += part;
  }
  return out;
}

}  // namespace muster::cli
