#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "muster/decide/contact_history.hpp"
#include "muster/decide/policy_view.hpp"
#include "muster/match/rule_set.hpp"
#include "muster/policy/catalogue.hpp"
#include "muster/tags/user.hpp"

namespace muster {
}  // namespace muster
