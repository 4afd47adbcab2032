#include "muster/evaluate/monitor_page.hpp"

#include <fmt/format.h>

#include <iterator>

#include "evaluate/figure_names.hpp"
#include "evaluate/page_charts.hpp"
#include "evaluate/page_style.hpp"
#include "evaluate/sums.hpp"

namespace muster {
namespace {

double as_value(std::uint64_t count) { return static_cast<double>(count); }

std::string interval_text(RateInterval interval) {
  return fmt::format("{:.1f} to {:.1f} %", 100 * interval.low, 100 * interval.high);
}

std::string uplift_text(const Uplift& uplift) {
  const RateInterval interval = uplift.interval();
  std::string text =
      fmt::format("points, {:.1f} to {:.1f}", 100 * interval.low, 100 * interval.high);
  if (const auto relative = uplift.relative()) {
    text += fmt::format(" · {:+.0f} % of the holdout's", 100 * *relative);
  }
  return text;
}

/// Writes the page from top to bottom.
class MonitorPage {
 public:
  MonitorPage(const LedgerFigures& figures, std::span<const WatchedState> watched,
              const Catalogue* catalogue)
      : figures_(figures),
        watched_(watched),
        names_(catalogue),
        by_day_(sum_by_day(figures.funnel)) {
    for (const FunnelCell& day : by_day_) {
      all_ += day.counts;
      hand_offs_ += day.hand_offs;
    }
  }

  std::string write(std::string_view title) && {
    const std::string shown = escaped(title);
    add("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
        "<title>{0}</title><style>{1}</style></head><body><main><h1>{0}</h1><p "
        "class=\"sub\">{2}</p>\n",
        shown, page_style, span_of_days());
    write_watched(true);
    write_tiles();
    write_funnel();
    write_effect();
    write_watched(false);
    write_capacity();
    write_table();
    out_ += "</main></body></html>\n";
    return std::move(out_);
  }

 private:
  template <class... Values>
  void add(fmt::format_string<Values...> format, Values&&... values) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Values>(values)...);
  }

  std::string span_of_days() const {
    if (by_day_.empty()) return "Nothing is in the ledger yet.";
    return fmt::format("{} to {}, {} entries of the ledger", to_string(by_day_.front().day),
                       to_string(by_day_.back().day), figures_.sequence);
  }

  void tile(std::string_view what, std::string_view value, std::string_view more) {
    add("<div class=\"card\"><small>{}</small><b>{}</b><small>{}</small></div>", what, value, more);
  }

  /// A rate, its interval under it; a dash where there are no cases.
  void rate_tile(std::string_view what, Proportion its) {
    if (its.trials == 0) return tile(what, "–", "no cases");
    tile(what, percent(rate(its)),
         fmt::format("{} of {} · {}", its.successes, its.trials, interval_text(wilson(its))));
  }

  void write_tiles() {
    out_ += "<div class=\"tiles\">";
    const PolicyFigures every = figures_.policies.empty() ? PolicyFigures() : figures_.policies[0];
    rate_tile("Participation", every.participation);
    rate_tile("Success, treated users", every.uplift.treated);
    rate_tile("Success, holdout", every.uplift.held_out);
    if (every.uplift.held_out.trials != 0) {
      tile("Uplift", fmt::format("{:+.1f}", 100 * every.uplift.difference()),
           uplift_text(every.uplift));
    }
    rate_tile("Success of contacted tasks", success(all_));
    rate_tile("Late hand-offs", {hand_offs_.late, hand_offs_.ended});
    out_ += "</div>\n";
  }

  void write_funnel() {
    std::vector<std::pair<std::string, std::uint64_t>> bars;
    for (std::size_t i = 0; i < shown_funnel_steps; ++i) {
      const auto step = static_cast<FunnelStep>(i);
      bars.emplace_back(name(step), all_[step]);
    }
    DayChart chart{{}, {{"contacted", {}}, {"interested", {}}, {"accepted", {}}}, 0, {}};
    for (std::size_t i = first_drawn(by_day_.size()); i < by_day_.size(); ++i) {
      const FunnelCounts& counts = by_day_[i].counts;
      chart.days.push_back(by_day_[i].day);
      chart.series[0].values.push_back(as_value(counts[FunnelStep::contacted]));
      chart.series[1].values.push_back(as_value(counts[FunnelStep::interested]));
      chart.series[2].values.push_back(as_value(counts[FunnelStep::accepted]));
    }
    add("<div class=\"pair\"><section class=\"card\"><h2>Funnel of tasks</h2>{}</section>"
        "<section class=\"card\"><h2>Tasks by day</h2>{}</section></div>\n",
        funnel_svg(bars), columns_svg(chart));
  }

