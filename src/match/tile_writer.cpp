#include "match/tile_writer.hpp"

#include <algorithm>
#include <cstring>

#include "match/cancelled.hpp"

namespace muster {
namespace {

// Keys in the order kernels meet them: none, then by bit, negated keys last.
std::uint64_t rank_of(Literal key) {
  if (key == no_key) return 0;
  return (std::uint64_t{is_negated(key)} << 31 | bit_of(key)) + 1;
}

bool is_plain(OneUserShape shape) { return shape <= one_user_plain; }

}  // namespace

// Entries of one key: plain ones first, long ones first, so that neighbours need as many rows.
std::uint64_t TileWriter::order_of(const Lane& lane, Literal key) {
  const std::uint64_t shape = is_plain(lane.shape()) ? 0 : lane.shape();
  std::uint64_t sizes = 0;
  for (const auto& group : lane.groups) sizes = sizes << 4 | (15 - group.size());
  return rank_of(key) << 27 | shape << 24 | lane.groups.size() << 21 |
         (31 - lane.rows.size()) << 16 | sizes;
}

template <class T>
void TileWriter::put(T value) {
  std::uint8_t bytes[sizeof(T)];
  std::memcpy(bytes, &value, sizeof(T));
  out_.data.insert(out_.data.end(), bytes, bytes + sizeof(T));
}

std::uint32_t TileWriter::write_condition(const Lane& lane) {
  const auto at = static_cast<std::uint32_t>(out_.conditions.size());
  if (lane.ask_program) {
    out_.conditions.push_back(one_user_ask_program);
    return at;
  }
  out_.conditions.push_back(
      static_cast<std::uint32_t>(lane.conditions.size() + lane.cold_groups.size()));
  out_.conditions.insert(out_.conditions.end(), lane.conditions.begin(), lane.conditions.end());
  for (const Literals& group : lane.cold_groups) {
    out_.conditions.push_back(one_user_group_mark + static_cast<std::uint32_t>(group.size()));
    out_.conditions.insert(out_.conditions.end(), group.begin(), group.end());
  }
  return at;
}

void TileWriter::write_header(std::span<const Lane> block) {
  const Lane& front = block.front();
  OneUserBlock header{static_cast<std::uint32_t>(out_.data.size()),
                      static_cast<std::uint8_t>(block.size()),
                      static_cast<std::uint8_t>(front.rows.size()),
                      static_cast<std::uint8_t>(front.groups.size()), front.shape()};
  if (header.shape == one_user_grouped) {
    header.groups = static_cast<std::uint8_t>(LaneWriter::group_rows(block, 0));
  } else {
    for (std::size_t g = 0; g < front.groups.size(); ++g) {
      put(static_cast<std::uint8_t>(LaneWriter::group_rows(block, g)));
    }
  }
  out_.blocks.push_back(header);
}

void TileWriter::write_block(const OneUserTile& tile, std::span<const Lane> block) {
  const Lane& front = block.front();
  if (block.size() == 64 && front.shape() < one_user_general) out_.align_data();
  write_header(block);
  lanes_.write(block, front.groups.size(), front.rows.size(), block.size(), out_.data);
  for (const Lane& lane : block) put(static_cast<std::uint16_t>(lane.rule - tile.first_rule));
  if (!front.unsure()) return;
  for (const Lane& lane : block) put(write_condition(lane));
}

// Where blocks of a run begin so that padding and blocks together cost least; the end of the run
// comes last. Lanes come by falling numbers of literals.
std::vector<std::size_t> TileWriter::cut(std::span<const Lane> run) const {
  struct Best {
    std::size_t bytes;
    std::size_t begin;  // of the last block
  };
  std::vector<Best> best{{0, 0}};
  for (std::size_t end = 1; end <= run.size(); ++end) {
    best.push_back({SIZE_MAX, 0});
    std::size_t sizes[ClausalBounds{}.groups] = {};
    for (std::size_t begin = end; begin-- > 0 && end - begin <= max_lanes_;) {
      std::size_t rows = run[begin].rows.size();
      for (std::size_t g = 0; g < run[begin].groups.size(); ++g) {
        rows += sizes[g] = std::max(sizes[g], run[begin].groups[g].size());
      }
      const std::size_t bytes = best[begin].bytes + 2 * rows * (end - begin) + block_bytes_;
      if (bytes < best[end].bytes) best[end] = {bytes, begin};
    }
  }
  std::vector<std::size_t> cuts;
  for (std::size_t end = run.size(); end > 0; end = best[end].begin) cuts.push_back(end);
  std::reverse(cuts.begin(), cuts.end());
  return cuts;
}

void TileWriter::write_run(const OneUserTile& tile, std::span<const Lane> run) {
  std::size_t begin = 0;
  for (std::size_t end : cut(run)) {
    write_block(tile, run.subspan(begin, end - begin));
    begin = end;
  }
}

// Opens a key, and its line where it is the line's first.
void TileWriter::begin_key(OneUserTile& tile, Literal key) {
  const auto number = static_cast<std::uint32_t>(out_.key_blocks.size());
  out_.key_blocks.push_back(static_cast<std::uint32_t>(out_.blocks.size()));
  if (key == no_key) return;
  const auto line = static_cast<std::uint32_t>(bit_of(key) / one_user_line_bits);
  const std::size_t bit = bit_of(key) % one_user_line_bits;
  const bool open = tile.end_line > tile.first_line && out_.lines.back().line == line &&
                    (out_.lines.back().negated != 0) == is_negated(key);
  if (!open) {
    out_.lines.push_back({{}, {}, line, number, is_negated(key)});
    ++tile.end_line;
  }
  OneUserKeyLine& keys = out_.lines.back();
  keys.mask[bit / 64] |= std::uint64_t{1} << (bit % 64);
  keys.key[bit] = static_cast<std::uint16_t>(number - keys.first_key);
}

bool TileWriter::may_share_block(const Lane& a, const Lane& b) {
  const bool alike = a.shape() == b.shape() || (is_plain(a.shape()) && is_plain(b.shape()));
  return alike && a.groups.size() == b.groups.size() &&
         (a.filler == no_key) == (b.filler == no_key);
}

void TileWriter::write(OneUserTile& tile, const EntryList& entries, std::span<const Literal> keys) {
  tile.first_key = static_cast<std::uint32_t>(out_.key_blocks.size());
  tile.first_line = tile.end_line = static_cast<std::uint32_t>(out_.lines.size());
  std::vector<Lane> lanes;
  std::vector<Place> places;
  for (std::uint32_t e = 0; e < entries.size() && !is_cancelled(cancel_); ++e) {
    lanes.push_back(lanes_.make(entries, e, keys[e]));
    places.push_back({order_of(lanes.back(), keys[e]), e});
  }
  std::sort(places.begin(), places.end());

  begin_key(tile, no_key);
  Literal current = no_key;
  std::vector<Lane> run;
  for (const Place& place : places) {
    if (is_cancelled(cancel_)) return;
    const Literal key = keys[place.entry];
    Lane& lane = lanes[place.entry];
    if (key != current || (!run.empty() && !may_share_block(run.back(), lane))) {
      write_run(tile, run);
      run.clear();
    }
    if (key != current) begin_key(tile, current = key);
    run.push_back(std::move(lane));
  }
  write_run(tile, run);
}

}  // namespace muster
