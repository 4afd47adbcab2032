// Pairs from bitmaps of rules with AVX-512; included as audience_line.hpp is.

std::size_t find_active(const std::uint8_t* used, std::size_t rules, std::uint32_t* active) {
  __m512i rule = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  std::size_t count = 0;
  for (std::size_t first = 0; first < rules; first += 64) {
    const __m512i flags = _mm512_load_si512(used + first);
    std::uint64_t some = _mm512_test_epi8_mask(flags, flags);
    MUSTER_UNROLL for (int part = 0; part < 4; ++part, some >>= 16) {
      const auto here = static_cast<__mmask16>(some);
      _mm512_storeu_si512(active + count, _mm512_maskz_compress_epi32(here, rule));
      count += static_cast<std::size_t>(__builtin_popcount(here));
      rule = _mm512_add_epi32(rule, _mm512_set1_epi32(16));
    }
  }
  return count;
}

/// Eight vectors, byte by byte: byte x of input i becomes byte i of the 64-bit word x % 2 of lane
/// l of output m, where x = 16 l + 2 m + x % 2.
MUSTER_INLINE void interleave_bytes(__m512i (&v)[8]) {
  __m512i bytes[8], words[8];
  MUSTER_UNROLL for (int i = 0; i < 4; ++i) {
    bytes[2 * i] = _mm512_unpacklo_epi8(v[2 * i], v[2 * i + 1]);
    bytes[2 * i + 1] = _mm512_unpackhi_epi8(v[2 * i], v[2 * i + 1]);
  }
  MUSTER_UNROLL for (int half = 0; half < 2; ++half) {
    MUSTER_UNROLL for (int i = 0; i < 2; ++i) {
      words[4 * half + 2 * i] = _mm512_unpacklo_epi16(bytes[4 * half + i], bytes[4 * half + i + 2]);
      words[4 * half + 2 * i + 1] =
          _mm512_unpackhi_epi16(bytes[4 * half + i], bytes[4 * half + i + 2]);
    }
  }
  MUSTER_UNROLL for (int i = 0; i < 4; ++i) {
    v[2 * i] = _mm512_unpacklo_epi32(words[i], words[i + 4]);
    v[2 * i + 1] = _mm512_unpackhi_epi32(words[i], words[i + 4]);
  }
}

/// Eight vectors of eight 64-bit words, over their diagonal.
MUSTER_INLINE void transpose_words(__m512i (&v)[8]) {
  __m512i pairs[8], quads[8];
  MUSTER_UNROLL for (int i = 0; i < 4; ++i) {
    pairs[i] = _mm512_unpacklo_epi64(v[2 * i], v[2 * i + 1]);
    pairs[4 + i] = _mm512_unpackhi_epi64(v[2 * i], v[2 * i + 1]);
  }
  MUSTER_UNROLL for (int i = 0; i < 4; ++i) {
    quads[2 * i] = _mm512_shuffle_i64x2(pairs[2 * i], pairs[2 * i + 1], 0x88);
    quads[2 * i + 1] = _mm512_shuffle_i64x2(pairs[2 * i], pairs[2 * i + 1], 0xdd);
  }
  MUSTER_UNROLL for (int odd = 0; odd < 2; ++odd) {
    MUSTER_UNROLL for (int high = 0; high < 2; ++high) {
      const __m512i low = quads[4 * odd + high], up = quads[4 * odd + 2 + high];
      v[2 * high + odd] = _mm512_shuffle_i64x2(low, up, 0x88);
      v[2 * high + odd + 4] = _mm512_shuffle_i64x2(low, up, 0xdd);
    }
  }
}

/// 64 rules, from `active` on, of which there are `count`: out[8 m + n] has in 64-bit word
/// 2 l + q the 64 rules' bits of user 128 l + 16 m + 2 n + q.
MUSTER_INLINE void transpose_block(const std::uint64_t* bitmaps, const std::uint32_t* active,
                                   std::size_t count, __m512i* out) {
  const __m512i unit = _mm512_set1_epi64(static_cast<long long>(0x8040201008040201));
  __m512i bytes[8][8];  // [rules / 8][m]: a word has eight users of eight rules
  for (std::size_t g = 0; g < 8; ++g) {
    __m512i lines[8];  // last first: the product below turns the rules round
    MUSTER_UNROLL for (std::size_t i = 0; i < 8; ++i) {
      lines[7 - i] = 8 * g + i < count ? _mm512_load_si512(bitmaps + active[8 * g + i] * line_words)
                                       : _mm512_setzero_si512();
    }
    interleave_bytes(lines);
    MUSTER_UNROLL for (int m = 0; m < 8; ++m) {
      bytes[g][m] = _mm512_gf2p8affine_epi64_epi8(unit, lines[m], 0);
    }
  }
  for (std::size_t m = 0; m < 8; ++m) {
    __m512i groups[8];
    MUSTER_UNROLL for (int g = 0; g < 8; ++g) groups[g] = bytes[g][m];
    interleave_bytes(groups);
    MUSTER_UNROLL for (std::size_t n = 0; n < 8; ++n) out[8 * m + n] = groups[n];
  }
}

