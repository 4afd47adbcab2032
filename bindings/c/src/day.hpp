#pragma once

#include <fmt/core.h>

#include "guard.hpp"
#include "muster/core/date.hpp"

namespace muster::c {

/// The core reckons with any number; here one that no calendar has is seconds taken for days.
inline Date day(int32_t today) {
  if (Date{today} < first_date || Date{today} > last_date) {
    refuse(Errc::bad_date, fmt::format("today must be a day of the years 1 to 9999, not {} days "
                                       "from 1970-01-01",
                                       today));
  }
  return {today};
}

}  // namespace muster::c
