#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "muster/policy/catalogue.hpp"

namespace muster {

/// What a catalogue file says, checked throughout.
struct CatalogueText {
  std::optional<Schema> schema;  ///< always there in a result
  std::vector<Segment> segments;
  std::vector<Policy> policies;
  std::vector<Diagnostic> warnings;
};

/// JSON → schema → segments → policies. On failure the error holds all findings in order of
/// place; rules are looked at only where the schema is right.
Result<CatalogueText> read_catalogue(std::string_view json, const Limits& limits);

}  // namespace muster
