#include "match/one_user_kernels.hpp"
#include "match/one_user_match.hpp"

namespace muster {
namespace {

struct Scalar {
  static constexpr bool has_windows = false;

  struct Table {
    std::uint8_t bytes[2 * one_user_hot_bytes];
  };

  static Table load_table(const OneUserCall& call) {
    Table table;
    load_hot_bytes(call, table.bytes);
    for (std::size_t i = 0; i < one_user_hot_bytes; ++i) {
      table.bytes[one_user_hot_bytes + i] = static_cast<std::uint8_t>(~table.bytes[i]);
    }
    return table;
  }

  static void meet(const OneUserCall& call, const OneUserKeyLine& line, std::uint64_t* met) {
    meet_words(call, line, met);
  }

  using Lanes = std::uint64_t;

  static Lanes row(const Table& table, const std::uint8_t* row, std::size_t n) {
    Lanes lanes = 0;
    for (std::size_t i = 0; i < n; ++i) {
      lanes |= Lanes{(table.bytes[row[i]] & row[n + i]) != 0} << i;
    }
    return lanes;
  }
  static Lanes both(Lanes a, Lanes b) { return a & b; }
  static Lanes either(Lanes a, Lanes b) { return a | b; }
  static Lanes all(bool flag) { return flag ? ~Lanes{0} : 0; }
  static std::uint64_t mask(Lanes lanes) { return lanes; }

  static void range(std::uint32_t first, std::uint32_t end, std::uint32_t* out) {
    while (first < end) *out++ = first++;
  }

  static std::size_t select(std::uint64_t mask, const std::uint8_t* rules, std::uint16_t* out) {
    return select_bits(mask, rules, out);
  }

  static std::size_t decode(std::uint64_t* words, std::uint32_t base, std::uint32_t* out,
                            std::size_t room) {
    return decode_line(words, base, out, room);
  }
};

}  // namespace

const OneUserKernel one_user_scalar{
    match_ids<Scalar>, match_bitmap<Scalar>, {64, 64.0f, 30.0f, 20.0f, 0, 0}};

}  // namespace muster
