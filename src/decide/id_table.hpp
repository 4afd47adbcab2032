#pragma once

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace muster {

/// An id as it is looked up: its first and its last bytes, which is all of one of up to 16 bytes;
/// of longer ones, a hash.
class IdKey {
 public:
  explicit IdKey(std::string_view id) noexcept : size_(id.size()) {
    const char* const text = id.data();
    if (size_ > whole) {
      first_ = XXH3_64bits(text, size_);
    } else if (size_ >= 8) {
      first_ = load<std::uint64_t>(text);
      last_ = load<std::uint64_t>(text + size_ - 8);
    } else if (size_ >= 4) {
      first_ = load<std::uint32_t>(text);
      last_ = load<std::uint32_t>(text + size_ - 4);
    } else if (size_ > 0) {
      first_ = byte(text[0]);
      last_ = byte(text[size_ / 2]) << 8 | byte(text[size_ - 1]);
    }
  }

  std::uint64_t hash() const noexcept {
    const XXH128_hash_t product = XXH_mult64to128(
        first_ ^ 0x9E3779B97F4A7C15, last_ ^ 0xD6E8FEB86659FD93 ^ size_ * 0xA0761D6478BD642F);
    return product.low64 ^ product.high64;
  }

  /// Whether equal keys may be of distinct ids.
  bool is_long() const noexcept { return size_ > whole; }

  friend bool operator==(const IdKey&, const IdKey&) = default;

 private:
  static constexpr std::size_t whole = 16;
  static std::uint64_t byte(char c) noexcept { return static_cast<unsigned char>(c); }
  template <class Word>
  static Word load(const char* text) noexcept {
    Word word;
    std::memcpy(&word, text, sizeof word);
    return word;
  }

  std::uint64_t first_ = 0, last_ = 0, size_ = 0;
};

/// Numbers of ids. It holds the ids' keys where it finds them: ids lie wherever their owners do,
/// and going there costs more than everything else.
class IdTable {
 public:
  static constexpr std::uint32_t none = ~std::uint32_t{0};

  IdTable() = default;
  /// The number of an id is its position; of equal ids, the first's.
  explicit IdTable(const std::vector<std::string_view>& ids);

  std::size_t size() const noexcept { return begins_.empty() ? 0 : begins_.size() - 1; }

  /// REQUIRES: `key` is the id's, `hash` the key's.
  std::uint32_t find(std::string_view id, const IdKey& key, std::uint64_t hash) const noexcept {
    if (places_.empty()) return none;
    for (std::size_t at = hash & mask_;; at = (at + 1) & mask_) {
      const Place& place = places_[at];
      if (place.number == none) return none;
      if (place.key == key && (!key.is_long() || is(place.number, id))) return place.number;
    }
  }
  std::uint32_t find(std::string_view id) const noexcept {
    const IdKey key(id);
    return find(id, key, key.hash());
  }

 private:
  struct alignas(32) Place {
    IdKey key{std::string_view()};
    std::uint32_t number = none;
  };
  bool is(std::uint32_t number, std::string_view id) const noexcept;

  std::string text_;                 // of all ids
  std::vector<std::size_t> begins_;  // of each in text_, and the end
  std::vector<Place> places_;        // open addressing, at most half full
  std::size_t mask_ = 0;
};

}  // namespace muster
