#include "decide/policy_view_body.hpp"

#include <algorithm>
#include <new>
#include <type_traits>

namespace muster {
namespace {

/// Allocates for std::allocate_shared, and behind what that asks for some bytes more, whose
/// beginning it writes to `*begin`.
template <class T>
struct WithRoom {
  using value_type = T;
  WithRoom(std::size_t its_bytes, std::byte** its_begin) : bytes(its_bytes), begin(its_begin) {}
  template <class Other>
  WithRoom(const WithRoom<Other>& other) : bytes(other.bytes), begin(other.begin) {}

  T* allocate(std::size_t count) const {
    void* const block = ::operator new(count * sizeof(T) + bytes);
    *begin = static_cast<std::byte*>(block) + count * sizeof(T);
    return static_cast<T*>(block);
  }
  void deallocate(T* block, std::size_t) const noexcept { ::operator delete(block); }
  template <class Other>
  bool operator==(const WithRoom<Other>&) const noexcept {
    return true;
  }

  std::size_t bytes;
  std::byte** begin;
};

/// The next `count` items of a room, which is filled in order of alignment, so that no gaps are
/// needed.
template <class T>
std::span<T> take_items(std::byte*& at, std::size_t count) noexcept {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);
  T* const first = reinterpret_cast<T*>(at);
  at += count * sizeof(T);
  return {first, count};
}
static_assert(alignof(PolicyView::Body) >= alignof(Offer) &&
              alignof(Offer) >= alignof(RankedChannel) &&
              alignof(RankedChannel) >= alignof(TagValues::Value) &&
              alignof(TagValues::Value) >= alignof(Omission) &&
              alignof(Omission) >= alignof(CategoryCode));

template <class T>
std::span<const T> copied(std::byte*& at, std::span<const T> items) noexcept {
  const std::span<T> out = take_items<T>(at, items.size());
  std::uninitialized_copy(items.begin(), items.end(), out.begin());
  return out;
}

}  // namespace

std::shared_ptr<PolicyView::Body> PolicyView::Body::make(const PreparedPointer& catalogue,
                                                         std::string_view user,
                                                         const TagValues& values,
                                                         const ViewSizes& sizes) {
  const std::size_t bytes = sizes.offers * sizeof(Offer) + sizes.channels * sizeof(RankedChannel) +
                            values.values.size_bytes() + sizes.omissions * sizeof(Omission) +
                            values.codes.size_bytes() + user.size();
  std::byte* at = nullptr;
  auto body = std::allocate_shared<Body>(
      WithRoom<Body>(bytes, &at),
      std::shared_ptr<const Catalogue>(catalogue, &catalogue->catalogue));
  body->offers = take_items<Offer>(at, sizes.offers);
  body->channels = take_items<RankedChannel>(at, sizes.channels);
  body->script_values.values = copied(at, values.values);
  body->omissions = take_items<Omission>(at, sizes.omissions);
  body->script_values.codes = copied(at, values.codes);
  const auto key = copied(at, std::span<const char>(user));
  body->user = {key.data(), key.size()};
  return body;
}

}  // namespace muster
