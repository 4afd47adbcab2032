#include <arm_neon.h>

#include "match/one_user_kernels.hpp"
#include "match/one_user_match.hpp"

namespace muster {
namespace {

// Parts: how many times 64 bytes the table has, its complement apart.
template <int Parts>
struct Neon : PlainSteps {
  struct Table {
    uint8x16x4_t part[Parts];
  };

  static Table load_table(const OneUserCall& call) {
    std::uint64_t words[8 * Parts];
    load_hot_words(call, 8 * Parts, words);
    Table table;
    for (int i = 0; i < Parts; ++i) {
      const auto* const bytes = reinterpret_cast<const std::uint8_t*>(words + 8 * i);
      for (int k = 0; k < 4; ++k) table.part[i].val[k] = vld1q_u8(bytes + 16 * k);
    }
    return table;
  }

  // A lane is a byte, not 0 where true; a block has one vector of them.
  using Lanes = uint8x16_t;

  static Lanes row(const Table& table, const std::uint8_t* row, std::size_t n) {
    const uint8x16_t where = vld1q_u8(row);
    const uint8x16_t what = vld1q_u8(row + n);
    if constexpr (Parts > 1) {
      // Indexes past a part give 0, or leave what is there.
      uint8x16_t bytes = vqtbl4q_u8(table.part[0], where);
      for (int i = 1; i < Parts; ++i) {
        const auto first = static_cast<std::uint8_t>(64 * i);
        bytes = vqtbx4q_u8(bytes, table.part[i], vsubq_u8(where, vdupq_n_u8(first)));
      }
      return vbslq_u8(bytes, vqtbl1q_u8(vld1q_u8(wanted_ones), what),
                      vqtbl1q_u8(vld1q_u8(wanted_zeros), what));
    }
    // Bits 0 to 5 of `where` choose a byte of the table, bit 6 the complement.
    const uint8x16_t bytes = vqtbl4q_u8(table.part[0], vandq_u8(where, vdupq_n_u8(0x3f)));
    const uint8x16_t flip = vtstq_u8(where, vdupq_n_u8(0x40));
    return vandq_u8(veorq_u8(bytes, flip), what);
  }
  static Lanes both(Lanes a, Lanes b) { return vminq_u8(a, b); }
  static Lanes either(Lanes a, Lanes b) { return vorrq_u8(a, b); }
  static Lanes all(bool flag) { return vdupq_n_u8(flag ? 0xff : 0); }
  static std::uint64_t mask(Lanes lanes) {
    constexpr std::uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t bits = vandq_u8(vtstq_u8(lanes, lanes), vld1q_u8(weights));
    const std::uint64_t high = vaddv_u8(vget_high_u8(bits));
    return high << 8 | vaddv_u8(vget_low_u8(bits));
  }
};

std::size_t ids(const OneUserCall& call, std::uint32_t* out, std::size_t capacity) noexcept {
  if (call.view->wide) return match_ids<Neon<4>>(call, out, capacity);
  return match_ids<Neon<1>>(call, out, capacity);
}

void bitmap(const OneUserCall& call, std::uint64_t* out) noexcept {
  if (call.view->wide) return match_bitmap<Neon<4>>(call, out);
  match_bitmap<Neon<1>>(call, out);
}

}  // namespace

const OneUserKernel one_user_neon{ids, bitmap, {16, 3.0f, 8.0f, 8.0f, 45.0f, 0, 0}};

}  // namespace muster
