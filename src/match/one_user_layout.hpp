#pragma once

// How a OneUserIndex lies in memory, as its kernels read it: plain data only, since this header
// is compiled for several instruction sets.
//
// Rules are cut into tiles of at most 65 536, so that ids within a tile take two bytes and its
// bitmap stays in the first-level cache. An entry is one alternative of a rule: literals that
// must all hold and groups of which one must. A tile files each entry under one of its literals,
// its key; entries of one key lie in blocks of up to 64 (fewer for kernels of narrower vectors),
// entries without a key under the tile's first key, which always counts as met.
//
// Where the rules are few, most lie in windows instead, which are tested for every user without
// a branch: window w of a tile has its rules 128 w to 128 w + 127, spread over two halves of 64
// lanes so that either needs few rows. At its offset, on a 64-byte boundary, has `data`
//   128 bytes: the lane of each rule;
//   for each half: rows as in a block, 64 lanes wide; surplus lanes look for no bit.
//
// Blocks come in shapes, each with code of its own that has few branches to mispredict: see
// OneUserShape.
// A block of n entries in `data`, at its offset, has
//   general and unsure: 1 byte a group, its size;
//   for each literal of each group, then for each of the other literals, a row: n bytes that
//   say which byte of the user's table to look at, then n bytes that say what to look for there;
//   2 n bytes: the entries' rules, counted from the tile's first;
//   unsure: 4 n bytes: where the entry's further conditions begin in `conditions`.
// Rows of entries with fewer literals repeat one that holds anyway. Literals that hold rarely
// come first.
//
// The user's table is narrow where rules read 512 bits at most. It then has 128 bytes: the bits,
// then their complement, so that a negative literal costs nothing extra. A row's first byte says
// which byte of the table, its second has the bit to look for.
// A wide table has 256 bytes without a complement: the 2 048 bits that are read most. The second
// byte of a row is then the bit's number, 8 more where it must be 0; with its highest bit set no
// bit will do. Literals of colder bits become keys or conditions.

#include <cstddef>
#include <cstdint>

namespace muster {

constexpr std::size_t one_user_tile_rules = 65536;
constexpr std::size_t one_user_tile_words = one_user_tile_rules / 64;
constexpr std::size_t one_user_narrow_words = 8;
constexpr std::size_t one_user_wide_words = 32;
constexpr std::uint8_t one_user_wide_negated = 8;
constexpr std::uint8_t one_user_wide_nothing = 0x80;
constexpr std::size_t one_user_data_slack = 64;  // kernels read past rows, up to 8 times this
constexpr std::size_t one_user_line_bits = 512;
constexpr std::size_t one_user_line_words = 8;

enum OneUserShape : std::uint8_t {
  one_user_plain3,        // no group, 1 to 3 literals
  one_user_plain5,        // 4 or 5
  one_user_plain7,        // 6 or 7
  one_user_plain,         // more
  one_user_grouped,       // one group of 2 to 4 literals, any number of others
  one_user_general,       // all else
  one_user_unsure_plain,  // no group, 1 literal or more, and entries have further conditions
  one_user_unsure,        // all else whose entries have further conditions
  one_user_shapes
};
constexpr unsigned one_user_unsure_rows = 4;   // of one_user_unsure_plain: without a branch
constexpr unsigned one_user_group_rows = 4;    // of one_user_grouped: at most
constexpr unsigned one_user_grouped_rows = 3;  // of its other literals: without a branch

struct OneUserBlock {
  std::uint32_t offset;
  std::uint8_t entries;   // 1..64
  std::uint8_t literals;  // rows outside groups, at most 24
  std::uint8_t groups;    // one_user_grouped: how many literals its group has
  OneUserShape shape;
};

struct OneUserWindow {
  std::uint32_t offset;
  std::uint8_t groups[2];    // literals of either half's groups
  std::uint8_t literals[2];  // other rows, at least 1
};
constexpr std::size_t one_user_window_rules = 128;

// Keys among 512 neighbouring bits. Bit b of the line is key first_key + key[b].
struct alignas(64) OneUserKeyLine {
  std::uint64_t mask[one_user_line_words];
  std::uint16_t key[one_user_line_bits];
  std::uint32_t line;
  std::uint32_t first_key;
  std::uint32_t negated;  // 1: these keys are met by bits that are 0
};

struct OneUserTile {
  std::uint32_t first_rule;
  std::uint32_t rules;
  std::uint32_t first_key;
  std::uint32_t first_line;
  std::uint32_t end_line;
  std::uint32_t first_window;
  std::uint32_t end_window;
};

// Conditions of an entry: how many there are, then cold literals and cold groups, each `group_mark`
// more than its size and its literals; or `ask_program`.
constexpr std::uint32_t one_user_group_mark = 0x80000000;
constexpr std::uint32_t one_user_ask_program = 0xffffffff;

struct OneUserView {
  const OneUserTile* tiles;
  std::size_t tile_count;
  const OneUserKeyLine* lines;
  const std::uint32_t* key_blocks;  // key k has blocks [key_blocks[k], key_blocks[k + 1])
  const OneUserBlock* blocks;
  const OneUserWindow* windows;
  const std::uint8_t* data;
  const std::uint32_t* conditions;
  const std::uint32_t* hot_words;  // user words of the table; null: the first `hot_count`
  std::size_t hot_count;
  bool wide;
};

// Working memory of one match.
struct OneUserWork {
  std::uint64_t* bitmap;  // one_user_tile_words, all 0 between calls
  std::uint32_t* keys;    // one_user_line_bits + one_user_slack
  std::uint32_t* queue;   // one_user_queue + one_user_slack
  std::uint32_t* shaped;  // one_user_shapes times as much
  std::uint16_t* marks;   // one_user_max_marks + one_user_slack
};
constexpr std::size_t one_user_queue = 1024;
constexpr std::size_t one_user_max_marks = 2048;
constexpr std::size_t one_user_slack = 128;  // kernels write past what they count, up to this far

// Asks the program of a rule; `context` is the caller's.
using OneUserProgram = bool (*)(const void* context, std::uint32_t rule,
                                const std::uint64_t* bits) noexcept;

struct OneUserCall {
  const OneUserView* view;
  OneUserWork work;
  const std::uint64_t* bits;  // the user's, shared ones included
  std::size_t words;
  OneUserProgram program;
  const void* context;
};

// What a kernel's steps cost, in any one unit; decides which keys pay.
struct OneUserCosts {
  unsigned lanes;    // entries of a block, at most
  float row;         // testing one literal of a block
  float wide_row;    // the same with a wide table
  float block;       // the rest of the work on a block
  float visit;       // going to a key
  float window_row;  // of `row` for half a window; 0 where the kernel has no windows
  float window;      // the rest of the work on a window
};

// One kernel's code.
struct OneUserKernel {
  // Writes ids, at most `capacity` of them; returns how many there are.
  std::size_t (*ids)(const OneUserCall& call, std::uint32_t* out, std::size_t capacity) noexcept;
  // Sets bits in `out`, which is all 0 and has words for every rule.
  void (*bitmap)(const OneUserCall& call, std::uint64_t* out) noexcept;
  OneUserCosts costs;
};

}  // namespace muster
