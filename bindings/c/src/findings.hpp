#pragma once

#include <string>
#include <vector>

#include "muster.h"
#include "muster/core/error.hpp"

/// What an error has no room for.
struct muster_findings {
  std::string message;
  std::vector<muster::Diagnostic> findings;
};

namespace muster::c {

/// Gives back what an error keeps, and makes it empty.
void clear(muster_error& error) noexcept;

muster_finding to_finding(const Diagnostic& diagnostic) noexcept;

}  // namespace muster::c
