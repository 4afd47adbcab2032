#pragma once

#include <optional>
#include <span>
#include <vector>

#include "match/lane.hpp"

namespace muster {

/// Lays rules out as windows of 128, tested for every user without a branch; see
/// one_user_layout.hpp. Pays for a few thousand rules at most.
class WindowWriter {
 public:
  WindowWriter(const LaneWriter& lanes, const OneUserCosts& costs, OneUserTables& out)
      : lanes_(lanes), costs_(costs), out_(out) {}

  /// Takes the entries that windows can hold, at most one a rule; the others go to `rest`.
  void plan(std::uint32_t first_rule, const EntryList& entries, EntryList& rest);
  /// What the planned windows cost a user.
  float cost() const;
  /// Writes the planned windows and notes them in `tile`.
  void write(OneUserTile& tile) const;

 private:
  struct Window {
    std::vector<Lane> lanes;  // sorted so that either half needs few rows
  };

  static bool is_possible(const Lane& lane);
  std::vector<std::span<const Lane>> halves_of(const Window& window) const;
  void write(const Window& window, std::uint32_t first_rule) const;

  const LaneWriter& lanes_;
  OneUserCosts costs_;
  OneUserTables& out_;
  std::vector<Window> windows_;
};

}  // namespace muster
