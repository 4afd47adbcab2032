#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "muster/core/moment.hpp"

namespace muster {

/// A date-time as TM Forum's JSON has it (RFC 3339); nothing outside years 1 to 9999.
std::optional<std::string> to_date_time(Moment moment);

/// The first whole second that is not before it: of limits of a validity, which are compared with
/// whole seconds, that changes nothing. Nothing if it is not a date-time.
std::optional<Moment> parse_date_time(std::string_view text);

}  // namespace muster
