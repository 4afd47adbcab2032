#pragma once

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace muster {

/// Numbers of ids, of which it holds copies side by side: ids lie wherever their owners do, and
/// going there costs more than everything else. Looked up by a hash that the caller has at hand
/// anyway.
class IdTable {
 public:
  static constexpr std::uint32_t none = ~std::uint32_t{0};

  static std::uint64_t hash(std::string_view id) noexcept {
    return XXH3_64bits(id.data(), id.size());
  }

  IdTable() = default;
  /// The number of an id is its position; of equal ids, the first's.
  explicit IdTable(const std::vector<std::string_view>& ids);

  std::size_t size() const noexcept { return begins_.empty() ? 0 : begins_.size() - 1; }

  /// REQUIRES: hash == IdTable::hash(id).
  std::uint32_t find(std::string_view id, std::uint64_t hash) const noexcept {
    if (places_.empty()) return none;
    for (std::size_t at = hash & mask_;; at = (at + 1) & mask_) {
      const Place& place = places_[at];
      if (place.number == none) return none;
      if (place.hash == hash && is(place.number, id)) return place.number;
    }
  }
  std::uint32_t find(std::string_view id) const noexcept { return find(id, hash(id)); }

 private:
  struct Place {
    std::uint64_t hash = 0;
    std::uint32_t number = none;
  };
  bool is(std::uint32_t number, std::string_view id) const noexcept {
    const std::size_t begin = begins_[number];
    return begins_[number + 1] - begin == id.size() && same(text_.data() + begin, id);
  }
  /// Most ids are short, and shorter than a call takes.
  static bool same(const char* text, std::string_view id) noexcept {
    const std::size_t size = id.size();
    if (size > 16) return std::memcmp(text, id.data(), size) == 0;
    if (size >= 8) {
      return load<std::uint64_t>(text) == load<std::uint64_t>(id.data()) &&
             load<std::uint64_t>(text + size - 8) == load<std::uint64_t>(id.data() + size - 8);
    }
    if (size >= 4) {
      return load<std::uint32_t>(text) == load<std::uint32_t>(id.data()) &&
             load<std::uint32_t>(text + size - 4) == load<std::uint32_t>(id.data() + size - 4);
    }
    for (std::size_t i = 0; i < size; ++i) {
      if (text[i] != id[i]) return false;
    }
    return true;
  }
  template <class Word>
  static Word load(const char* text) noexcept {
    Word word;
    std::memcpy(&word, text, sizeof word);
    return word;
  }

  std::string text_;                 // of all ids
  std::vector<std::size_t> begins_;  // of each in text_, and the end
  std::vector<Place> places_;        // open addressing, at most half full
  std::size_t mask_ = 0;
};

}  // namespace muster
