#pragma once

#include <string>
#include <vector>

#include "muster/engage/governor.hpp"

namespace muster {

using namespace std::chrono_literals;

/// Channels "0", "1", … of these weights; 100 calls a second, ten at once, no failures.
inline GovernorSettings governed(const std::vector<double>& weights) {
  GovernorSettings settings;
  settings.rate = {100, 1};
  settings.calls_at_once = 10;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    settings.channels.push_back({std::to_string(i), weights[i], {}, 0, 100'000});
  }
  return settings;
}

}  // namespace muster
