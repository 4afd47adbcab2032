#pragma once

#include "handles.hpp"
#include "muster/tags/arrow.hpp"

namespace muster::c {

/// Users and what a rule set reads of them.
struct Population {
  ArrowUsers users;
  EncodedUsers bits;
};

}  // namespace muster::c

struct muster_population : muster::c::Counted<muster::c::Population> {
  using Counted::Counted;
};
