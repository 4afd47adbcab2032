#pragma once

#include <cstddef>
#include <cstdint>

#include "match/kernel.hpp"

namespace muster {

/// Words of a line: the users that are matched in one go.
inline constexpr std::size_t line_words = 16;
inline constexpr std::size_t line_users = 64 * line_words;

/// Users whose pairs are found in one go.
inline constexpr std::size_t slab_words = 8;
inline constexpr std::size_t slab_users = 64 * slab_words;

/// A row holds bits of one user, one for each of so many rules.
inline constexpr std::size_t row_words = 8;
inline constexpr std::size_t row_bits = 64 * row_words;
constexpr std::size_t rows_of(std::size_t rules) { return (rules + row_bits - 1) / row_bits; }

/// Users that are decoded in one go, few enough for everything to stay in the first-level cache.
inline constexpr std::size_t decode_users = 64;

/// Ids of the bits of a user's rows, 64-byte aligned; `small` says the same unless it is null.
struct RowIds {
  const std::uint32_t* all;
  const std::uint16_t* small;
};

/// Working memory of decode: room for 16-bit words of the rows and for ids of their bits, and for
/// a vector more.
struct DecodeSpace {
  std::uint16_t* bits;
  std::uint16_t* numbers;
  std::uint16_t* picked;
};

/// How many operands of each kind a value has: all of the first `all`, none of the next `none`,
/// and one of the last `any` unless there are none. all + any > 0.
struct LineShape {
  std::uint32_t all = 0;
  std::uint32_t none = 0;
  std::uint32_t any = 0;
  constexpr std::uint32_t operands() const { return all + none + any; }
  friend auto operator<=>(const LineShape&, const LineShape&) = default;
};

/// Values of one shape.
struct LineGroup {
  LineShape shape;
  std::uint32_t count = 0;                  ///< values
  const std::uint32_t* operands = nullptr;  ///< first words of lines, shape.operands() a value
  const std::uint32_t* targets = nullptr;   ///< where values go, one a value
};

/// The population matcher's code for one instruction set. Pointers to lines are 64-byte aligned.
struct AudienceKernel {
  /// counts[target] += users of the value.
  void (*count)(const LineGroup& group, const std::uint64_t* lines, std::uint64_t* counts);
  /// out[target * stride …] = the value, line_words long.
  void (*store)(const LineGroup& group, const std::uint64_t* lines, std::uint64_t* out,
                std::size_t stride);
  /// Copies a line of each of `columns` to lines[0], lines[1], …; column c is at
  /// users[c * column_words]. Has the same columns at `next` fetched from memory meanwhile.
  void (*copy)(const std::uint64_t* users, const std::uint64_t* next, std::size_t column_words,
               const std::uint32_t* columns, std::size_t count, std::uint64_t* lines);
  // Pairs, slab by slab. A slab is the first slab_words words of all rules' lines from `bitmaps`
  // on; rule r's are at bitmaps[r * line_words].

  /// Rules with a user in the slab, ascending; returns how many. `active` has room for one more.
  std::size_t (*find_active)(const std::uint64_t* bitmaps, std::size_t rules,
                             std::uint32_t* active);
  /// Turns the lines of `count` active rules into rows of users, rows_of(count) a user: bit b of
  /// row i of user u is at rows[(i * slab_users + u) * row_words], and says whether the user has
  /// rule active[i * row_bits + b].
  void (*transpose)(const std::uint64_t* bitmaps, const std::uint32_t* active, std::size_t count,
                    std::uint64_t* rows);
  /// The ids of the bits set in the rows of `count` users, at most decode_users, user after user
  /// to `out`, which has room for all bits; ends[i] = how many users 0 to i have.
  void (*decode)(const std::uint64_t* rows, std::size_t rows_a_user, std::size_t count,
                 const RowIds& ids, const DecodeSpace& space, std::uint32_t* out,
                 std::uint32_t* ends);
  /// overlaps[i * rules + j] += users that rules i and j share, for i <= j.
  void (*overlap)(const std::uint64_t* bitmaps, std::size_t rules, std::uint64_t* overlaps);
};

/// The code for `isa`; where this build or CPU has none, the nearest that it has.
const AudienceKernel& audience_kernel(InstructionSet isa) noexcept;

}  // namespace muster
