#pragma once

// The walk through a OneUserIndex, for kernels to include once each. Everything here has
// internal linkage: each kernel compiles its own copy for its instruction set. `Ops` gives
//   Table load_table(call)                  the user's hot table
//   void meet(call, line, words)            the keys of a line that the user meets
//   Lanes row(table, row, n)                for up to 64 entries, whether a literal holds
//   Lanes both(a, b), either(a, b), all(flag)
//   uint64_t mask(lanes)                    one bit a lane; those from n on are arbitrary
//   void range(first, end, out)             first, first + 1, … end - 1
//   size_t select(mask, rules, out)         the rules of a mask, 16 bits each
//   size_t decode(words, base, out, room)   numbers of the bits set in a line, the first `room`
//                                           of them; clears the line
//   has_windows; where true:
//   Lanes pick(order, first, second)        lanes in another order
// range and select may write up to 64 elements more than there are. PlainSteps has what takes no
// vector instructions.

#include "match/one_user_bits.hpp"
#include "match/one_user_blocks.hpp"

namespace muster {
namespace {

// Sets the bits of a mask's rules; one or none is the usual case.
inline void mark_few(OneUserHits hits, std::uint64_t* bitmap) {
  constexpr std::uint64_t one = 1;
  std::uint64_t mask = hits.mask;
  const std::uint64_t any = mask != 0;
  // Of an empty mask no rule may be read: behind a short block anything can lie.
  const std::size_t first = mask != 0 ? rule_at(hits.rules, __builtin_ctzll(mask)) : 0;
  bitmap[first / 64] |= any << (first % 64);
  for (mask &= mask - any; mask != 0; mask &= mask - 1) {
    const std::uint16_t rule = rule_at(hits.rules, __builtin_ctzll(mask));
    bitmap[rule / 64] |= one << (rule % 64);
  }
}

template <class Ops>
void find_always(const OneUserTester<Ops> tester, const OneUserView& view, const OneUserTile& tile,
                 std::uint64_t* bitmap) {
  const std::uint32_t end = view.key_blocks[tile.first_key + 1];
  for (std::uint32_t i = view.key_blocks[tile.first_key]; i < end; ++i) {
    mark_few(tester.test(view.blocks[i], tile.first_rule), bitmap);
  }
}

// The entries of a tile that have keys.
template <class Ops>
class OneUserFinder {
 public:
  OneUserFinder(const OneUserCall& call, const OneUserTester<Ops>& tester, const OneUserTile& tile,
                std::uint64_t* bitmap)
      : call_(call), view_(*call.view), tester_(tester), tile_(tile), bitmap_(bitmap) {}

  void find() {
    for (std::uint32_t i = tile_.first_line; i < tile_.end_line; ++i) visit_keys(view_.lines[i]);
    drain();
  }

 private:
  void visit_keys(const OneUserKeyLine& line) {
    alignas(64) std::uint64_t met[one_user_line_words];
    Ops::meet(call_, line, met);
    std::uint32_t* const keys = call_.work.keys;
    const std::size_t count = Ops::decode(met, 0, keys, one_user_line_bits);
    for (std::size_t i = 0; i < count; ++i) visit(line.first_key + line.key[keys[i]]);
  }

  // Queues the blocks of a key. One flat queue has fewer mispredicted branches than a loop over
  // few blocks for each key.
  void visit(std::uint32_t key) {
    std::uint32_t first = view_.key_blocks[key];
    const std::uint32_t end = view_.key_blocks[key + 1];
    for (; end - first > 64; first += 64) enqueue(first, first + 64);
    enqueue(first, end);
  }

  void enqueue(std::uint32_t first, std::uint32_t end) {
    Ops::range(first, end, call_.work.queue + queued_);
    queued_ += end - first;
    if (queued_ > one_user_queue) drain();
  }

  // Deals the queue out by shape, then runs one tight loop a shape.
  void drain() {
    std::size_t size[one_user_shapes] = {};
    for (std::size_t i = 0; i < queued_; ++i) {
      const std::uint32_t block = call_.work.queue[i];
      const std::size_t shape = view_.blocks[block].shape;
      shaped(shape)[size[shape]++] = block;
    }
    queued_ = 0;
    using Block = OneUserBlock;
    using Tester = OneUserTester<Ops>;
    run(one_user_plain3, size, [](const Tester& t, const Block& b, std::uint32_t) {
      return t.template test_plain<1, 3>(b);
    });
    run(one_user_plain5, size, [](const Tester& t, const Block& b, std::uint32_t) {
      return t.template test_plain<4, 5>(b);
    });
    run(one_user_plain7, size, [](const Tester& t, const Block& b, std::uint32_t) {
      return t.template test_plain<6, 7>(b);
    });
    run(one_user_plain, size, [](const Tester& t, const Block& b, std::uint32_t) {
      return t.template test_plain<8, 8>(b);
    });
    run(one_user_grouped, size,
        [](const Tester& t, const Block& b, std::uint32_t) { return t.test_grouped(b); });
    run(one_user_general, size, [](const Tester& t, const Block& b, std::uint32_t first) {
      return t.test_general(b, first);
    });
    run(one_user_unsure_plain, size, [](const Tester& t, const Block& b, std::uint32_t first) {
      return t.test_unsure_plain(b, first);
    });
    run(one_user_unsure, size, [](const Tester& t, const Block& b, std::uint32_t first) {
      return t.test_general(b, first);
    });
  }

