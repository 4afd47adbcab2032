#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace muster {

/// Appends little-endian numbers and blocks of bytes.
class ByteWriter {
 public:
  template <class Integer>
  void put(Integer value) {
    const auto bits = static_cast<std::uint64_t>(value);
    for (std::size_t i = 0; i < sizeof(Integer); ++i) {
      bytes_.push_back(static_cast<std::byte>(bits >> (8 * i) & 0xff));
    }
  }
  void put(double value) { put(std::bit_cast<std::uint64_t>(value)); }
  void put_bytes(std::span<const std::byte> bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  }
  /// A length before the bytes.
  void put_block(std::span<const std::byte> bytes) {
    put(std::uint64_t{bytes.size()});
    put_bytes(bytes);
  }

  std::vector<std::byte> take() && { return std::move(bytes_); }

 private:
  std::vector<std::byte> bytes_;
};

/// Reads what ByteWriter wrote from bytes of unknown origin. Reading past the end gives zeros
/// and makes the reader bad for good.
class ByteReader {
 public:
  explicit ByteReader(std::span<const std::byte> bytes) : rest_(bytes) {}

  bool good() const noexcept { return good_; }
  std::size_t left() const noexcept { return rest_.size(); }

  template <class Integer>
  Integer get() noexcept {
    std::uint64_t bits = 0;
    const auto bytes = get_bytes(sizeof(Integer));
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      bits |= std::to_integer<std::uint64_t>(bytes[i]) << (8 * i);
    }
    return static_cast<Integer>(bits);
  }
  double get_double() noexcept { return std::bit_cast<double>(get<std::uint64_t>()); }

  /// Empty where there are fewer left.
  std::span<const std::byte> get_bytes(std::uint64_t size) noexcept {
    if (size > rest_.size()) {
      good_ = false;
      rest_ = {};
      return {};
    }
    const auto out = rest_.first(static_cast<std::size_t>(size));
    rest_ = rest_.subspan(out.size());
    return out;
  }
  std::span<const std::byte> get_block() noexcept { return get_bytes(get<std::uint64_t>()); }

 private:
  std::span<const std::byte> rest_;
  bool good_ = true;
};

}  // namespace muster
