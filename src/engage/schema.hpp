#pragma once

#include <cstdint>

#include "engage/store.hpp"

namespace muster {

/// What this library writes. Migration n, of schema.cpp, makes version n of version n − 1.
inline constexpr std::int64_t ledger_version = 2;

/// Makes the tables, or brings those of an older version up to date, in one transaction. Fails with
/// unsupported_version, with corrupt where there is something else, and with io where there is
/// nothing though it `must_exist`; the store is as it was then.
Result<void> prepare_ledger(Store& store, bool must_exist);

/// Makes version + 1 of a version, of which 0 has no tables. REQUIRES: a transaction that writes,
/// and version < ledger_version.
void raise_version(Store& store, std::int64_t version);

/// Fails unless it is what this library writes: another may have changed it under our hands.
Result<void> check_version(std::int64_t version);
std::int64_t version_of(Store& store);

}  // namespace muster
