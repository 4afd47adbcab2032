#pragma once

#include <string>
#include <vector>

#include "muster/core/error.hpp"
#include "muster/tags/schema.hpp"

namespace muster {

/// What is wrong with a rule, collected while it is looked at in any order.
class DiagnosticList {
 public:
  void report(Errc code, ByteRange range, std::string message, std::string suggestion = {});
  bool empty() const { return list_.empty(); }
  /// In source order, each once.
  std::vector<Diagnostic> take();

 private:
  std::vector<Diagnostic> list_;
};

/// "'plan_fee' is a number"
std::string what_it_is(const Tag& tag);

}  // namespace muster
