#include "muster/core/error.hpp"

namespace muster {

std::string_view name(Errc code) noexcept {
  switch (code) {
    case Errc::invalid_argument:
      return "invalid_argument";
    case Errc::io:
      return "io";
    case Errc::corrupt:
      return "corrupt";
    case Errc::unsupported_version:
      return "unsupported_version";
    case Errc::limit:
      return "limit";
    case Errc::cancelled:
      return "cancelled";
    case Errc::schema_mismatch:
      return "schema_mismatch";
    case Errc::json_syntax:
      return "json_syntax";
    case Errc::json_type:
      return "json_type";
    case Errc::json_unknown_key:
      return "json_unknown_key";
    case Errc::json_missing_key:
      return "json_missing_key";
    case Errc::json_duplicate_key:
      return "json_duplicate_key";
    case Errc::bad_tag:
      return "bad_tag";
    case Errc::duplicate_name:
      return "duplicate_name";
    case Errc::bad_derived:
      return "bad_derived";
    case Errc::derived_cycle:
      return "derived_cycle";
    case Errc::bad_cell:
      return "bad_cell";
    case Errc::missing_value:
      return "missing_value";
    case Errc::unknown_column:
      return "unknown_column";
    case Errc::missing_column:
      return "missing_column";
    case Errc::duplicate_key:
      return "duplicate_key";
    case Errc::csv_syntax:
      return "csv_syntax";
    case Errc::syntax:
      return "syntax";
    case Errc::unknown_tag:
      return "unknown_tag";
    case Errc::unknown_category:
      return "unknown_category";
    case Errc::unknown_segment:
      return "unknown_segment";
    case Errc::wrong_type:
      return "wrong_type";
    case Errc::segment_cycle:
      return "segment_cycle";
    case Errc::bad_date:
      return "bad_date";
    case Errc::bad_number:
      return "bad_number";
    case Errc::never_true:
      return "never_true";
    case Errc::always_true:
      return "always_true";
    case Errc::null_hazard:
      return "null_hazard";
    case Errc::unknown_user:
      return "unknown_user";
    case Errc::unknown_policy:
      return "unknown_policy";
    case Errc::unknown_channel:
      return "unknown_channel";
    case Errc::bad_setting:
      return "bad_setting";
    case Errc::script_syntax:
      return "script_syntax";
    case Errc::unknown_time_zone:
      return "unknown_time_zone";
    case Errc::illegal_transition:
      return "illegal_transition";
    case Errc::no_catalogue:
      return "no_catalogue";
    case Errc::unknown_catalogue:
      return "unknown_catalogue";
  }
  return "unknown_error";
}

}  // namespace muster
