#include "match/one_user_kernels.hpp"
#include "match/one_user_match.hpp"

namespace muster {
namespace {

template <bool Wide>
struct Scalar : PlainSteps {
  struct Table {
    std::uint64_t words[Wide ? one_user_wide_words : 2 * one_user_narrow_words];
  };

  static Table load_table(const OneUserCall& call) {
    Table table;
    load_hot_words(call, Wide ? one_user_wide_words : one_user_narrow_words, table.words);
    for (std::size_t i = 0; !Wide && i < one_user_narrow_words; ++i) {
      table.words[one_user_narrow_words + i] = ~table.words[i];
    }
    return table;
  }

  using Lanes = std::uint64_t;

  static Lanes row(const Table& table, const std::uint8_t* row, std::size_t n) {
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(table.words);
    Lanes lanes = 0;
    for (std::size_t i = 0; i < n; ++i) {
      // Rows past a block's last one are read in vain; what lies there can be any number.
      lanes |= Lanes{asked(bytes[row[i] % sizeof(table.words)], row[n + i])} << i;
    }
    return lanes;
  }
  static bool asked(unsigned byte, unsigned what) {
    if (!Wide) return (byte & what) != 0;
    // Without a branch: bit `what % 8`, turned over where it must be 0.
    return ((byte >> (what & 7) ^ what >> 3) & ~(what >> 7) & 1) != 0;
  }
  static Lanes both(Lanes a, Lanes b) { return a & b; }
  static Lanes either(Lanes a, Lanes b) { return a | b; }
  static Lanes all(bool flag) { return flag ? ~Lanes{0} : 0; }
  static std::uint64_t mask(Lanes lanes) { return lanes; }
};

std::size_t ids(const OneUserCall& call, std::uint32_t* out, std::size_t capacity) noexcept {
  if (call.view->wide) return match_ids<Scalar<true>>(call, out, capacity);
  return match_ids<Scalar<false>>(call, out, capacity);
}

void bitmap(const OneUserCall& call, std::uint64_t* out) noexcept {
  if (call.view->wide) return match_bitmap<Scalar<true>>(call, out);
  match_bitmap<Scalar<false>>(call, out);
}

}  // namespace

const OneUserKernel one_user_scalar{ids, bitmap, {64, 64.0f, 110.0f, 30.0f, 20.0f, 0, 0}};

}  // namespace muster
