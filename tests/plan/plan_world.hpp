#pragma once

#include <gtest/gtest.h>

#include "muster/policy/catalogue.hpp"
#include "muster/tags/csv.hpp"

namespace muster::testing {

/// A catalogue of two tags and two channels around some policies.
inline Catalogue plan_catalogue(const std::string& policies, const std::string& more = {}) {
  const std::string json = R"({
    "schema": {"key": "id", "tags": [{"name": "fee", "type": "number"},
                                     {"name": "quiet", "type": "bool", "nullable": true}]},
    "channels": [{"id": "app", "kind": "digital"},
                 {"id": "call", "kind": "digital", "mode": "active"}],
    "propensity": {"constants": [{"probability": 0.5}]},)" +
                           more + R"("policies": [)" + policies + "]}";
  const auto made = Catalogue::from_json(json);
  if (!made) ADD_FAILURE() << made.error().message;
  return made.value();
}

inline UserTable plan_users(const Catalogue& catalogue, std::string_view rows) {
  return std::move(
      read_csv(catalogue.schema(), "id,fee,quiet\n" + std::string(rows)).value().table);
}

}  // namespace muster::testing
