#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <type_traits>

#include "decide/tag_values.hpp"
#include "muster/decide/policy_view.hpp"

namespace muster {

struct PolicyView::Body {
  /// Makes room for so many; of omissions some may be left over.
  Body(const Catalogue& its_catalogue, std::size_t offer_count, std::size_t channel_count,
       std::size_t omission_count)
      : catalogue(its_catalogue),
        room_(new std::byte[offer_count * sizeof(Offer) + channel_count * sizeof(RankedChannel) +
                            omission_count * sizeof(Omission)]) {
    // In order of their alignment, so that no gaps are needed.
    offers = make<Offer>(room_.get(), offer_count);
    channels = make<RankedChannel>(room_.get() + offers.size_bytes(), channel_count);
    omissions =
        make<Omission>(room_.get() + offers.size_bytes() + channels.size_bytes(), omission_count);
  }
  Body(const Body&) = delete;  // offers point into `channels`

  Catalogue catalogue;
  std::string user;
  Moment at;
  std::uint64_t decision_id = 0;
  bool holdout = false;
  bool high_value = false;
  std::span<Offer> offers;
  std::span<RankedChannel> channels;  // of the offers, one after another
  std::span<Omission> omissions;
  TagValues script_values;  // of all tags that scripts of the offers name

 private:
  template <class T>
  static std::span<T> make(std::byte* at, std::size_t count) {
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);
    T* const first = reinterpret_cast<T*>(at);
    std::uninitialized_value_construct_n(first, count);
    return {first, count};
  }
  static_assert(alignof(Offer) >= alignof(RankedChannel) &&
                alignof(RankedChannel) >= alignof(Omission));

  std::unique_ptr<std::byte[]>
      room_;  // of the three lists: allocating each costs more than filling
};

}  // namespace muster
