#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "generate/random.hpp"

namespace muster::generate {

/// Cities with their provinces. Tier 0 is 一线 (first), 4 is 四线及以下 (fourth and below).
struct Places {
  struct City {
    std::size_t province;
    int tier;
  };
  std::vector<std::string> provinces;
  std::vector<std::string> city_names;
  std::vector<City> cities;
  std::vector<std::uint32_t> cumulative;  ///< share of subscribers, running sum

  /// A city, the large ones more often.
  std::size_t draw(Random& random) const;
};

const Places& places();

}  // namespace muster::generate
