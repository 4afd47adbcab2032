#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "muster/decide/contact_history.hpp"

namespace muster {

/// Which contacts each user sees, to be found with little memory touched: what was not used for a
/// while comes from far, one piece after another where each says where the next one is.
///
/// `find` and `set` need a lock around them; the two that load ahead do not, and may be called
/// while `set` runs: they use what they read as addresses to load from only.
class SeenContacts {
 public:
  /// Sets what a user sees. `user` and the contacts are borrowed until the user is set again.
  /// Amortised O(1). Allocates for new users only.
  void set(const std::string& user, std::span<const NumberedContact> contacts);

  /// Empty where the user was never set.
  std::span<const NumberedContact> find(std::string_view user) const noexcept;
  /// Begins to load what `find` gives.
  void expect(std::string_view user) const noexcept;
  /// Begins to load what `expect` reads, which otherwise waits for it.
  void expect_soon(std::string_view user) const noexcept;

 private:
  struct alignas(32) Place {
    std::atomic<std::uint64_t> hash{0};
    std::atomic<const std::string*> user{nullptr};  // null: free
    std::atomic<const NumberedContact*> contacts{nullptr};
    std::atomic<std::size_t> count{0};
  };
  /// Open addressing, at most half full.
  struct Table {
    explicit Table(std::size_t size) : places(size) {}
    std::size_t place_of(std::uint64_t hash) const noexcept { return hash & (places.size() - 1); }
    std::vector<Place> places;
  };
  void grow();
  /// The user's place, or the free one where it belongs. REQUIRES: there is a free one.
  static std::size_t find_place(const Table& table, std::string_view user,
                                std::uint64_t hash) noexcept;
  static void fill(Place& place, std::uint64_t hash, const std::string* user,
                   const NumberedContact* contacts, std::size_t count) noexcept;

  std::atomic<Table*> table_{nullptr};  // the last of all
  // Former ones stay, as somebody may be loading ahead from them: together they are no larger than
  // the one in use.
  std::vector<std::unique_ptr<Table>> tables_;
  std::size_t used_ = 0;
};

}  // namespace muster
