#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "muster/policy/catalogue.hpp"

namespace muster {

/// What a catalogue file says, checked throughout.
struct CatalogueText {
  std::string version;
  TimeZone time_zone;
  std::string currency;
  std::optional<Schema> schema;  ///< always there in a result
  std::vector<Segment> segments;
  std::vector<Policy> policies;
  std::vector<Channel> channels;
  std::vector<ContactRule> contact_rules;
  ClassTable class_table;
  Arbitration arbitration;
  Propensities propensities;
  Holdout holdout;
  std::vector<RateMonitor> monitors;
  std::vector<std::string> test_users;  ///< ascending
  std::vector<Diagnostic> warnings;
};

/// JSON → CatalogueText. On failure the error holds all findings in order of place; rules, scripts
/// and tags are looked at only where the schema is right.
Result<CatalogueText> read_catalogue(std::string_view json, const Limits& limits);

}  // namespace muster
