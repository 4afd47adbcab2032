#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "muster/core/date.hpp"
#include "muster/evaluate/proportion.hpp"

namespace muster {

// Charts as inline SVG, coloured by the page's style sheet: series take classes s1, s2, ….

/// What HTML and SVG show as this text.
std::string escaped(std::string_view text);
/// "16.0 %".
std::string percent(double rate);
/// "+1.5 points", of differences of rates.
std::string in_points(double difference);

struct ChartSeries {
  std::string name;
  std::vector<double> values;  ///< one for each day
};

/// Lines of the same days, and a level not to be passed where it is not 0.
struct DayChart {
  std::vector<Date> days;
  std::vector<ChartSeries> series;
  double level = 0;
  std::string level_name;
};

std::string columns_svg(const DayChart& chart);  ///< side by side
std::string lines_svg(const DayChart& chart);

/// A value with its interval.
struct IntervalRow {
  std::string name;
  double value = 0;
  RateInterval interval;
  bool clear = false;  ///< 0 is not in it
};

/// One row each over a common axis that holds 0.
std::string intervals_svg(const std::vector<IntervalRow>& rows);

/// Bars of parts of a whole, with their numbers.
std::string funnel_svg(const std::vector<std::pair<std::string, std::uint64_t>>& bars);

}  // namespace muster