  std::uint32_t* shaped(std::size_t shape) const {
    return call_.work.shaped + shape * (one_user_queue + one_user_slack);
  }

  template <class Test>
  void run(OneUserShape shape, const std::size_t* size, Test test) {
    const OneUserTester<Ops> tester = tester_;
    const OneUserBlock* const blocks = view_.blocks;
    const std::uint32_t* const begin = shaped(shape);
    const std::uint32_t first_rule = tile_.first_rule;
    std::uint16_t* const marks = call_.work.marks;
    std::size_t marked = 0;
    for (const std::uint32_t* at = begin; at != begin + size[shape]; ++at) {
      const OneUserHits hits = test(tester, blocks[*at], first_rule);
      marked += Ops::select(hits.mask, hits.rules, marks + marked);
      if (marked > one_user_max_marks - 64) marked = mark(marks, marked);
    }
    mark(marks, marked);
  }

  std::size_t mark(const std::uint16_t* rules, std::size_t count) const {
    std::uint64_t* const bitmap = bitmap_;
    for (std::size_t i = 0; i < count; ++i) {
      bitmap[rules[i] / 64] |= std::uint64_t{1} << (rules[i] % 64);
    }
    return 0;
  }

  const OneUserCall& call_;
  const OneUserView& view_;
  const OneUserTester<Ops>& tester_;
  const OneUserTile& tile_;
  std::uint64_t* const bitmap_;
  std::size_t queued_ = 0;
};

// Runs before anything is marked, since it writes whole words; the last window may have but one.
template <class Ops>
void find_in_windows(const OneUserTester<Ops> tester, const OneUserView& view,
                     const OneUserTile& tile, std::uint64_t* bitmap) {
  const std::uint64_t* const end = bitmap + (tile.rules + 63) / 64;
  for (std::uint32_t i = tile.first_window; i < tile.end_window; ++i, bitmap += 2) {
    const OneUserWords words = tester.test_window(view.windows[i]);
    bitmap[0] = words.first;
    if (bitmap + 1 != end) bitmap[1] = words.second;
  }
}

template <class Ops>
void find(const OneUserCall& call, const OneUserTester<Ops>& tester, const OneUserTile& tile,
          std::uint64_t* bitmap) {
  if constexpr (Ops::has_windows) find_in_windows(tester, *call.view, tile, bitmap);
  find_always(tester, *call.view, tile, bitmap);
  if (tile.first_line != tile.end_line) OneUserFinder<Ops>(call, tester, tile, bitmap).find();
}

// Sets of so few rules that reading whole lines would have to wait for the words just written.
template <class Ops>
std::size_t match_few(const OneUserCall& call, std::uint32_t* out, std::size_t room) {
  std::uint64_t bitmap[2] = {};
  find(call, OneUserTester<Ops>(call), call.view->tiles[0], bitmap);
  return decode_bits(bitmap, 2, 0, out, room);
}

template <class Ops>
std::size_t match_ids(const OneUserCall& call, std::uint32_t* out, std::size_t capacity) noexcept {
  const OneUserView& view = *call.view;
  if (view.tile_count == 1 && view.tiles[0].rules <= 128) {
    return match_few<Ops>(call, out, capacity);
  }
  const OneUserTester<Ops> tester(call);
  std::size_t found = 0;
  for (const OneUserTile* tile = view.tiles; tile != view.tiles + view.tile_count; ++tile) {
    find(call, tester, *tile, call.work.bitmap);
    std::uint64_t* words = call.work.bitmap;
    const std::uint32_t end = tile->first_rule + tile->rules;
    for (std::uint32_t base = tile->first_rule; base < end; base += one_user_line_bits) {
      const std::size_t kept = found < capacity ? found : capacity;
      found += Ops::decode(words, base, out + kept, capacity - kept);
      words += one_user_line_words;
    }
  }
  return found;
}

template <class Ops>
void match_bitmap(const OneUserCall& call, std::uint64_t* out) noexcept {
  const OneUserTester<Ops> tester(call);
  for (std::size_t t = 0; t < call.view->tile_count; ++t) {
    const OneUserTile& tile = call.view->tiles[t];
    find(call, tester, tile, out + tile.first_rule / 64);
  }
}

// For kernels whose table is in 1, 2, 4 … parts of 128 bits: Ops<parts>.
template <template <int> class Ops>
std::size_t ids_by_parts(const OneUserCall& call, std::uint32_t* out,
                         std::size_t capacity) noexcept {
  const OneUserView& view = *call.view;
  if (view.wide && view.hot_count > 16) return match_ids<Ops<16>>(call, out, capacity);
  if (view.wide) return match_ids<Ops<8>>(call, out, capacity);
  if (view.hot_count > 4) return match_ids<Ops<4>>(call, out, capacity);
  return match_ids<Ops<2>>(call, out, capacity);
}

template <template <int> class Ops>
void bitmap_by_parts(const OneUserCall& call, std::uint64_t* out) noexcept {
  if (call.view->wide) return match_bitmap<Ops<16>>(call, out);
  match_bitmap<Ops<4>>(call, out);
}

}  // namespace
}  // namespace muster
