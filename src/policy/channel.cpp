#include "muster/policy/channel.hpp"

namespace muster {

bool Hours::contains(LocalTime time) const noexcept {
  const auto begins_on = [&](int day) { return (days >> day & 1) != 0; };
  const int today = weekday(time.day);
  const bool past_midnight = until <= from;
  if (begins_on(today) && time.second >= from && (past_midnight || time.second < until)) {
    return true;
  }
  return past_midnight && time.second < until && begins_on((today + 6) % 7);
}

}  // namespace muster
