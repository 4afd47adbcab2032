#include "muster/tags/struct_schema.hpp"

#include <fmt/core.h>

#include "core/diagnostics.hpp"

namespace muster::detail {

Error unknown_position(const Tag& tag, std::int64_t position) {
  return {Errc::unknown_category,
          fmt::format("the tag {} has no category at position {}: its positions are 0 to {}",
                      in_quotes(tag.name), position, tag.values.size() - 1),
          {}};
}

Error day_outside_calendar(const Tag& tag) {
  return {Errc::bad_date,
          fmt::format("the tag {} is given no day of the calendar, 0001-01-01 to 9999-12-31",
                      in_quotes(tag.name)),
          {}};
}

}  // namespace muster::detail
