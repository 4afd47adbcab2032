#include "muster/evaluate/prometheus.hpp"

#include <fmt/format.h>

#include <iterator>
#include <map>
#include <utility>

#include "evaluate/sums.hpp"

namespace muster {
namespace {

struct Label {
  std::string_view key;
  std::string_view value;
};

/// Backslash, quote and line feed are escaped in a label's value; all else is UTF-8 as it is.
void append_label(std::string& out, Label label) {
  out += label.key;
  out += "=\"";
  for (const char c : label.value) {
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '\\' || c == '"') out += '\\';
    out += c;
  }
  out += '"';
}

/// Writes metrics one after another: what each is, then its samples.
class Exposition {
 public:
  void counter(std::string_view name, std::string_view help) { begin(name, help, "counter"); }
  void gauge(std::string_view name, std::string_view help) { begin(name, help, "gauge"); }

  template <class Number>
  void sample(std::initializer_list<Label> labels, Number value) {
    out_ += name_;
    char separator = '{';
    for (const Label label : labels) {
      out_ += separator;
      append_label(out_, label);
      separator = ',';
    }
    if (labels.size() != 0) out_ += '}';
    fmt::format_to(std::back_inserter(out_), " {}\n", value);
  }

  std::string take() && { return std::move(out_); }

 private:
  void begin(std::string_view name, std::string_view help, std::string_view type) {
    name_ = name;
    fmt::format_to(std::back_inserter(out_), "# HELP {0} {1}\n# TYPE {0} {2}\n", name, help, type);
  }

  std::string out_;
  std::string_view name_;
};

void write_tasks(Exposition& out, const std::vector<FunnelCell>& sums) {
  out.counter("muster_tasks_total", "Tasks that got to a step.");
  for (const FunnelCell& cell : sums) {
    for (std::size_t i = 0; i < funnel_steps; ++i) {
      const auto step = static_cast<FunnelStep>(i);
      out.sample({{"policy", cell.policy}, {"channel", cell.channel}, {"step", name(step)}},
                 cell.counts[step]);
    }
  }
}

void write_hand_offs(Exposition& out, const std::vector<FunnelCell>& sums) {
  const auto write = [&](std::string_view name, std::string_view help,
                         std::uint64_t HandOffCounts::*which) {
    out.counter(name, help);
    for (const FunnelCell& cell : sums) {
      out.sample({{"policy", cell.policy}, {"channel", cell.channel}}, cell.hand_offs.*which);
    }
  };
  write("muster_hand_offs_total", "Hand-offs to shops that began.", &HandOffCounts::begun);
  write("muster_hand_offs_ended_total", "Hand-offs that ended.", &HandOffCounts::ended);
  write("muster_hand_offs_late_total", "Hand-offs that ended and missed a deadline.",
        &HandOffCounts::late);
  write("muster_hand_offs_late_seconds_total", "Seconds past the first deadline missed.",
        &HandOffCounts::late_seconds);
}

void write_users(Exposition& out, const LedgerFigures& figures) {
  struct Group {
    std::string_view name;
    Proportion Uplift::*its;
  };
  constexpr Group groups[] = {{"treated", &Uplift::treated}, {"held_out", &Uplift::held_out}};
  out.gauge("muster_users", "Users that a policy was meant for, by group; policy \"\": any.");
  for (const PolicyFigures& policy : figures.policies) {
    for (const Group& group : groups) {
      out.sample({{"policy", policy.policy}, {"group", group.name}},
                 (policy.uplift.*group.its).trials);
    }
  }
  out.gauge("muster_users_accepted", "Those of them that accepted it.");
  for (const PolicyFigures& policy : figures.policies) {
    for (const Group& group : groups) {
      out.sample({{"policy", policy.policy}, {"group", group.name}},
                 (policy.uplift.*group.its).successes);
    }
  }
  out.gauge("muster_users_met", "Treated users that were met about it.");
  for (const PolicyFigures& policy : figures.policies) {
    out.sample({{"policy", policy.policy}}, policy.participation.successes);
  }
}

void write_capacity(Exposition& out, const LedgerFigures& figures, const Catalogue* catalogue) {
  out.gauge("muster_capacity_used", "Contacts taken on the channel's last day.");
  const auto last = last_capacity(figures);
  for (const CapacityFigures* its : last) out.sample({{"channel", its->channel}}, its->used);
  if (catalogue == nullptr) return;
  out.gauge("muster_capacity", "Contacts a day that the channel has; 0: no limit.");
  for (const Channel& channel : catalogue->channels()) {
    if (channel.active) out.sample({{"channel", channel.id}}, channel.daily_capacity);
  }
}

void write_watched(Exposition& out, std::span<const WatchedState> watched) {
  out.gauge("muster_monitor_sum", "A monitor's CUSUM, in standard deviations.");
  for (const WatchedState& state : watched) {
    const WatchedDay last = state.days.empty() ? WatchedDay() : state.days.back();
    out.sample({{"monitor", state.monitor.id}, {"side", "high"}}, last.high);
    out.sample({{"monitor", state.monitor.id}, {"side", "low"}}, last.low);
  }
  out.gauge("muster_monitor_alarm", "1: the rate is too high; -1: too low; 0: within its band.");
  for (const WatchedState& state : watched) {
    const int alarm = !state.alarm ? 0 : state.alarm->too_high ? 1 : -1;
    out.sample({{"monitor", state.monitor.id}}, alarm);
  }
}

}  // namespace

std::string to_prometheus(const LedgerFigures& figures, std::span<const WatchedState> watched,
                          const Catalogue* catalogue) {
  Exposition out;
  out.gauge("muster_ledger_sequence", "The last entry of the ledger that is counted.");
  out.sample({}, figures.sequence);
  const std::vector<FunnelCell> sums = sum_over_days(figures.funnel);
  write_tasks(out, sums);
  write_hand_offs(out, sums);
  write_users(out, figures);
  write_capacity(out, figures, catalogue);
  write_watched(out, watched);
  return std::move(out).take();
}

}  // namespace muster
