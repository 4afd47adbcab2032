#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

namespace muster {

/// Some neighbours in a list that several share.
struct Stretch {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool empty() const noexcept { return begin == end; }
  friend bool operator==(Stretch, Stretch) = default;
};
template <class T>
std::span<const T> part(const std::vector<T>& list, Stretch stretch) noexcept {
  return {list.data() + stretch.begin, list.data() + stretch.end};
}

/// Short lists one behind another, equal ones once: policies have few distinct ones, so that what
/// deciding reads of them stays in the nearest cache.
template <class T>
class SharedLists {
 public:
  Stretch add(const std::vector<T>& list) {
    const auto begin = static_cast<std::uint32_t>(all_.size());
    const Stretch next{begin, begin + static_cast<std::uint32_t>(list.size())};
    const auto [found, is_new] = places_.try_emplace(list, next);
    if (is_new) all_.insert(all_.end(), list.begin(), list.end());
    return found->second;
  }

  const std::vector<T>& all() const& noexcept { return all_; }
  std::vector<T> all() && { return std::move(all_); }

 private:
  std::vector<T> all_;
  std::map<std::vector<T>, Stretch> places_;
};

}  // namespace muster
