#include "match/window_writer.hpp"

#include <algorithm>

namespace muster {
namespace {

constexpr std::size_t half_lanes = one_user_window_rules / 2;

std::size_t literal_rows(std::span<const Lane> lanes) {
  std::size_t rows = 0;
  for (const Lane& lane : lanes) rows = std::max(rows, lane.rows.size());
  return rows;
}

// Long plain lanes first, then short ones, then those with a group.
bool goes_before(const Lane& a, const Lane& b) {
  if (a.groups.size() != b.groups.size()) return a.groups.size() < b.groups.size();
  return a.rows.size() > b.rows.size();
}

}  // namespace

bool WindowWriter::is_possible(const Lane& lane) {
  return !lane.unsure() && !lane.rows.empty() && lane.groups.size() <= 1;
}

void WindowWriter::plan(std::uint32_t first_rule, const EntryList& entries, EntryList& rest) {
  windows_.clear();
  rest.clear();
  for (std::size_t e = 0; e < entries.size(); ++e) {
    Lane lane = lanes_.make(entries, e, no_key);
    const bool sole = (e == 0 || entries[e - 1].rule != lane.rule) &&
                      (e + 1 == entries.size() || entries[e + 1].rule != lane.rule);
    if (!sole || !is_possible(lane)) {
      rest.add(entries, e);
      continue;
    }
    const std::size_t window = (lane.rule - first_rule) / one_user_window_rules;
    if (windows_.size() <= window) windows_.resize(window + 1);
    windows_[window].lanes.push_back(std::move(lane));
  }
  for (Window& window : windows_) {
    std::stable_sort(window.lanes.begin(), window.lanes.end(), goes_before);
  }
}

std::vector<std::span<const Lane>> WindowWriter::halves_of(const Window& window) const {
  const std::span<const Lane> lanes(window.lanes);
  const std::size_t first = std::min(half_lanes, lanes.size());
  return {lanes.first(first), lanes.subspan(first)};
}

float WindowWriter::cost() const {
  float cost = 0;
  for (const Window& window : windows_) {
    cost += costs_.window;
    for (const auto& half : halves_of(window)) {
      const std::size_t rows = literal_rows(half) + LaneWriter::group_rows(half, 0);
      cost += static_cast<float>(rows) * costs_.window_row;
    }
  }
  return cost;
}

void WindowWriter::write(const Window& window, std::uint32_t first_rule) const {
  out_.align_data();
  OneUserWindow entry{static_cast<std::uint32_t>(out_.data.size()), {}, {}};
  std::vector<std::uint8_t> order(one_user_window_rules);
  // A lane that never holds, for rules that are elsewhere: there is one if any rule is.
  std::fill(order.begin(), order.end(), static_cast<std::uint8_t>(one_user_window_rules - 1));
  for (std::size_t i = 0; i < window.lanes.size(); ++i) {
    order[window.lanes[i].rule - first_rule] = static_cast<std::uint8_t>(i);
  }
  out_.data.insert(out_.data.end(), order.begin(), order.end());
  const auto halves = halves_of(window);
  for (std::size_t h = 0; h < 2; ++h) {
    // Without a row every lane would hold.
    const std::size_t literals = std::max<std::size_t>(1, literal_rows(halves[h]));
    const std::size_t groups = LaneWriter::group_rows(halves[h], 0);
    entry.literals[h] = static_cast<std::uint8_t>(literals);
    entry.groups[h] = static_cast<std::uint8_t>(groups);
    lanes_.write(halves[h], groups > 0 ? 1 : 0, literals, half_lanes, out_.data);
  }
  out_.windows.push_back(entry);
}

void WindowWriter::write(OneUserTile& tile) const {
  tile.first_window = static_cast<std::uint32_t>(out_.windows.size());
  for (std::size_t w = 0; w < windows_.size(); ++w) {
    const auto first = static_cast<std::uint32_t>(w * one_user_window_rules);
    write(windows_[w], tile.first_rule + first);
  }
  tile.end_window = static_cast<std::uint32_t>(out_.windows.size());
}

}  // namespace muster
