#pragma once

#include <cstdlib>
#include <string_view>

namespace muster::bench {

/// Whether small sizes and few users will do: MUSTER_BENCH_MODE=short.
inline bool short_run() {
  const char* mode = std::getenv("MUSTER_BENCH_MODE");
  return mode != nullptr && std::string_view(mode) == "short";
}

}  // namespace muster::bench
