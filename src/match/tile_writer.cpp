#include "match/tile_writer.hpp"

#include <algorithm>
#include <cstring>

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
  out_.conditions.push_back(static_cast<std::uint32_t>(lane.conditions.size()));
  out_.conditions.insert(out_.conditions.end(), lane.conditions.begin(), lane.conditions.end());
  return at;
}

void TileWriter::write_header(const Lane& front) {
  OneUserBlock block{static_cast<std::uint32_t>(out_.data.size()),
                     static_cast<std::uint8_t>(block_.size()),
                     static_cast<std::uint8_t>(front.rows.size()),
                     static_cast<std::uint8_t>(front.groups.size()), front.shape()};
  if (block.shape == one_user_grouped) {
    block.groups = static_cast<std::uint8_t>(LaneWriter::group_rows(block_, 0));
  } else {
    for (std::size_t g = 0; g < front.groups.size(); ++g) {
      put(static_cast<std::uint8_t>(LaneWriter::group_rows(block_, g)));
    }
  }
  out_.blocks.push_back(block);
}

void TileWriter::write_block(const OneUserTile& tile) {
  if (block_.empty()) return;
  const Lane& front = block_.front();
  if (block_.size() == max_lanes_ && front.shape() < one_user_general) out_.align_data();
  write_header(front);
  lanes_.write(block_, front.groups.size(), front.rows.size(), block_.size(), out_.data);
  for (const Lane& lane : block_) put(static_cast<std::uint16_t>(lane.rule - tile.first_rule));
  if (front.unsure()) {
    for (const Lane& lane : block_) put(write_condition(lane));
  }
  block_.clear();
}

// Opens a key, and its line where it is the line's first.
void TileWriter::begin_key(OneUserTile& tile, Literal key) {
  const auto number = static_cast<std::uint32_t>(out_.key_blocks.size());
  out_.key_blocks.push_back(static_cast<std::uint32_t>(out_.blocks.size()));
  if (key == no_key) return;
  const std::uint32_t line = static_cast<std::uint32_t>(bit_of(key) / one_user_line_bits);
  const std::uint32_t bit = bit_of(key) % one_user_line_bits;
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

bool TileWriter::fits(const Lane& lane) const {
  if (block_.empty()) return true;
  const Lane& front = block_.front();
  const bool fillable = lane.filler != no_key || front.rows.empty();
  const bool alike =
      front.shape() == lane.shape() || (is_plain(front.shape()) && is_plain(lane.shape()));
  return block_.size() < max_lanes_ && fillable && alike &&
         front.groups.size() == lane.groups.size();
}

void TileWriter::write(OneUserTile& tile, const EntryList& entries, std::span<const Literal> keys) {
  tile.first_key = static_cast<std::uint32_t>(out_.key_blocks.size());
  tile.first_line = tile.end_line = static_cast<std::uint32_t>(out_.lines.size());
  std::vector<Lane> lanes;
  std::vector<Place> places;
  for (std::uint32_t e = 0; e < entries.size(); ++e) {
    lanes.push_back(lanes_.make(entries, e, keys[e]));
    places.push_back({order_of(lanes.back(), keys[e]), e});
  }
  std::sort(places.begin(), places.end());

  begin_key(tile, no_key);
  Literal current = no_key;
  for (const Place& place : places) {
    const Literal key = keys[place.entry];
    if (key != current || !fits(lanes[place.entry])) write_block(tile);
    if (key != current) begin_key(tile, current = key);
    block_.push_back(std::move(lanes[place.entry]));
  }
  write_block(tile);
}

}  // namespace muster
