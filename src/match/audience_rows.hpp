// Pairs from bitmaps of rules, without vector instructions; included as audience_line.hpp is.

std::size_t find_active(const std::uint64_t* bitmaps, std::size_t rules, std::uint32_t* active) {
  std::size_t count = 0;
  for (std::size_t r = 0; r < rules; ++r, bitmaps += line_words) {
    std::uint64_t any = 0;
    for (std::size_t word = 0; word < slab_words; ++word) any |= bitmaps[word];
    active[count] = static_cast<std::uint32_t>(r);
    count += any != 0 ? 1 : 0;
  }
  return count;
}

/// Turns 64 × 64 bits over their diagonal: halves, quarters, … change places.
void transpose_block(std::uint64_t (&block)[64]) {
  std::uint64_t mask = 0x00000000ffffffff;
  for (unsigned width = 32; width != 0; width /= 2, mask ^= mask << width) {
    for (unsigned i = 0; i < 64; i = (i + width + 1) & ~width) {
      const std::uint64_t swap = (block[i] >> width ^ block[i + width]) & mask;
      block[i] ^= swap << width;
      block[i + width] ^= swap;
    }
  }
}

void transpose(const std::uint64_t* bitmaps, const std::uint32_t* active, std::size_t count,
               std::uint64_t* rows) {
  for (std::size_t first = 0; first < row_bits * rows_of(count); first += 64) {
    std::uint64_t* out = rows + first / row_bits * slab_users * row_words + first % row_bits / 64;
    for (std::size_t word = 0; word < slab_words; ++word) {
      std::uint64_t block[64] = {};
      for (std::size_t i = first; i < count && i < first + 64; ++i) {
        block[i - first] = bitmaps[active[i] * line_words + word];
      }
      transpose_block(block);
      for (std::size_t u = 0; u < 64; ++u) out[(64 * word + u) * row_words] = block[u];
    }
  }
}

void decode(const std::uint64_t* rows, std::size_t rows_a_user, std::size_t count,
            const RowIds& ids, const DecodeSpace&, std::uint32_t* out, std::uint32_t* ends) {
  std::uint32_t* next = out;
  for (std::size_t u = 0; u < count; ++u) {
    for (std::size_t row = 0; row < rows_a_user; ++row) {
      const std::uint64_t* words = rows + (row * slab_users + u) * row_words;
      for (std::size_t word = 0; word < row_words; ++word) {
        const std::uint32_t* of_word = ids.all + row * row_bits + 64 * word;
        for (std::uint64_t bits = words[word]; bits != 0; bits &= bits - 1) {
          *next++ = of_word[__builtin_ctzll(bits)];
        }
      }
    }
    ends[u] = static_cast<std::uint32_t>(next - out);
  }
}
