#pragma once

#include <cstdio>
#include <cstdlib>

/// Stops the fuzzer with a finding.
inline void require(bool condition, const char* claim) {
  if (condition) return;
  std::fprintf(stderr, "not so: %s\n", claim);
  std::abort();
}
