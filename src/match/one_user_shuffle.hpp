#pragma once

// Ops of kernels that look bytes up by shuffling sixteen of them; included once by each, with
// internal linkage. `Vector` gives
//   Type                                     a vector of bytes
//   Type load(bytes), repeat(sixteen bytes), all(byte), both(a, b), either(a, b), differ(a, b)
//   Type and_not(a, b)                       b where a is 0
//   Type smaller(a, b)                       of unsigned bytes
//   Type shuffle(bytes, which)               of each sixteen
//   Type choose(a, b, which)                 b where the highest bit is 1
//   Type shift<n>(a)                         left, in 16 bits; only highest bits are looked at
//   Type sign(a)                             all bits are the highest
//   uint64_t dead(a)                         one bit for each byte that is 0

#include "match/one_user_match.hpp"

namespace muster {
namespace {

// Parts: how many times 16 bytes the table has, its complement apart.
template <class Vector, int Parts>
struct ShuffleOps : PlainSteps {
  using Type = typename Vector::Type;
  static constexpr bool wide = Parts > 4;

  struct Table {
    Type part[Parts];
  };

  static Table load_table(const OneUserCall& call) {
    alignas(16) std::uint64_t words[2 * Parts];
    load_hot_words(call, 2 * Parts, words);
    Table table;
    for (int i = 0; i < Parts; ++i) table.part[i] = Vector::repeat(words + 2 * i);
    return table;
  }

  // A lane is a byte, not 0 where true; a block has one vector of them.
  using Lanes = Type;

  static Lanes row(const Table& table, const std::uint8_t* row, std::size_t n) {
    const Type where = Vector::load(row);
    const Type what = Vector::load(row + n);
    const Type bytes = look_up<Parts>(table.part, where, Vector::both(where, Vector::all(0xf)));
    if constexpr (wide) {
      const Type ones = Vector::shuffle(Vector::repeat(wanted_ones), what);
      const Type zeros = Vector::shuffle(Vector::repeat(wanted_zeros), what);
      return Vector::either(Vector::both(bytes, ones), Vector::and_not(bytes, zeros));
    }
    const Type flip = Vector::sign(Vector::template shift<1>(where));
    return Vector::both(Vector::differ(bytes, flip), what);
  }
  // Bits 0 to 3 of `where` choose a byte of each part, those above them the part.
  template <int Count>
  static Type look_up(const Type* parts, Type where, Type byte) {
    if constexpr (Count == 1) {
      return Vector::shuffle(*parts, byte);
    } else {
      constexpr int top = Count == 2 ? 4 : Count == 4 ? 5 : Count == 8 ? 6 : 7;
      return Vector::choose(look_up<Count / 2>(parts, where, byte),
                            look_up<Count / 2>(parts + Count / 2, where, byte),
                            Vector::template shift<7 - top>(where));
    }
  }
  static Lanes both(Lanes a, Lanes b) { return Vector::smaller(a, b); }
  static Lanes either(Lanes a, Lanes b) { return Vector::either(a, b); }
  static Lanes all(bool flag) { return Vector::all(flag ? -1 : 0); }
  static std::uint64_t mask(Lanes lanes) { return ~Vector::dead(lanes); }
};

}  // namespace
}  // namespace muster
