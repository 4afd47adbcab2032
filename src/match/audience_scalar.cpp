#include <utility>

#include "match/audience_kernels.hpp"

namespace muster {
namespace {

/// One word, in the place of a vector.
struct Batch {
  static constexpr std::size_t size = 1;
  static Batch load_aligned(const std::uint64_t* words) { return {*words}; }
  void store_unaligned(std::uint64_t* words) const { *words = word; }
  friend Batch operator&(Batch a, Batch b) { return {a.word & b.word}; }
  friend Batch operator|(Batch a, Batch b) { return {a.word | b.word}; }
  friend Batch operator~(Batch a) { return {~a.word}; }
  std::uint64_t word;
};

#include "match/audience_line.hpp"

bool is_zero(Batch words) { return words.word == 0; }

/// Set bits without an instruction for them, in parallel within the words, then over all.
constexpr std::uint32_t values_at_once = 1;

void add_users(const LineValue (&values)[1], std::uint64_t* counts) {
  constexpr std::uint64_t pairs = 0x5555555555555555, quads = 0x3333333333333333;
  constexpr std::uint64_t bytes = 0x0f0f0f0f0f0f0f0f, words = 0x00ff00ff00ff00ff;
  std::uint64_t sum = 0;  // of bytes: at most 8 × line_words
  for (const Batch part : values[0].parts) {
    std::uint64_t bits = part.word - (part.word >> 1 & pairs);
    bits = (bits & quads) + (bits >> 2 & quads);
    sum += (bits + (bits >> 4)) & bytes;
  }
  static_assert(8 * line_words < 256);
  counts[0] += ((sum & words) + (sum >> 8 & words)) * 0x0001000100010001 >> 48;
}

constexpr bool know_shapes = false;

#include "match/audience_body.hpp"
#include "match/audience_rows.hpp"

}  // namespace

const AudienceKernel audience_scalar{copy,      count, store, mark,   find_active,
                                     transpose, list,  pick,  overlap};

}  // namespace muster
