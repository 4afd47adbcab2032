// Pairs from bitmaps of rules, without vector instructions; included as audience_line.hpp is.

std::size_t find_active(const std::uint8_t* used, std::size_t rules, std::uint32_t* active) {
  std::size_t count = 0;
  for (std::size_t r = 0; r < rules; ++r) {
    active[count] = static_cast<std::uint32_t>(r);
    count += used[r];
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
    std::uint64_t* out = rows + first / row_bits * line_users * row_words + first % row_bits / 64;
    for (std::size_t word = 0; word < line_words; ++word) {
      std::uint64_t block[64] = {};
      for (std::size_t i = first; i < count && i < first + 64; ++i) {
        block[i - first] = bitmaps[active[i] * line_words + word];
      }
      transpose_block(block);
      for (std::size_t u = 0; u < 64; ++u) out[(64 * word + u) * row_words] = block[u];
    }
  }
}

template <class Fn>
void for_each_word(const UserRows& rows, std::size_t user, Fn&& fn) {
  for (std::size_t i = 0; i < rows.rows_a_user * row_words; ++i) {
    fn(rows.rows[(i / row_words * line_users + user) * row_words + i % row_words], 64 * i);
  }
}

std::size_t list(const UserRows& rows, const DecodeSpace&, std::uint32_t* ends) {
  int end = 0;
  for (std::size_t u = 0; u < rows.users; ++u) {
    for_each_word(rows, u,
                  [&](std::uint64_t word, std::size_t) { end += __builtin_popcountll(word); });
    ends[u] = static_cast<std::uint32_t>(end);
  }
  return 0;
}

void pick(const UserRows& rows, const DecodeSpace&, std::size_t, std::uint32_t* out) {
  for (std::size_t u = 0; u < rows.users; ++u) {
    for_each_word(rows, u, [&](std::uint64_t word, std::size_t first) {
      for (; word != 0; word &= word - 1)
        *out++ = rows.ids[first + static_cast<unsigned>(__builtin_ctzll(word))];
    });
  }
}
