#pragma once

#include <string>
#include <string_view>

#include "muster/core/progress.hpp"
#include "tags/arrow_texts.hpp"

namespace muster {

/// The keys of one batch's users, texts or integers, borrowed from the producer.
class ArrowKeys {
 public:
  ArrowKeys() = default;
  /// Fails with corrupt; for a NULL, an empty text or a batch's row that is NULL as a whole, with
  /// missing_value; for a text that is not UTF-8, with bad_cell; with cancelled. O(rows). REQUIRES:
  /// check_key_type() found nothing wrong.
  static Result<ArrowKeys> open(const ArrowColumn& batch, const ArrowColumn& column,
                                const ArrowPlace& place, const CancelToken* cancel = nullptr);

  /// Borrowed from the producer or written to `buffer`.
  std::string_view key(std::size_t row, std::string& buffer) const;
  bool are_integers() const noexcept { return column_.type().is_integer() && !has_texts_; }
  /// REQUIRES: are_integers(). Those of an unsigned type as the same 64 bits.
  std::int64_t integer(std::size_t row) const noexcept;
  bool are_unsigned() const noexcept {
    return column_.type().kind == ArrowType::Kind::unsigned_integer;
  }

 private:
  Result<void> check(const ArrowColumn& batch, std::size_t row, const ArrowPlace& place) const;
  bool has_key(std::size_t row) const;

  ArrowColumn column_;
  ArrowTextRows texts_;
  bool has_texts_ = false;
};

/// Whether keys can be read from a column of that type. Fails with wrong_type.
Result<void> check_key_type(std::string_view name, const ArrowSchema& schema);

}  // namespace muster
