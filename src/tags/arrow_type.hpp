#pragma once

#include <cstdint>
#include <string>

#include "muster/tags/arrow_abi.h"

namespace muster {

/// What a format string of the Arrow C data interface says, as far as tags can be read from it.
struct ArrowType {
  enum class Kind : std::uint8_t {
    null,
    boolean,
    signed_integer,
    unsigned_integer,
    floating,
    decimal,
    days,     ///< date32
    moments,  ///< date64, timestamps
    text,
    large_text,
    text_view,
    list,
    large_list,
    fixed_list,
    list_view,
    large_list_view,
    structure,
    other
  };
  Kind kind = Kind::other;
  unsigned bytes = 0;            ///< of a value of fixed width
  std::int64_t scale = 0;        ///< of a decimal: digits behind the point
  std::int64_t day = 0;          ///< of moments: their units in a day
  std::int64_t list_size = 0;    ///< of fixed_list
  const char* name = "unknown";  ///< as Arrow's users know it

  bool is_integer() const noexcept {
    return kind == Kind::signed_integer || kind == Kind::unsigned_integer;
  }
  bool is_text() const noexcept {
    return kind == Kind::text || kind == Kind::large_text || kind == Kind::text_view;
  }
  bool is_list() const noexcept { return kind >= Kind::list && kind <= Kind::large_list_view; }
};

/// The type of the values, which for a dictionary are its indices.
ArrowType read_type(const ArrowSchema& schema) noexcept;

/// "int32", "list of utf8", "dictionary of large utf8"; an unknown format is shown as it is.
std::string describe_type(const ArrowSchema& schema);

}  // namespace muster
