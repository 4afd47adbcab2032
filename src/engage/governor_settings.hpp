#pragma once

#include "muster/engage/governor.hpp"

namespace muster {

/// Fails with bad_setting, naming the setting and its channel, or with duplicate_name.
Result<void> check_settings(const GovernorSettings& settings);

}  // namespace muster
