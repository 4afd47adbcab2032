#pragma once

#include <cstdint>

#include "core/bits.hpp"
#include "muster/tags/user_table.hpp"
#include "tags/cow_array.hpp"

namespace muster {

/// A ColumnView's codes; CategoryCode is the same two bytes.
inline const CategoryCode* as_codes(const std::uint16_t* codes) noexcept {
  return reinterpret_cast<const CategoryCode*>(codes);
}

/// One tag's values for all users of a table. What is stored depends on the tag's type; NULL
/// stores zero. Values are not checked here: see column_check.hpp. What reading one cell needs
/// lies in the first cache line.
class alignas(64) Column {
 public:
  explicit Column(TagType type) : type_(type) {}

  std::size_t size() const noexcept { return size_; }
  bool known(std::size_t user) const noexcept {
    return known_ == nullptr || test_bit(known_, user);
  }
  /// Of a boolean: 0 or 1, or 2 for NULL.
  unsigned flag(std::size_t user) const noexcept {
    const unsigned value = test_bit(static_cast<const std::uint64_t*>(values_), user) ? 1 : 0;
    return known(user) ? value : 2;
  }
  Cell cell(std::size_t user) const noexcept;
  ColumnView view() const noexcept;

  /// REQUIRES, here and below: the cell is NULL or of the tag's type.
  void append(const Cell& cell);
  void append(const ColumnView& values);
  void set(std::size_t user, const Cell& cell);
  /// Forgets the users from `size` on, whatever an append that failed half-way has left.
  void truncate(std::size_t size);

  /// A column over arrays that somebody else keeps; `rests` and `valid` may be null.
  static Column borrow(TagType type, const ColumnView& view);

  /// Members of all sets together.
  std::size_t set_members() const noexcept { return codes_.size(); }
  std::size_t memory_bytes() const noexcept;

 private:
  void append_validity(const ColumnView& values);
  void append_values(const ColumnView& values);
  void append_numbers(const ColumnView& values);
  void append_sets(const ColumnView& values);
  using Members = std::span<const CategoryCode>;
  void append_number(Number number);
  void append_set(Members members);
  void set_known(std::size_t user, bool known);
  void set_number(std::size_t user, Number number);
  void set_members_of(std::size_t user, Members members);

  /// Keeps the first line true, however a change of the arrays ends.
  class Refresh {
   public:
    explicit Refresh(Column& column) : column_(column) {}
    Refresh(const Refresh&) = delete;
    Refresh& operator=(const Refresh&) = delete;
    ~Refresh() { column_.refresh(); }

   private:
    Column& column_;
  };
  void refresh() noexcept;

  TagType type_;
  std::size_t size_ = 0;
  const std::uint64_t* known_ = nullptr;  // valid_, or null while all are known
  const void* values_ = nullptr;          // bits_, doubles_, days_, codes_ or, of sets, offsets_
  const std::int16_t* rest_ = nullptr;    // rests_, or null
  const CategoryCode* members_ = nullptr;

  CowArray<std::uint64_t> valid_;    // a bitmap; empty while all are known
  CowArray<std::uint64_t> bits_;     // boolean
  CowArray<double> doubles_;         // number
  CowArray<std::int16_t> rests_;     // number; empty until one is beyond a double
  CowArray<std::int32_t> days_;      // date
  CowArray<CategoryCode> codes_;     // category; members of sets
  CowArray<std::uint32_t> offsets_;  // set: where a user's members begin; empty or size_ + 1 long
};

}  // namespace muster
