#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "muster/decide/contact_history.hpp"

namespace muster {

/// Which contacts each user sees, to be found with little memory touched: what was not used for a
/// while comes from far, one piece after another where each says where the next one is.
class SeenContacts {
 public:
  /// Sets what a user sees. `user` and the contacts are borrowed until the user is set again.
  /// Amortised O(1). Allocates for new users only.
  void set(const std::string& user, std::span<const NumberedContact> contacts);

  /// Empty where the user was never set.
  std::span<const NumberedContact> find(std::string_view user) const noexcept;
  /// Begins to load what `find` gives.
  void expect(std::string_view user) const noexcept;

 private:
  struct alignas(32) Place {
    std::uint64_t hash = 0;
    const std::string* user = nullptr;  // null: free
    std::span<const NumberedContact> contacts;
  };
  void grow();
  /// The user's place, or the free one where it belongs. REQUIRES: there is a free one.
  std::size_t place_of(std::string_view user, std::uint64_t hash) const noexcept;

  std::vector<Place> places_;  // open addressing, at most half full
  std::size_t used_ = 0;
};

}  // namespace muster
