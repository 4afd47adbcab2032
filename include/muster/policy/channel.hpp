#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "muster/core/time_zone.hpp"
#include "muster/policy/service_class.hpp"

namespace muster {

/// A position in Catalogue::channels().
using ChannelId = std::uint16_t;

/// What catalogues may say: sizes of amounts of money, and counts of contacts and acceptances.
inline constexpr double max_money = 1e12;
inline constexpr double max_count = 1e15;

/// What ids of channels do not begin with: outboxes of shops and installers do.
inline constexpr std::string_view shop_desk_prefix = "shop:";
inline constexpr std::string_view installer_desk_prefix = "installer:";

/// Times of a day of some days of the week: from `from` up to, not including, `until`; past
/// midnight where `until` is not after `from`. The day is the one on which the hours begin.
struct Hours {
  std::uint8_t days = 0x7f;     ///< bit 0 is Monday
  std::int32_t from = 0;        ///< seconds since 00:00, 0 to 86 399
  std::int32_t until = 86'400;  ///< 1 to 86 400

  MUSTER_EXPORT bool contains(LocalTime time) const noexcept;
};

/// A way to reach a user.
struct Channel {
  std::string id;
  std::string name;
  ChannelKind kind = ChannelKind::digital;
  bool active = false;               ///< we start; otherwise the user comes to us
  double cost = 0;                   ///< of one contact, in the catalogue's currency
  std::uint64_t daily_capacity = 0;  ///< contacts a day; 0: no limit
  std::vector<Hours> hours;          ///< open in any of them; empty: always
  std::uint8_t classes = 0x3f;       ///< service classes it carries, bit by bit; narrows the table
  std::string preferred_when;        ///< a rule: users who like this channel; empty: nobody

  /// By the catalogue's clocks.
  bool open(LocalTime time) const noexcept {
    for (const Hours& some : hours) {
      if (some.contains(time)) return true;
    }
    return hours.empty();
  }
};

}  // namespace muster
