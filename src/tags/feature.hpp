#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "muster/tags/encoder.hpp"
#include "tags/bit_rows.hpp"
#include "tags/number_line.hpp"

namespace muster {

/// Everything that predicates ask of one aspect of one tag. Values fall into classes that no
/// predicate tells apart (a boolean, a category, a rank among all cuts); each class has its row
/// of bits, worked out beforehand.
class Feature {
 public:
  /// `bits` are the positions in `predicates` of those about this tag and aspect, ascending.
  Feature(const Schema& schema, std::span<const Predicate> predicates,
          std::vector<std::uint32_t> bits);

  TagId tag() const noexcept { return tag_; }
  TagType type() const noexcept { return type_; }
  bool is_derived() const noexcept { return derived_; }
  bool is_nullable() const noexcept { return nullable_; }
  bool is_days_until() const noexcept { return days_until_; }

  /// Positions of the predicates, and what they ask, in the same order.
  std::span<const std::uint32_t> bits() const noexcept { return bits_; }
  const NumberLine& line() const noexcept { return line_; }
  /// Where on the line the cuts of the i-th of bits() are.
  std::span<const std::uint32_t> cuts_of(std::size_t i) const noexcept {
    return std::span(cuts_).subspan(first_cut_[i], first_cut_[i + 1] - first_cut_[i]);
  }
  /// Rows by boolean or category code; of sets, by member, where predicates that ask for none of
  /// their codes stand inverted.
  const BitRows& rows() const noexcept { return rows_; }
  std::size_t categories() const noexcept { return categories_; }

  /// Sets the bits of one value. False, where the cell is of another type than the tag, or NULL
  /// and the tag is not nullable.
  bool encode(const Cell& cell, Date today, std::uint64_t* out) const noexcept;

  std::size_t memory_bytes() const noexcept;

 private:
  void add_codes(std::span<const Predicate> predicates);
  void add_cuts(std::span<const Predicate> predicates);
  using Changes = std::vector<std::pair<std::size_t, std::uint32_t>>;  // at which rank, which bit
  void add_ranks(std::size_t ranks, const Changes& changes);
  void add_toggles(std::size_t ranks, const Changes& changes);
  bool encode_category(CategoryCode code, std::uint64_t* out) const noexcept;
  bool encode_set(std::span<const CategoryCode> codes, std::uint64_t* out) const noexcept;
  void encode_rank(std::size_t rank, std::uint64_t* out) const noexcept;

  TagId tag_;
  TagType type_;
  bool derived_;
  bool nullable_;
  bool days_until_;
  std::size_t categories_;
  std::vector<std::uint32_t> bits_;
  NumberLine line_;
  std::vector<std::uint32_t> first_cut_;  // per bit, and one more
  std::vector<std::uint32_t> cuts_;
  BitRows rows_;  // of numbers and dates: by rank / stride_
  BitRows null_row_;
  BitRows inverted_;  // sets: one row, the predicates that ask for none of their codes

  // Numbers with very many cuts keep every stride-th row only, and what changes from one rank to
  // the next, so that memory stays linear in the cuts.
  std::size_t stride_ = 1;
  std::vector<std::uint32_t> toggle_first_;  // per rank, and one more
  std::vector<std::uint32_t> toggles_;       // bits
};

/// What the rest of the room needs to see of an encoder.
struct EncoderAccess {
  static std::span<const Feature> features(const Encoder& encoder) noexcept;
};

/// Users that an encoder does not fit.
Error other_schema();

}  // namespace muster
