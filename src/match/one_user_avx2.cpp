#include <immintrin.h>

#include "match/one_user_kernels.hpp"
#include "match/one_user_shuffle.hpp"

namespace muster {
namespace {

struct Vector {
  using Type = __m256i;
  static Type load(const std::uint8_t* bytes) {
    return _mm256_loadu_si256(reinterpret_cast<const Type*>(bytes));
  }
  static Type repeat(const void* sixteen) {
    return _mm256_broadcastsi128_si256(_mm_loadu_si128(static_cast<const __m128i*>(sixteen)));
  }
  static Type all(int byte) { return _mm256_set1_epi8(static_cast<char>(byte)); }
  static Type both(Type a, Type b) { return _mm256_and_si256(a, b); }
  static Type either(Type a, Type b) { return _mm256_or_si256(a, b); }
  static Type differ(Type a, Type b) { return _mm256_xor_si256(a, b); }
  static Type and_not(Type a, Type b) { return _mm256_andnot_si256(a, b); }
  static Type smaller(Type a, Type b) { return _mm256_min_epu8(a, b); }
  static Type shuffle(Type bytes, Type which) { return _mm256_shuffle_epi8(bytes, which); }
  static Type choose(Type a, Type b, Type which) { return _mm256_blendv_epi8(a, b, which); }
  template <int N>
  static Type shift(Type a) {
    return _mm256_slli_epi16(a, N);
  }
  static Type sign(Type a) { return _mm256_cmpgt_epi8(_mm256_setzero_si256(), a); }
  static std::uint64_t dead(Type a) {
    return static_cast<std::uint64_t>(
        _mm256_movemask_epi8(_mm256_cmpeq_epi8(a, _mm256_setzero_si256())));
  }
};

template <int Parts>
using Avx2 = ShuffleOps<Vector, Parts>;

}  // namespace

const OneUserKernel one_user_avx2{
    ids_by_parts<Avx2>, bitmap_by_parts<Avx2>, {32, 4.0f, 16.0f, 10.0f, 45.0f, 0, 0}};

}  // namespace muster
