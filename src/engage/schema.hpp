#pragma once

#include <cstdint>

#include "engage/store.hpp"

namespace muster {

/// What this library writes. Migration n, of schema.cpp, makes version n of version n − 1.
inline constexpr std::int64_t ledger_version = 1;

/// Makes the tables, or brings those of an older version up to date, in one transaction. Fails with
/// unsupported_version, and with corrupt where there is something else.
Result<void> prepare_ledger(Store& store);

}  // namespace muster