void transpose(const std::uint64_t* bitmaps, const std::uint32_t* active, std::size_t count,
               std::uint64_t* rows) {
  alignas(64) __m512i blocks[8][64];
  for (std::size_t first = 0; first < count; first += row_bits, rows += line_users * row_words) {
    const std::size_t used = count - first < row_bits ? (count - first + 63) / 64 : 8;
    for (std::size_t b = 0; b < used; ++b) {
      transpose_block(bitmaps, active + first + 64 * b, count - first - 64 * b, blocks[b]);
    }
    for (std::size_t mn = 0; mn < 64; ++mn) {
      __m512i words[8];
      MUSTER_UNROLL for (std::size_t b = 0; b < 8; ++b) {
        words[b] = b < used ? blocks[b][mn] : _mm512_setzero_si512();
      }
      transpose_words(words);
      MUSTER_UNROLL for (std::size_t j = 0; j < 8; ++j) {
        const std::size_t user = j / 2 * 128 + 2 * mn + j % 2;
        _mm512_store_si512(rows + user * row_words, words[j]);
      }
    }
  }
}

/// Stores the first `count` elements and what follows them up to the next half of the vector.
MUSTER_INLINE void store_words(std::uint16_t* out, __m512i words, unsigned count) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), _mm512_castsi512_si256(words));
  if (__builtin_expect(count > 16, 0)) _mm512_storeu_si512(out, words);
}

/// Lists the 16-bit words that are not 0 before ids are picked by their bits: one long loop
/// instead of a short one a user, whose end would be guessed wrong each time.
std::size_t list(const UserRows& rows, const DecodeSpace& space, std::uint32_t* ends) {
  alignas(64) std::uint16_t first_numbers[32];
  for (std::uint16_t i = 0; i < 32; ++i) first_numbers[i] = i;
  std::uint16_t* bits = space.bits;
  std::uint16_t* numbers = space.numbers;
  std::uint32_t end = 0;
  for (std::size_t u = 0; u < rows.users; ++u) {
    __m512i number = _mm512_load_si512(first_numbers);
    __m512i sum = _mm512_setzero_si512();
    for (std::size_t row = 0; row < rows.rows_a_user; ++row) {
      const __m512i words = _mm512_load_si512(rows.rows + (row * line_users + u) * row_words);
      const __mmask32 some = _mm512_test_epi16_mask(words, words);
      const auto here = static_cast<unsigned>(__builtin_popcount(some));
      store_words(bits, _mm512_maskz_compress_epi16(some, words), here);
      store_words(numbers, _mm512_maskz_compress_epi16(some, number), here);
      bits += here;
      numbers += here;
      sum = _mm512_add_epi64(sum, _mm512_popcnt_epi64(words));
      number = _mm512_add_epi16(number, _mm512_set1_epi16(row_bits / 16));
    }
    end += static_cast<std::uint32_t>(_mm512_reduce_add_epi64(sum));
    ends[u] = end;
  }
  for (int i = 0; i < 3; ++i) bits[i] = numbers[i] = 0;  // the others of four
  return static_cast<std::size_t>(bits - space.bits);
}

/// 32 ids by the numbers that the low bytes are.
MUSTER_INLINE void store_ids(const __m512i (&ids)[2], __m256i numbers, unsigned count,
                             std::uint32_t* out) {
  const __m512i found = _mm512_permutex2var_epi16(ids[0], _mm512_cvtepu8_epi16(numbers), ids[1]);
  _mm512_storeu_si512(out, _mm512_cvtepu16_epi32(_mm512_castsi512_si256(found)));
  if (__builtin_expect(count > 16, 0)) {
    _mm512_storeu_si512(out + 16, _mm512_cvtepu16_epi32(_mm512_extracti64x4_epi64(found, 1)));
  }
}

/// The ids of words, where they are short, four words at a time: first the numbers of the bits.
MUSTER_INLINE void pick_short(const DecodeSpace& space, std::size_t words, const std::uint16_t* ids,
                              std::uint32_t* out) {
  alignas(64) std::uint8_t first_numbers[64];
  for (std::uint8_t i = 0; i < 64; ++i) first_numbers[i] = i;
  const __m512i all = _mm512_load_si512(first_numbers);
  const std::uint16_t* const numbers = space.numbers;
  const auto of_word = [&](std::size_t w) {
    return _mm256_load_si256(reinterpret_cast<const __m256i*>(ids + std::size_t{16} * numbers[w]));
  };
  for (std::size_t w = 0; w < words; w += 4) {
    std::uint64_t bits;
    __builtin_memcpy(&bits, space.bits + w, sizeof bits);
    const auto count = static_cast<unsigned>(__builtin_popcountll(bits));
    const __m512i four[2] = {
        _mm512_inserti64x4(_mm512_castsi256_si512(of_word(w)), of_word(w + 1), 1),
        _mm512_inserti64x4(_mm512_castsi256_si512(of_word(w + 2)), of_word(w + 3), 1)};
    const __m512i here = _mm512_maskz_compress_epi8(bits, all);
    store_ids(four, _mm512_castsi512_si256(here), count, out);
    if (__builtin_expect(count > 32, 0)) {
      store_ids(four, _mm512_extracti64x4_epi64(here, 1), count - 32, out + 32);
    }
    out += count;
  }
}

MUSTER_INLINE void pick_long(const DecodeSpace& space, std::size_t words, const std::uint32_t* ids,
                             std::uint32_t* out) {
  const std::uint16_t* const bits = space.bits;
  const std::uint16_t* const numbers = space.numbers;
  for (std::size_t w = 0; w < words; ++w) {
    const __m512i of_word = _mm512_load_si512(ids + std::size_t{16} * numbers[w]);
    _mm512_storeu_si512(out, _mm512_maskz_compress_epi32(bits[w], of_word));
    out += __builtin_popcount(bits[w]);
  }
}

void pick(const UserRows& rows, const DecodeSpace& space, std::size_t listed, std::uint32_t* out) {
  if (rows.short_ids != nullptr) {
    pick_short(space, listed, rows.short_ids, out);
  } else {
    pick_long(space, listed, rows.ids, out);
  }
}
