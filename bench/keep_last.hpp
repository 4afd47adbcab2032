#pragma once

#include <memory>
#include <string>

namespace muster::bench {

/// What `make()` gave for `key`, made anew where the key is not the last one's: Google Benchmark
/// calls a benchmark several times, and what one measures need not outlive it. One a type.
template <class T, class Make>
T& keep_last(const std::string& key, Make&& make) {
  static std::string kept_key;
  static std::unique_ptr<T> kept;
  if (kept == nullptr || kept_key != key) {
    kept.reset();
    kept = std::make_unique<T>(make());
    kept_key = key;
  }
  return *kept;
}

}  // namespace muster::bench
