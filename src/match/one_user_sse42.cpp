#include <nmmintrin.h>

#include "match/one_user_kernels.hpp"
#include "match/one_user_shuffle.hpp"

namespace muster {
namespace {

struct Vector {
  using Type = __m128i;
  static Type load(const std::uint8_t* bytes) {
    return _mm_loadu_si128(reinterpret_cast<const Type*>(bytes));
  }
  static Type repeat(const void* sixteen) {
    return _mm_loadu_si128(static_cast<const __m128i*>(sixteen));
  }
  static Type all(int byte) { return _mm_set1_epi8(static_cast<char>(byte)); }
  static Type both(Type a, Type b) { return _mm_and_si128(a, b); }
  static Type either(Type a, Type b) { return _mm_or_si128(a, b); }
  static Type differ(Type a, Type b) { return _mm_xor_si128(a, b); }
  static Type and_not(Type a, Type b) { return _mm_andnot_si128(a, b); }
  static Type smaller(Type a, Type b) { return _mm_min_epu8(a, b); }
  static Type shuffle(Type bytes, Type which) { return _mm_shuffle_epi8(bytes, which); }
  static Type choose(Type a, Type b, Type which) { return _mm_blendv_epi8(a, b, which); }
  template <int N>
  static Type shift(Type a) {
    return _mm_slli_epi16(a, N);
  }
  static Type sign(Type a) { return _mm_cmpgt_epi8(_mm_setzero_si128(), a); }
  static std::uint64_t dead(Type a) {
    return static_cast<std::uint64_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(a, _mm_setzero_si128())));
  }
};

template <int Parts>
using Sse42 = ShuffleOps<Vector, Parts>;

}  // namespace

const OneUserKernel one_user_sse42{
    ids_by_parts<Sse42>, bitmap_by_parts<Sse42>, {16, 4.0f, 16.0f, 8.0f, 45.0f, 0, 0}};

}  // namespace muster
