#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/instruction_set.hpp"
#include "muster/tags/encoded_users.hpp"

namespace muster {

/// Words of a line: the users that are matched in one go, those of a tile.
inline constexpr std::size_t line_words = EncodedUsers::tile_words;
inline constexpr std::size_t line_users = EncodedUsers::tile_users;

/// A row holds bits of one user, one for each of so many rules.
inline constexpr std::size_t row_words = 8;
inline constexpr std::size_t row_bits = 64 * row_words;
constexpr std::size_t rows_of(std::size_t rules) { return (rules + row_bits - 1) / row_bits; }

/// Users that are decoded in one go, few enough for everything to stay in the first-level cache.
inline constexpr std::size_t decode_users = 64;

/// A column of the users, and which line it becomes.
struct LineColumn {
  std::uint32_t column;
  std::uint32_t line;
};

/// Where lines go: that of value t to base[t * stride …].
struct LineOutput {
  std::uint64_t* base;
  std::size_t stride;
};

/// The same, one line after another; used[t] becomes whether value t has a user.
struct MarkedOutput {
  std::uint64_t* base;
  std::uint8_t* used;
};

/// Some users' rows, as transpose makes them, and the ids of their bits, 64-byte aligned;
/// `short_ids` says the same as `ids` unless it is null.
struct UserRows {
  const std::uint64_t* rows;  ///< of the first user
  std::size_t rows_a_user;
  std::size_t users;  ///< at most decode_users
  const std::uint32_t* ids;
  const std::uint16_t* short_ids;
};

/// Values of one shape that kernels compute in one go; groups are multiples of it.
inline constexpr std::size_t values_together = 4;

/// Elements that kernels may write behind the last.
inline constexpr std::size_t decode_slack = 64;

/// Working memory to decode rows with: the 16-bit words that are not 0, at most 32 a row.
struct DecodeSpace {
  std::uint16_t* bits;
  std::uint16_t* numbers;
};

/// How many operands of each kind a value has: all of the first `all`, one of the next `any` unless
/// there are none, and none of the last `none`. all + any > 0.
struct LineShape {
  std::uint32_t all = 0;
  std::uint32_t any = 0;
  std::uint32_t none = 0;
  constexpr std::uint32_t operands() const { return all + any + none; }
  friend auto operator<=>(const LineShape&, const LineShape&) = default;
};

/// Values of one shape, some of them twice to make up the number. Their operands are first words of
/// lines, shape.operands() a value; `short_operands` says the same as `operands` unless it is null.
struct LineGroup {
  LineShape shape;
  std::uint32_t count = 0;  ///< values, a multiple of values_together
  const std::uint32_t* operands = nullptr;
  const std::uint16_t* short_operands = nullptr;
  const std::uint32_t* targets = nullptr;  ///< where values go, one a value
};

/// The population matcher's code for one instruction set. Pointers to lines and rows are 64-byte
/// aligned.
struct AudienceKernel {
  /// Copies columns of a tile to lines.
  void (*copy)(const std::uint64_t* tile, std::span<const LineColumn> columns,
               std::uint64_t* lines);
  /// counts[i] += users of value i of the group.
  void (*count)(const LineGroup& group, const std::uint64_t* lines, std::uint64_t* counts);
  void (*store)(const LineGroup& group, const std::uint64_t* lines, const LineOutput& out);
  void (*mark)(const LineGroup& group, const std::uint64_t* lines, const MarkedOutput& out);

  /// The rules r with used[r], ascending; returns how many. `used` ends with 0s to a multiple of
  /// 64; `active` has room for decode_slack more.
  std::size_t (*find_active)(const std::uint8_t* used, std::size_t rules, std::uint32_t* active);
  /// Turns the lines of `count` active rules, at bitmaps[rule * line_words], into rows of users,
  /// rows_of(count) a user: bit b of row i of user u is at rows[(i * line_users + u) * row_words],
  /// and says whether the user has rule active[i * row_bits + b].
  void (*transpose)(const std::uint64_t* bitmaps, const std::uint32_t* active, std::size_t count,
                    std::uint64_t* rows);
  /// ends[i] = bits set in the rows of users 0 to i. Returns what pick wants to know.
  std::size_t (*list)(const UserRows& rows, const DecodeSpace& space, std::uint32_t* ends);
  /// The ids of the bits set, user after user.
  void (*pick)(const UserRows& rows, const DecodeSpace& space, std::size_t listed,
               std::uint32_t* out);

  /// Adds to overlaps[active[i] * rules + active[j]], for i <= j, users that both have in their
  /// lines; the lines of active rules lie one after another, then decode_slack of any.
  void (*overlap)(const std::uint64_t* lines, const std::uint32_t* active, std::size_t count,
                  std::size_t rules, std::uint64_t* overlaps);
};

/// The code for `isa`; where this build has none, portable code.
const AudienceKernel& audience_kernel(InstructionSet isa) noexcept;

}  // namespace muster