  void write_effect() {
    std::vector<IntervalRow> rows;
    for (const PolicyFigures& its : figures_.policies) {
      if (its.uplift.held_out.trials == 0 || its.uplift.treated.trials == 0) continue;
      const RateInterval interval = its.uplift.interval();
      rows.push_back({its.policy.empty() ? "all policies" : names_.policy(its.policy),
                      its.uplift.difference(), interval, interval.low > 0 || interval.high < 0});
    }
    out_ += "<section class=\"card\"><h2>Success against holdout</h2>";
    if (rows.empty()) {
      out_ += "<p class=\"sub\">No user in the holdout has been decided about yet.</p>";
    } else {
      out_ +=
          "<p class=\"sub\">Success rate of treated users less the holdout's, with 95 % intervals; "
          "grey where the interval holds 0.</p>" +
          intervals_svg(rows);
    }
    out_ += "</section>\n";
  }

  /// Those that warn, or those that do not.
  void write_watched(bool alarmed) {
    out_ += "<div class=\"pair\">";
    for (const WatchedState& state : watched_) {
      if (state.alarm.has_value() == alarmed) write_watched(state);
    }
    out_ += "</div>\n";
  }

  void write_watched(const WatchedState& state) {
    add("<section class=\"card{}\"><h3>{}: {}</h3><p class=\"sub\">{} of {} expected; sums of "
        "deviations in standard deviations</p>",
        state.alarm ? " warn" : "", escaped(state.monitor.id), alarm_text(state),
        name(state.monitor.rate), percent(state.monitor.target));
    DayChart chart{{}, {{"too high", {}}, {"too low", {}}}, state.monitor.threshold, "alarm"};
    for (std::size_t i = first_drawn(state.days.size()); i < state.days.size(); ++i) {
      chart.days.push_back(state.days[i].day);
      chart.series[0].values.push_back(state.days[i].high);
      chart.series[1].values.push_back(state.days[i].low);
    }
    if (!chart.days.empty()) out_ += lines_svg(chart);
    out_ += "</section>\n";
  }

  void write_capacity() {
    out_ += "<div class=\"pair\">";
    for (auto it = figures_.capacity.begin(); it != figures_.capacity.end();) {
      const std::string& channel = it->channel;
      std::vector<const CapacityFigures*> days;
      for (; it != figures_.capacity.end() && it->channel == channel; ++it) days.push_back(&*it);
      const auto limit = as_value(names_.capacity(channel));
      DayChart chart{{}, {{"contacts taken", {}}}, limit, "capacity"};
      for (std::size_t i = first_drawn(days.size()); i < days.size(); ++i) {
        chart.days.push_back(days[i]->day);
        chart.series[0].values.push_back(as_value(days[i]->used));
      }
      add("<section class=\"card\"><h2>Capacity of {}</h2>{}</section>",
          escaped(names_.channel(channel)), columns_svg(chart));
    }
    out_ += "</div>\n";
  }

  void write_table() {
    out_ += "<section class=\"card\"><h2>By policy and channel</h2>";
    write_rows(sum_over_days(figures_.funnel), false);
    out_ += "<details><summary>Day by day</summary>";
    write_rows(figures_.funnel, true);
    out_ += "</details></section>\n";
  }

  void write_rows(const std::vector<FunnelCell>& cells, bool with_day) {
    add("<div class=\"scroll\"><table><tr><th class=\"l\">policy</th><th "
        "class=\"l\">channel</th>{}",
        with_day ? "<th class=\"l\">day</th>" : "");
    for (std::size_t i = 0; i < shown_funnel_steps; ++i) {
      add("<th>{}</th>", name(static_cast<FunnelStep>(i)));
    }
    out_ += "<th>success</th><th>handed off</th><th>late</th></tr>\n";
    for (const FunnelCell& cell : cells) write_row(cell, with_day);
    out_ += "</table></div>";
  }

  void write_row(const FunnelCell& cell, bool with_day) {
    add("<tr><td class=\"l\">{}</td><td class=\"l\">{}</td>", escaped(names_.policy(cell.policy)),
        escaped(names_.channel(cell.channel)));
    if (with_day) add("<td class=\"l\">{}</td>", to_string(cell.day));
    for (std::size_t i = 0; i < shown_funnel_steps; ++i) add("<td>{}</td>", cell.counts.tasks[i]);
    const Proportion its = success(cell.counts);
    add("<td>{}</td><td>{}</td><td>{}</td></tr>\n", its.trials == 0 ? "–" : percent(rate(its)),
        cell.hand_offs.begun, cell.hand_offs.late);
  }

  static std::size_t first_drawn(std::size_t days) {
    return days > max_page_days ? days - max_page_days : 0;
  }

  const LedgerFigures& figures_;
  std::span<const WatchedState> watched_;
  FigureNames names_;
  std::vector<FunnelCell> by_day_;
  FunnelCounts all_;
  HandOffCounts hand_offs_;
  std::string out_;
};

}  // namespace

std::string monitor_page(const LedgerFigures& figures, std::span<const WatchedState> watched,
                         std::string_view title, const Catalogue* catalogue) {
  return MonitorPage(figures, watched, catalogue).write(title);
}

}  // namespace muster
