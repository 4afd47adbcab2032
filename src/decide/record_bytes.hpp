#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace muster {

/// Appends numbers and texts in the compact form of records.
class RecordWriter {
 public:
  void put(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) put_byte(value | 0x80);
    put_byte(value);
  }
  /// Small numbers of either sign are short.
  void put_signed(std::int64_t value) {
    put(static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63));
  }
  void put_whole(std::uint64_t value) {
    for (int shift = 0; shift < 64; shift += 8) put_byte(value >> shift);
  }
  void put_double(double value) { put_whole(std::bit_cast<std::uint64_t>(value)); }
  void put_text(std::string_view text) {
    put(text.size());
    put_raw(text);
  }
  void put_raw(std::string_view text) {
    const auto bytes = std::as_bytes(std::span(text));
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  }

  std::vector<std::byte>& bytes() noexcept { return bytes_; }

 private:
  void put_byte(std::uint64_t value) { bytes_.push_back(static_cast<std::byte>(value & 0xff)); }
  std::vector<std::byte> bytes_;
};

/// Reads what RecordWriter wrote from bytes of unknown origin. Whatever can not be read makes the
/// reader bad for good; it then gives zeros.
class RecordReader {
 public:
  explicit RecordReader(std::span<const std::byte> bytes) : rest_(bytes) {}

  bool good() const noexcept { return good_; }
  std::size_t left() const noexcept { return rest_.size(); }
  void fail() noexcept {
    good_ = false;
    rest_ = {};
  }

  std::uint64_t get() noexcept {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const std::uint64_t byte = get_byte();
      if (shift == 63 && byte > 1) break;  // past 64 bits
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    fail();
    return 0;
  }
  /// At most `most`.
  std::uint64_t get(std::uint64_t most) noexcept {
    const std::uint64_t value = get();
    if (value <= most) return value;
    fail();
    return 0;
  }
  /// How many things follow that take `bytes` each at least.
  std::size_t get_count(std::size_t bytes) noexcept {
    return static_cast<std::size_t>(get(rest_.size() / bytes));
  }
  std::int64_t get_signed() noexcept {
    const std::uint64_t value = get();
    return static_cast<std::int64_t>(value >> 1 ^ (~(value & 1) + 1));
  }
  std::uint64_t get_whole() noexcept {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 8) value |= get_byte() << shift;
    return value;
  }
  double get_double() noexcept { return std::bit_cast<double>(get_whole()); }
  std::string get_text() { return get_raw(get_count(1)); }
  std::string get_raw(std::size_t size) {
    if (size > rest_.size()) fail();
    if (!good_) return {};
    std::string text(reinterpret_cast<const char*>(rest_.data()), size);
    rest_ = rest_.subspan(size);
    return text;
  }

 private:
  std::uint64_t get_byte() noexcept {
    if (rest_.empty()) {
      fail();
      return 0;
    }
    const auto byte = std::to_integer<std::uint64_t>(rest_.front());
    rest_ = rest_.subspan(1);
    return byte;
  }

  std::span<const std::byte> rest_;
  bool good_ = true;
};

}  // namespace muster
