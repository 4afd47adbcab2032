#pragma once

#include <span>
#include <vector>

#include "match/entry_list.hpp"
#include "match/hot_bits.hpp"
#include "match/one_user_layout.hpp"
#include "match/one_user_tables.hpp"

namespace muster {

/// Of an entry that is filed under no literal and always looked at.
constexpr Literal no_key = 0xffffffff;

/// An entry as it will lie in its block.
struct Lane {
  std::uint32_t rule = 0;
  Literal filler = no_key;  ///< hot, holds whenever the entry does
  Literals rows;            ///< hot, rarest first
  LiteralGroups groups;     ///< hot, largest first
  Literals conditions;      ///< the cold and the surplus
  LiteralGroups cold_groups;
  bool ask_program = false;

  bool unsure() const { return ask_program || !conditions.empty() || !cold_groups.empty(); }
  OneUserShape shape() const;
};

/// Makes lanes of entries and writes them as rows; see one_user_layout.hpp.
class LaneWriter {
 public:
  /// `chance[literal]`: how often it holds.
  LaneWriter(const HotBits& hot, std::span<const float> chance) : hot_(hot), chance_(chance) {}

  Lane make(const EntryList& entries, std::size_t entry, Literal key) const;

  /// How many literals group `group` has in the lanes' largest; 0 where it is missing.
  static std::size_t group_rows(std::span<const Lane> lanes, std::size_t group);
  /// Appends the rows of groups, then `literals` rows of other literals, each `width` lanes wide;
  /// surplus lanes never hold.
  void write(std::span<const Lane> lanes, std::size_t groups, std::size_t literals,
             std::size_t width, OneUserData& out) const;

 private:
  void add_groups(Lane& lane, std::span<const Literal> groups) const;
  template <class LiteralOf>
  void write_row(std::span<const Lane> lanes, std::size_t width, OneUserData& out,
                 LiteralOf literal_of) const;

  const HotBits& hot_;
  std::span<const float> chance_;
};

}  // namespace muster
