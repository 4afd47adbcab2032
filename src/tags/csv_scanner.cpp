#include "tags/csv_scanner.hpp"

#include <algorithm>
#include <cstring>

#include "core/bits.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace muster {
namespace {

constexpr std::size_t block = 64;

std::uint64_t equal_mask(const char* bytes, char wanted) {
  std::uint64_t mask = 0;
#if defined(__SSE2__)
  const __m128i all = _mm_set1_epi8(wanted);
  for (int part = 0; part < 4; ++part) {
    const auto sixteen = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + part * 16));
    const auto bits = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(sixteen, all)));
    mask |= std::uint64_t{bits} << (part * 16);
  }
#else
  std::uint8_t equal[block];
  for (std::size_t i = 0; i < block; ++i) equal[i] = bytes[i] == wanted;
  pack_bytes(equal, block, &mask);
#endif
  return mask;
}

/// Bit i is the parity of bits 0 to i.
std::uint64_t parity_so_far(std::uint64_t bits) {
  for (int shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
  return bits;
}

}  // namespace

bool CsvScanner::next(CsvBatch& batch, std::size_t cells, std::size_t bytes) {
  batch.begin = begin_;
  batch.ends = std::move(left_over_);
  batch.records.assign(1, 0);
  left_over_.clear();
  while (at_ < text_.size() &&
         (batch.size() == 0 || (batch.ends.size() < cells && at_ - begin_ < bytes))) {
    scan_block(batch);
  }
  if (at_ == text_.size()) finish(batch);
  if (batch.size() == 0) return false;
  left_over_.assign(batch.ends.begin() + batch.records.back(), batch.ends.end());
  batch.ends.resize(batch.records.back());
  begin_ = batch.cell_end(batch.ends.size() - 1) + 1;
  return true;
}

void CsvScanner::scan_block(CsvBatch& batch) {
  const char* bytes = text_.data() + at_;
  char last[block] = {};
  const std::size_t count = std::min(block, text_.size() - at_);
  if (count < block) bytes = static_cast<const char*>(std::memcpy(last, bytes, count));

  const std::uint64_t quotes = equal_mask(bytes, '"');
  const std::uint64_t inside = parity_so_far(quotes) ^ inside_;
  inside_ = (inside >> 63) != 0 ? ~std::uint64_t{0} : 0;
  const std::uint64_t feeds = equal_mask(bytes, '\n') & ~inside;
  std::uint64_t ends = (equal_mask(bytes, delimiter_) & ~inside) | feeds;

  const std::size_t cells = batch.ends.size();
  const auto found = static_cast<std::size_t>(__builtin_popcountll(ends));
  batch.ends.resize(cells + found);
  std::uint64_t* end = batch.ends.data() + cells;
  std::uint64_t quotes_left = quotes;
  for (; ends != 0; ends &= ends - 1) {
    const auto bit = static_cast<unsigned>(__builtin_ctzll(ends));
    *end = at_ + bit;
    if ((quotes_left & low_bits(bit)) != 0 || quote_in_cell_) {
      *end |= CsvBatch::has_quote;
      quotes_left &= ~low_bits(bit);
      quote_in_cell_ = false;
    }
    ++end;
    if ((feeds >> bit & 1) != 0) {
      batch.records.push_back(static_cast<std::uint32_t>(end - batch.ends.data()));
    }
  }
  quote_in_cell_ = quote_in_cell_ || quotes_left != 0;
  at_ += count;
}

/// The last record may lack its line feed.
void CsvScanner::finish(CsvBatch& batch) {
  const bool ended = batch.ends.empty()
                         ? batch.begin >= text_.size()
                         : batch.ends.size() == batch.records.back() &&
                               batch.cell_end(batch.ends.size() - 1) + 1 == text_.size();
  if (ended) return;
  const std::uint64_t flag = quote_in_cell_ ? CsvBatch::has_quote : 0;
  batch.ends.push_back(text_.size() | flag);
  batch.records.push_back(static_cast<std::uint32_t>(batch.ends.size()));
}

}  // namespace muster
