#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/bits.hpp"
#include "muster/core/error.hpp"
#include "tags/arrow_type.hpp"

namespace muster {

/// Says which array an error is about.
struct ArrowPlace {
  std::string_view column;
  std::size_t first_row = 0;  ///< of the batch, among all users
  bool is_batch = false;      ///< about the batch as a whole
};

/// "column 'fee' contradicts itself: its length is -1"
Error arrow_corrupt(const ArrowPlace& place, std::string_view what);

/// Some rows of an array that was found sound as far as it can be seen: buffers are where values
/// are, children and dictionary are there. Borrowed.
class ArrowColumn {
 public:
  ArrowColumn() = default;
  /// Rows [first, first + size) of the array, counted from its own offset. Fails with corrupt.
  static Result<ArrowColumn> open(const ArrowSchema& type, const ArrowArray& array,
                                  std::size_t first, std::size_t size, const ArrowPlace& place);
  static Result<ArrowColumn> open(const ArrowSchema& type, const ArrowArray& array,
                                  const ArrowPlace& place);

  const ArrowType& type() const noexcept { return type_; }
  std::size_t size() const noexcept { return size_; }
  /// Position of the first row in the buffers and, of a struct, among the rows of its children.
  std::size_t offset() const noexcept { return offset_; }
  /// From the first row on. REQUIRES: the buffer is one of T by the type; size() is not 0.
  template <class T>
  const T* values(std::size_t buffer = 1) const noexcept {
    return static_cast<const T*>(array_->buffers[buffer]) + offset_;
  }
  const std::uint8_t* bytes(std::size_t buffer) const noexcept {
    return static_cast<const std::uint8_t*>(array_->buffers[buffer]);
  }
  /// A bitmap whose bit offset() is the first row's; null where all are known.
  const std::uint8_t* valid() const noexcept { return valid_; }
  bool known(std::size_t row) const noexcept {
    const std::size_t bit = offset_ + row;
    return type_.kind != ArrowType::Kind::null &&
           (valid_ == nullptr || (valid_[bit / 8] >> (bit % 8) & 1) != 0);
  }

  const ArrowArray& array() const noexcept { return *array_; }
  const ArrowSchema& schema() const noexcept { return *schema_; }

 private:
  const ArrowSchema* schema_ = nullptr;
  const ArrowArray* array_ = nullptr;
  ArrowType type_;
  std::size_t size_ = 0;
  std::size_t offset_ = 0;
  const std::uint8_t* valid_ = nullptr;
};

}  // namespace muster
