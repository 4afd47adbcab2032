#pragma once

#include "muster/tags/user.hpp"

/// Binds an embedder's own struct: `schema<Subscriber>(field("plan_fee", &Subscriber::plan_fee), …)`.
namespace muster {}  // filled in by its room
