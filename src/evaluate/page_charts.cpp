#include "evaluate/page_charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace muster {
namespace {

constexpr double chart_width = 560, chart_height = 200;
constexpr double axis_left = 48, axis_right = 12, axis_top = 10, axis_bottom = 26;
constexpr std::size_t most_day_labels = 8;

/// 1, 2 or 5 times a power of ten, not below the value.
double round_up(double value) {
  if (!(value > 0)) return 1;
  const double power = std::pow(10, std::floor(std::log10(value)));
  for (const double step : {1.0, 2.0, 2.5, 5.0}) {
    if (value <= step * power) return step * power;
  }
  return 10 * power;
}

/// Where days and values are on a chart.
struct Scale {
  std::size_t days;
  double top;

  double step() const {
    return (chart_width - axis_left - axis_right) /
           static_cast<double>(std::max<std::size_t>(days, 1));
  }
  double x(std::size_t day) const { return axis_left + step() * static_cast<double>(day); }
  double y(double value) const {
    return chart_height - axis_bottom - value / top * (chart_height - axis_top - axis_bottom);
  }
};

Scale scale_of(const DayChart& chart) {
  double top = chart.level * 1.15;  // its name stands above it
  for (const ChartSeries& series : chart.series) {
    for (const double value : series.values) top = std::max(top, value);
  }
  return {chart.days.size(), round_up(top)};
}

void append_grid(std::string& out, const Scale& scale) {
  for (const double part : {0.0, 0.5, 1.0}) {
    const double y = scale.y(part * scale.top);
    fmt::format_to(std::back_inserter(out),
                   R"(<line class="grid" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>)"
                   R"(<text class="tick" x="{}" y="{:.1f}" text-anchor="end">{:g}</text>)",
                   axis_left, chart_width - axis_right, y, y, axis_left - 6, y + 4,
                   part * scale.top);
  }
}

void append_days(std::string& out, const DayChart& chart, const Scale& scale) {
  const std::size_t every = (chart.days.size() + most_day_labels - 1) / most_day_labels;
  for (std::size_t i = 0; i < chart.days.size(); i += every) {
    fmt::format_to(std::back_inserter(out),
                   R"(<text class="tick" x="{:.1f}" y="{}" text-anchor="middle">{}</text>)",
                   scale.x(i) + scale.step() / 2, chart_height - 8,
                   to_string(chart.days[i]).substr(5));
  }
}

void append_level(std::string& out, const DayChart& chart, const Scale& scale) {
  if (chart.level == 0) return;
  const double y = scale.y(chart.level);
  fmt::format_to(std::back_inserter(out),
                 R"(<line class="level" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>)"
                 R"(<text class="tick" x="{}" y="{:.1f}" text-anchor="end">{}</text>)",
                 axis_left, chart_width - axis_right, y, y, chart_width - axis_right - 4, y - 4,
                 escaped(chart.level_name));
}

/// An image with axes, filled by `body(out, scale)`, and its legend above.
template <class Body>
std::string day_svg(const DayChart& chart, Body body) {
  std::string out = "<div class=\"legend\">";
  for (std::size_t s = 0; s < chart.series.size(); ++s) {
    fmt::format_to(std::back_inserter(out), R"(<span><i class="s{}"></i>{}</span>)", s + 1,
                   escaped(chart.series[s].name));
  }
  fmt::format_to(std::back_inserter(out), R"(</div><svg viewBox="0 0 {} {}" role="img">)",
                 chart_width, chart_height);
  const Scale scale = scale_of(chart);
  append_grid(out, scale);
  body(out, scale);
  append_level(out, chart, scale);
  append_days(out, chart, scale);
  return out + "</svg>";
}

struct Axis {
  double least, most;
  double x(double value) const { return 160 + (value - least) / (most - least) * 310; }
};

Axis axis_of(const std::vector<IntervalRow>& rows) {
  double least = 0, most = 0;
  for (const IntervalRow& row : rows) {
    least = std::min(least, row.interval.low);
    most = std::max(most, row.interval.high);
  }
  const double margin = std::max(0.01, (most - least) * 0.05);
  return {least - margin, most + margin};
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string percent(double rate) { return fmt::format("{:.1f} %", 100 * rate); }

std::string in_points(double difference) { return fmt::format("{:+.1f} points", 100 * difference); }

std::string columns_svg(const DayChart& chart) {
  return day_svg(chart, [&](std::string& out, const Scale& scale) {
    const double width = scale.step() * 0.8 / static_cast<double>(chart.series.size());
    for (std::size_t s = 0; s < chart.series.size(); ++s) {
      const ChartSeries& series = chart.series[s];
      for (std::size_t i = 0; i < series.values.size(); ++i) {
        const double y = scale.y(series.values[i]);
        fmt::format_to(
            std::back_inserter(out),
            R"(<rect class="s{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="1.5"><title>{}: {} {:g}</title></rect>)",
            s + 1, scale.x(i) + scale.step() * 0.1 + width * static_cast<double>(s), y, width,
            scale.y(0) - y, to_string(chart.days[i]), escaped(series.name), series.values[i]);
      }
    }
  });
}

std::string lines_svg(const DayChart& chart) {
  return day_svg(chart, [&](std::string& out, const Scale& scale) {
    for (std::size_t s = 0; s < chart.series.size(); ++s) {
      const ChartSeries& series = chart.series[s];
      std::string points, dots;
      for (std::size_t i = 0; i < series.values.size(); ++i) {
        const double x = scale.x(i) + scale.step() / 2, y = scale.y(series.values[i]);
        fmt::format_to(std::back_inserter(points), "{:.1f},{:.1f} ", x, y);
        fmt::format_to(
            std::back_inserter(dots),
            R"(<circle class="s{}" cx="{:.1f}" cy="{:.1f}" r="2.5"><title>{}: {} {:.2f}</title></circle>)",
            s + 1, x, y, to_string(chart.days[i]), escaped(series.name), series.values[i]);
      }
      fmt::format_to(std::back_inserter(out), R"(<polyline class="s{}" points="{}"/>{})", s + 1,
                     points, dots);
    }
  });
}

std::string intervals_svg(const std::vector<IntervalRow>& rows) {
  const Axis axis = axis_of(rows);
  const double height = 30 * static_cast<double>(rows.size()) + 10;
  std::string out = fmt::format(
      R"(<svg viewBox="0 0 {0} {1}" role="img"><line class="axis" x1="{2:.1f}" x2="{2:.1f}" y1="0" y2="{1}"/>)",
      chart_width, height, axis.x(0));
  double y = 20;
  for (const IntervalRow& row : rows) {
    fmt::format_to(std::back_inserter(out),
                   R"(<text x="150" y="{:.1f}" text-anchor="end">{}</text>)"
                   R"(<line class="{} range" x1="{:.1f}" x2="{:.1f}" y1="{:.1f}" y2="{:.1f}"/>)"
                   R"(<circle class="{}" cx="{:.1f}" cy="{:.1f}" r="5"/>)"
                   R"(<text x="{}" y="{:.1f}" text-anchor="end">{}</text>)",
                   y + 4, escaped(row.name), row.clear ? "s1" : "s0", axis.x(row.interval.low),
                   axis.x(row.interval.high), y, y, row.clear ? "s1" : "s0", axis.x(row.value), y,
                   chart_width - 4, y + 4, in_points(row.value));
    y += 30;
  }
  return out + "</svg>";
}

std::string funnel_svg(const std::vector<std::pair<std::string, std::uint64_t>>& bars) {
  const double height = 34 * static_cast<double>(bars.size()) + 4;
  std::string out = fmt::format(R"(<svg viewBox="0 0 {} {}" role="img">)", chart_width, height);
  const double whole = bars.empty() ? 0 : static_cast<double>(bars.front().second);
  double y = 4;
  for (const auto& [name, count] : bars) {
    const double part = whole > 0 ? static_cast<double>(count) / whole : 0;
    fmt::format_to(std::back_inserter(out),
                   R"(<text x="100" y="{:.1f}" text-anchor="end">{}</text>)"
                   R"(<rect class="s1" x="110" y="{:.1f}" width="{:.1f}" height="26" rx="3"/>)"
                   R"(<text x="{:.1f}" y="{:.1f}">{} <tspan class="tick">{}</tspan></text>)",
                   y + 18, escaped(name), y, std::max(1.0, part * 320),
                   118 + std::max(1.0, part * 320), y + 18, count, percent(part));
    y += 34;
  }
  return out + "</svg>";
}

}  // namespace muster
