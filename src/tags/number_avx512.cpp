#include <immintrin.h>

#include "tags/number_kernel.hpp"

namespace muster {
namespace {

constexpr std::size_t a_register = 8;  // numbers of 64 bits

__mmask8 first_lanes(std::size_t n) {
  return static_cast<__mmask8>(n >= a_register ? 0xff : (1u << n) - 1);
}

/// Whether eight integers of 32 bits are above the lowest of 16, and none of them is too large; the
/// first of them go to `out`.
bool store_narrow(__m256i whole, __mmask8 lanes, std::int16_t* out) {
  const __m128i packed = _mm256_cvtsepi32_epi16(whole);
  _mm_mask_storeu_epi16(out, lanes, packed);
  const __mmask8 same = _mm256_cmpeq_epi32_mask(_mm256_cvtepi16_epi32(packed), whole);
  return (same & _mm_cmpgt_epi16_mask(packed, _mm_set1_epi16(-32'768)) & lanes) == lanes;
}

bool narrow_doubles(const double* values, std::size_t n, std::int16_t* out) {
  bool good = true;
  for (std::size_t at = 0; at < n && good; at += a_register) {
    const __mmask8 lanes = first_lanes(n - at);
    const __m512d loaded = _mm512_maskz_loadu_pd(lanes, values + at);
    const __mmask8 known = _mm512_cmp_pd_mask(loaded, loaded, _CMP_ORD_Q);
    const __m512d eight = _mm512_maskz_mov_pd(known, loaded);  // NaN becomes 0
    const __m256i whole = _mm512_cvttpd_epi32(eight);
    good = _mm512_cmp_pd_mask(_mm512_cvtepi32_pd(whole), eight, _CMP_EQ_OQ) == 0xff &&
           store_narrow(whole, lanes, out + at);
  }
  return good;
}

bool narrow_integers(const std::int64_t* values, std::size_t n, std::int16_t* out) {
  const __m512i lowest = _mm512_set1_epi64(-32'768);
  bool good = true;
  for (std::size_t at = 0; at < n && good; at += a_register) {
    const __mmask8 lanes = first_lanes(n - at);
    const __m512i eight = _mm512_maskz_loadu_epi64(lanes, values + at);
    const __m128i packed = _mm512_cvtepi64_epi16(eight);
    _mm_mask_storeu_epi16(out + at, lanes, packed);
    good = (_mm512_cmpeq_epi64_mask(_mm512_cvtepi16_epi64(packed), eight) &
            _mm512_cmpneq_epi64_mask(eight, lowest)) == 0xff;
  }
  return good;
}

/// The bits of up to 32 values.
std::uint64_t compare_32(const std::int16_t* values, std::size_t n, __m512i below) {
  const auto lanes = static_cast<__mmask32>(n >= 32 ? ~0u : (1u << n) - 1);
  return _mm512_mask_cmpgt_epi16_mask(lanes, _mm512_maskz_loadu_epi16(lanes, values), below);
}

void compare_above(const std::int16_t* values, std::size_t n, std::int16_t below,
                   std::uint64_t* words) {
  const __m512i limit = _mm512_set1_epi16(below);
  std::size_t at = 0;
  for (; at + 64 <= n; at += 64) {
    const __m512i low = _mm512_loadu_si512(values + at);
    const __m512i high = _mm512_loadu_si512(values + at + 32);
    words[at / 64] = std::uint64_t{_mm512_cmpgt_epi16_mask(high, limit)} << 32 |
                     _mm512_cmpgt_epi16_mask(low, limit);
  }
  if (at == n) return;
  words[at / 64] = compare_32(values + at, n - at, limit);
  if (n - at > 32) words[at / 64] |= compare_32(values + at + 32, n - at - 32, limit) << 32;
}

}  // namespace

const NumberKernel number_avx512{narrow_doubles, narrow_integers, compare_above};

}  // namespace muster
