#pragma once

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <cstddef>
#include <string_view>

namespace muster {

/// XXH3 for hash tables of names.
struct TextHash {
  using is_avalanching = void;
  std::size_t operator()(std::string_view text) const noexcept {
    return XXH3_64bits(text.data(), text.size());
  }
};

/// A map from names that are kept elsewhere.
template <class Value>
using NameMap = boost::unordered_flat_map<std::string_view, Value, TextHash>;
using NameSet = boost::unordered_flat_set<std::string_view, TextHash>;

}  // namespace muster
