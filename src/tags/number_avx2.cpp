#include <immintrin.h>

#include "tags/number_kernel.hpp"

namespace muster {
namespace {

constexpr std::size_t at_once = 16;  // numbers

/// 16 integers of 32 bits, packed with saturation in the order of their lanes; what comes back
/// another, or is the lowest, is not good.
__m256i pack(__m256i first, __m256i second, __m256i& good) {
  const __m256i packed = _mm256_packs_epi32(first, second);
  const __m256i first_again = _mm256_srai_epi32(_mm256_unpacklo_epi16(packed, packed), 16);
  const __m256i second_again = _mm256_srai_epi32(_mm256_unpackhi_epi16(packed, packed), 16);
  good = _mm256_and_si256(good, _mm256_cmpeq_epi32(first, first_again));
  good = _mm256_and_si256(good, _mm256_cmpeq_epi32(second, second_again));
  const __m256i lowest = _mm256_cmpeq_epi16(packed, _mm256_set1_epi16(-32'768));
  good = _mm256_andnot_si256(lowest, good);
  return packed;
}

/// Four numbers as integers of 32 bits, and ones in `good` where they are such.
__m128i narrow_four(const double* values, __m256i& good) {
  const __m256d loaded = _mm256_loadu_pd(values);
  const __m256d known = _mm256_cmp_pd(loaded, loaded, _CMP_ORD_Q);
  const __m256d four = _mm256_and_pd(loaded, known);  // NaN becomes 0
  const __m128i whole = _mm256_cvttpd_epi32(four);
  const __m256d same = _mm256_cmp_pd(_mm256_cvtepi32_pd(whole), four, _CMP_EQ_OQ);
  good = _mm256_and_si256(good, _mm256_castpd_si256(same));
  return whole;
}

__m256i narrow_eight(const double* values, __m256i& good) {
  const __m128i first = narrow_four(values, good);
  return _mm256_inserti128_si256(_mm256_castsi128_si256(first), narrow_four(values + 4, good), 1);
}

/// The low halves, those of values 0, 1, 4 and 5 in the lower lane.
__m256i narrow_eight(const std::int64_t* values, __m256i& good) {
  const auto* const from = reinterpret_cast<const __m256i*>(values);
  const __m256 first = _mm256_castsi256_ps(_mm256_loadu_si256(from));
  const __m256 second = _mm256_castsi256_ps(_mm256_loadu_si256(from + 1));
  const __m256i low = _mm256_castps_si256(_mm256_shuffle_ps(first, second, 0x88));
  const __m256i high = _mm256_castps_si256(_mm256_shuffle_ps(first, second, 0xdd));
  good = _mm256_and_si256(good, _mm256_cmpeq_epi32(high, _mm256_srai_epi32(low, 31)));
  return low;
}

/// What packing narrow_eight's lanes mixed up.
__m256i in_order(__m256i packed, const double*) { return _mm256_permute4x64_epi64(packed, 0xd8); }
__m256i in_order(__m256i packed, const std::int64_t*) {
  return _mm256_permutevar8x32_epi32(packed, _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7));
}

/// The last ones by the code for every CPU.
bool narrow_rest(const double* values, std::size_t n, std::int16_t* out) {
  return number_any.narrow_doubles(values, n, out);
}
bool narrow_rest(const std::int64_t* values, std::size_t n, std::int16_t* out) {
  return number_any.narrow_integers(values, n, out);
}

template <class T>
bool narrow_all(const T* values, std::size_t n, std::int16_t* out) {
  __m256i good = _mm256_set1_epi32(-1);
  std::size_t at = 0;
  for (; at + at_once <= n; at += at_once) {
    const __m256i first = narrow_eight(values + at, good);
    const __m256i packed = pack(first, narrow_eight(values + at + 8, good), good);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + at), in_order(packed, values));
  }
  return _mm256_movemask_epi8(good) == -1 && narrow_rest(values + at, n - at, out + at);
}

bool narrow_doubles(const double* values, std::size_t n, std::int16_t* out) {
  return narrow_all(values, n, out);
}
bool narrow_integers(const std::int64_t* values, std::size_t n, std::int16_t* out) {
  return narrow_all(values, n, out);
}

std::uint64_t compare_32(const std::int16_t* values, __m256i below) {
  const auto* const from = reinterpret_cast<const __m256i*>(values);
  const __m256i low = _mm256_cmpgt_epi16(_mm256_loadu_si256(from), below);
  const __m256i high = _mm256_cmpgt_epi16(_mm256_loadu_si256(from + 1), below);
  const __m256i bytes = _mm256_permute4x64_epi64(_mm256_packs_epi16(low, high), 0xd8);
  return static_cast<std::uint32_t>(_mm256_movemask_epi8(bytes));
}

void compare_above(const std::int16_t* values, std::size_t n, std::int16_t below,
                   std::uint64_t* words) {
  const __m256i limit = _mm256_set1_epi16(below);
  std::size_t at = 0;
  for (; at + 64 <= n; at += 64) {
    words[at / 64] = compare_32(values + at, limit) | compare_32(values + at + 32, limit) << 32;
  }
  if (at < n) number_any.compare_above(values + at, n - at, below, words + at / 64);
}

}  // namespace

const NumberKernel number_avx2{narrow_doubles, narrow_integers, compare_above};

}  // namespace muster
