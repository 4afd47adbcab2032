#include "match/lane.hpp"

#include <algorithm>

namespace muster {
namespace {

constexpr std::size_t max_rows = 24;

}  // namespace

OneUserShape Lane::shape() const {
  if (unsure()) return groups.empty() && !rows.empty() ? one_user_unsure_plain : one_user_unsure;
  if (groups.size() > 1) return one_user_general;
  if (groups.size() == 1) {
    return groups[0].size() <= one_user_group_rows ? one_user_grouped : one_user_general;
  }
  if (rows.empty()) return one_user_general;
  if (rows.size() > 7) return one_user_plain;
  return rows.size() <= 3 ? one_user_plain3 : rows.size() <= 5 ? one_user_plain5 : one_user_plain7;
}

void LaneWriter::add_groups(Lane& lane, std::span<const Literal> groups) const {
  while (!groups.empty()) {
    const auto group = groups.subspan(1, groups[0]);
    groups = groups.subspan(1 + group.size());
    if (std::all_of(group.begin(), group.end(), [&](Literal l) { return hot_.has(l); })) {
      const auto smaller = std::find_if(lane.groups.begin(), lane.groups.end(),
                                        [&](const Literals& g) { return g.size() < group.size(); });
      lane.groups.emplace(smaller, group.begin(), group.end());
    } else {
      lane.cold_groups.emplace_back(group.begin(), group.end());
    }
  }
}

Lane LaneWriter::make(const EntryList& entries, std::size_t entry, Literal key) const {
  Lane lane;
  lane.rule = entries[entry].rule;
  lane.ask_program = entries[entry].unsure;
  for (Literal literal : entries.literals(entries[entry])) {
    if (literal != key) (hot_.has(literal) ? lane.rows : lane.conditions).push_back(literal);
  }
  std::sort(lane.rows.begin(), lane.rows.end(), [&](Literal a, Literal b) {
    return chance_[a] != chance_[b] ? chance_[a] < chance_[b] : a < b;
  });
  if (lane.rows.size() > max_rows) {
    lane.conditions.insert(lane.conditions.end(), lane.rows.begin() + max_rows, lane.rows.end());
    lane.rows.resize(max_rows);
  }
  if (!lane.rows.empty()) {
    lane.filler = lane.rows.back();
  } else if (key != no_key && hot_.has(key)) {
    lane.filler = key;
  }
  add_groups(lane, entries.groups(entries[entry]));
  return lane;
}

std::size_t LaneWriter::group_rows(std::span<const Lane> lanes, std::size_t group) {
  std::size_t rows = 0;
  for (const Lane& lane : lanes) {
    if (group < lane.groups.size()) rows = std::max(rows, lane.groups[group].size());
  }
  return rows;
}

template <class LiteralOf>
void LaneWriter::write_row(std::span<const Lane> lanes, std::size_t width, OneUserData& out,
                           LiteralOf literal_of) const {
  const std::size_t at = out.size();
  out.resize(at + width);
  out.resize(at + 2 * width, hot_.nothing());
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    const Literal literal = literal_of(lanes[i]);
    out[at + i] = hot_.where(literal);
    out[at + width + i] = hot_.what(literal);
  }
}

void LaneWriter::write(std::span<const Lane> lanes, std::size_t groups, std::size_t literals,
                       std::size_t width, OneUserData& out) const {
  for (std::size_t g = 0; g < groups; ++g) {
    for (std::size_t r = 0; r < group_rows(lanes, g); ++r) {
      write_row(lanes, width, out, [&](const Lane& lane) {
        if (g >= lane.groups.size()) return lane.filler;
        return lane.groups[g][std::min(r, lane.groups[g].size() - 1)];
      });
    }
  }
  for (std::size_t r = 0; r < literals; ++r) {
    write_row(lanes, width, out,
              [&](const Lane& lane) { return r < lane.rows.size() ? lane.rows[r] : lane.filler; });
  }
}

}  // namespace muster
