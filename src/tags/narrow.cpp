#include "tags/narrow.hpp"

#include <limits>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace muster {
namespace {

constexpr std::int16_t lowest_16 = std::numeric_limits<std::int16_t>::min();
constexpr std::int16_t highest_16 = std::numeric_limits<std::int16_t>::max();

bool narrow_one(double value, std::int16_t& out) noexcept {
  const bool inside = value > lowest_16 && value <= highest_16;
  out = static_cast<std::int16_t>(inside ? value : 0);
  return out == value || value != value;
}

bool narrow_one(std::int64_t value, std::int16_t& out) noexcept {
  out = static_cast<std::int16_t>(value);
  return out == value && out != lowest_16;
}

#if defined(__SSE2__)

constexpr std::size_t a_register = 8;

/// Two numbers as integers of 32 bits, and ones in `good` where they are such.
__m128i narrow_two(const double* values, __m128i& good) noexcept {
  const __m128d loaded = _mm_loadu_pd(values);
  const __m128d two = _mm_and_pd(loaded, _mm_cmpord_pd(loaded, loaded));  // NaN becomes 0
  const __m128i whole = _mm_cvttpd_epi32(two);
  good = _mm_and_si128(good, _mm_castpd_si128(_mm_cmpeq_pd(_mm_cvtepi32_pd(whole), two)));
  return whole;
}

__m128i narrow_four(const double* values, __m128i& good) noexcept {
  const __m128i first = narrow_two(values, good);
  return _mm_unpacklo_epi64(first, narrow_two(values + 2, good));
}

__m128i narrow_four(const std::int64_t* values, __m128i& good) noexcept {
  const auto* const from = reinterpret_cast<const __m128i*>(values);
  const __m128 first = _mm_castsi128_ps(_mm_loadu_si128(from));
  const __m128 second = _mm_castsi128_ps(_mm_loadu_si128(from + 1));
  const auto low = _mm_castps_si128(_mm_shuffle_ps(first, second, _MM_SHUFFLE(2, 0, 2, 0)));
  const auto high = _mm_castps_si128(_mm_shuffle_ps(first, second, _MM_SHUFFLE(3, 1, 3, 1)));
  good = _mm_and_si128(good, _mm_cmpeq_epi32(high, _mm_srai_epi32(low, 31)));
  return low;
}

/// Packs with saturation; what comes back another, or is the lowest, is not good.
template <class T>
void narrow_eight(const T* values, std::int16_t* out, __m128i& good) noexcept {
  const __m128i first = narrow_four(values, good);
  const __m128i second = narrow_four(values + 4, good);
  const __m128i packed = _mm_packs_epi32(first, second);
  const __m128i first_again = _mm_srai_epi32(_mm_unpacklo_epi16(packed, packed), 16);
  const __m128i second_again = _mm_srai_epi32(_mm_unpackhi_epi16(packed, packed), 16);
  good = _mm_and_si128(good, _mm_cmpeq_epi32(first, first_again));
  good = _mm_and_si128(good, _mm_cmpeq_epi32(second, second_again));
  good = _mm_andnot_si128(_mm_cmpeq_epi16(packed, _mm_set1_epi16(lowest_16)), good);
  _mm_storeu_si128(reinterpret_cast<__m128i*>(out), packed);
}

/// Narrows all whole groups of values; `at` is where they end.
template <class T>
bool narrow_groups(const T* values, std::size_t n, std::int16_t* out, std::size_t& at) noexcept {
  __m128i good = _mm_set1_epi32(-1);
  for (at = 0; at + a_register <= n; at += a_register) narrow_eight(values + at, out + at, good);
  return _mm_movemask_epi8(good) == 0xffff;
}

std::uint64_t compare_64(const std::int16_t* values, std::int16_t below) noexcept {
  const __m128i limit = _mm_set1_epi16(below);
  std::uint64_t word = 0;
  for (int part = 0; part < 4; ++part) {
    const auto* const from = reinterpret_cast<const __m128i*>(values + part * 16);
    const __m128i low = _mm_cmpgt_epi16(_mm_loadu_si128(from), limit);
    const __m128i high = _mm_cmpgt_epi16(_mm_loadu_si128(from + 1), limit);
    const auto bits = static_cast<unsigned>(_mm_movemask_epi8(_mm_packs_epi16(low, high)));
    word |= std::uint64_t{bits} << (part * 16);
  }
  return word;
}

#else

template <class T>
bool narrow_groups(const T*, std::size_t, std::int16_t*, std::size_t& at) noexcept {
  at = 0;
  return true;
}

std::uint64_t compare_64(const std::int16_t* values, std::int16_t below) noexcept {
  std::uint64_t word = 0;
  for (int i = 0; i < 64; ++i) word |= std::uint64_t{values[i] > below ? 1u : 0u} << i;
  return word;
}

#endif

template <class T>
bool narrow(const T* values, std::size_t n, std::int16_t* out) noexcept {
  std::size_t at = 0;
  if (!narrow_groups(values, n, out, at)) return false;
  for (; at < n; ++at) {
    if (!narrow_one(values[at], out[at])) return false;
  }
  return true;
}

}  // namespace

bool narrow_to_16(const double* values, std::size_t n, std::int16_t* out) noexcept {
  return narrow(values, n, out);
}

bool narrow_to_16(const std::int64_t* values, std::size_t n, std::int16_t* out) noexcept {
  return narrow(values, n, out);
}

void compare_above(const std::int16_t* values, std::size_t n, std::int16_t below,
                   std::uint64_t* words) noexcept {
  std::size_t at = 0;
  for (; at + 64 <= n; at += 64) words[at / 64] = compare_64(values + at, below);
  if (at < n) words[at / 64] = 0;
  for (; at < n; ++at) {
    words[at / 64] |= std::uint64_t{values[at] > below ? 1u : 0u} << (at % 64);
  }
}

}  // namespace muster
