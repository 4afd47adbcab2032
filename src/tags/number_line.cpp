#include "tags/number_line.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace muster {
namespace {

std::vector<Cut> sorted(std::vector<Cut> cuts) {
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  return cuts;
}

/// The first whole number at or past the cut, kept far from overflow.
std::int64_t first_whole(const Cut& cut) {
  constexpr double far = 0x1p62;
  const double up = std::ceil(cut.at.to_double());
  if (up >= far) return INT64_MAX / 2 + 1;
  if (up <= -far) return INT64_MIN / 2;
  const bool whole = up == cut.at.to_double();
  return static_cast<std::int64_t>(up) + cut.at.rest() + (whole && cut.after ? 1 : 0);
}

}  // namespace

NumberLine NumberLine::of_numbers(std::vector<Cut> cuts) {
  NumberLine line;
  line.cuts_ = sorted(std::move(cuts));
  for (const Cut& cut : line.cuts_) {
    line.keys_.push_back(key(cut.at.to_double()) + (is_strict(cut) ? 1 : 0));
  }
  return line;
}

NumberLine NumberLine::of_days(std::vector<Cut> cuts) {
  NumberLine line;
  line.cuts_ = sorted(std::move(cuts));
  for (const Cut& cut : line.cuts_) line.keys_.push_back(first_whole(cut));
  return line;
}

std::int16_t NumberLine::last_below_16(const Cut& cut) noexcept {
  using Limits16 = std::numeric_limits<std::int16_t>;
  return static_cast<std::int16_t>(
      std::clamp<std::int64_t>(first_whole(cut) - 1, Limits16::min(), Limits16::max()));
}

std::size_t NumberLine::find(const Cut& cut) const noexcept {
  return static_cast<std::size_t>(std::lower_bound(cuts_.begin(), cuts_.end(), cut) -
                                  cuts_.begin());
}

std::size_t NumberLine::exact_rank(const Number& number) const noexcept {
  const auto past = [&](const Cut& cut) { return cut.after ? cut.at < number : cut.at <= number; };
  return static_cast<std::size_t>(std::partition_point(cuts_.begin(), cuts_.end(), past) -
                                  cuts_.begin());
}

}  // namespace muster
