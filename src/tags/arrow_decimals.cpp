#include <algorithm>
#include <array>
#include <cstring>

#include "core/cancelled.hpp"
#include "tags/arrow_convert.hpp"
#include "tags/csv_cell.hpp"

namespace muster {
namespace {

/// An integer of 32 to 256 bits in the two's complement, as limbs of 32 bits, lowest first.
class WideInteger {
 public:
  WideInteger(const std::uint8_t* bytes, std::size_t size) : limbs_(size / 4) {
    std::memcpy(values_.data(), bytes, size);
    negative_ = values_[limbs_ - 1] >> 31 != 0;
    if (negative_) negate();
  }

  /// Sign and digits, no leading zeros.
  std::string to_text() {
    std::string text;
    do {
      text += static_cast<char>('0' + take_digit());
    } while (!is_zero());
    if (negative_) text += '-';
    std::reverse(text.begin(), text.end());
    return text;
  }

 private:
  void negate() {
    std::uint64_t carry = 1;
    for (std::size_t i = 0; i < limbs_; ++i) {
      carry += static_cast<std::uint32_t>(~values_[i]);
      values_[i] = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
  }

  /// Divides by ten.
  unsigned take_digit() {
    std::uint64_t rest = 0;
    for (std::size_t i = limbs_; i-- > 0;) {
      rest = rest << 32 | values_[i];
      values_[i] = static_cast<std::uint32_t>(rest / 10);
      rest %= 10;
    }
    return static_cast<unsigned>(rest);
  }

  bool is_zero() const {
    return std::all_of(values_.begin(), values_.begin() + static_cast<std::ptrdiff_t>(limbs_),
                       [](std::uint32_t limb) { return limb == 0; });
  }

  std::array<std::uint32_t, 8> values_{};
  std::size_t limbs_;
  bool negative_ = false;
};

/// The digits with a point `scale` of them before the end; a fraction of zeros is left out, so that
/// whole numbers stay integers.
std::string with_point(std::string digits, std::int64_t scale) {
  if (scale <= 0) return digits.append(digits == "0" ? 0 : static_cast<std::size_t>(-scale), '0');
  const std::size_t sign = digits[0] == '-' ? 1 : 0;
  const auto behind = static_cast<std::size_t>(scale);
  if (digits.size() - sign <= behind) digits.insert(sign, behind + 1 - (digits.size() - sign), '0');
  const std::size_t point = digits.size() - behind;
  std::string fraction = digits.substr(point);
  digits.erase(point);
  fraction.erase(fraction.find_last_not_of('0') + 1);
  return fraction.empty() ? digits : digits + "." + fraction;
}

}  // namespace

/// Read as their texts would be in CSV, so that both agree to the last bit.
Result<void> convert_decimals(const ArrowSource& source, ArrowPiece& piece) {
  const ArrowType& type = source.column.type();
  const std::uint8_t* bytes = source.column.bytes(1) + source.column.offset() * type.bytes;
  piece.doubles.resize(piece.view.size);
  for (std::size_t i = 0; i < piece.view.size; ++i) {
    if (is_cancelled(source.cancel, i)) return cancelled_by_caller();
    if (!piece.known(i)) continue;
    const std::string text =
        with_point(WideInteger(bytes + i * type.bytes, type.bytes).to_text(), type.scale);
    Number number;
    (void)read_number(text, number);  // 76 digits and as many zeros are within a double's range
    piece.doubles[i] = number.to_double();
    if (!number.beyond_double()) continue;
    piece.rests.resize(piece.view.size);
    piece.rests[i] = number.rest();
  }
  piece.view.doubles = piece.doubles.data();
  if (!piece.rests.empty()) piece.view.rests = piece.rests.data();
  return {};
}

}  // namespace muster
