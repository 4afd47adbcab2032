#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace muster {

/// Rows of bits of which few words are not zero: for each, which word and what to OR into it.
class BitRows {
 public:
  /// A class and a bit that its row has.
  using Member = std::pair<std::uint32_t, std::uint32_t>;

  BitRows() = default;
  /// REQUIRES: classes are below `classes`, no member occurs twice.
  BitRows(std::size_t classes, std::vector<Member> members);

  std::size_t size() const noexcept { return first_.size() - 1; }
  /// Adds a row: `masks[i]` goes to word `words[i]`.
  void append(std::span<const std::uint32_t> words, std::span<const std::uint64_t> masks);
  void or_into(std::size_t row, std::uint64_t* out) const noexcept {
    for (std::uint32_t i = first_[row]; i < first_[row + 1]; ++i) out[words_[i]] |= masks_[i];
  }
  void xor_into(std::size_t row, std::uint64_t* out) const noexcept {
    for (std::uint32_t i = first_[row]; i < first_[row + 1]; ++i) out[words_[i]] ^= masks_[i];
  }

  /// Calls fn(bit) for each bit of a row, ascending.
  template <class Fn>
  void for_each(std::size_t row, Fn&& fn) const {
    for (std::uint32_t i = first_[row]; i < first_[row + 1]; ++i) {
      for (std::uint64_t left = masks_[i]; left != 0; left &= left - 1) {
        fn(words_[i] * 64 + static_cast<std::uint32_t>(__builtin_ctzll(left)));
      }
    }
  }

  std::size_t memory_bytes() const noexcept {
    return first_.capacity() * 4 + words_.capacity() * 4 + masks_.capacity() * 8;
  }

 private:
  std::vector<std::uint32_t> first_ = {0};  // per row, and one more
  std::vector<std::uint32_t> words_;
  std::vector<std::uint64_t> masks_;
};

}  // namespace muster
