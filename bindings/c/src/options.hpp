#pragma once

#include <string_view>

#include "muster.h"
#include "muster/core/limits.hpp"
#include "muster/core/progress.hpp"
#include "muster/match/rule_set.hpp"

namespace muster::c {

/// The library's own limits where `given` is null, or 0.
Limits to_limits(const muster_limits* given);

/// RunOptions whose progress may also cancel.
class Run {
 public:
  explicit Run(const muster_run* given);
  Run(const Run&) = delete;
  const RunOptions& options() const noexcept { return options_; }

 private:
  CancelToken token_;
  RunOptions options_;
};

/// CompileOptions that borrow the caller's kernel name.
class Compile {
 public:
  explicit Compile(const muster_compile_options* given);
  const CompileOptions& options() const noexcept { return options_; }

 private:
  muster_compile_options given_;
  Run run_;
  CompileOptions options_;
};

}  // namespace muster::c
