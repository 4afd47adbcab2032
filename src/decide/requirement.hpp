#pragma once

#include <string>

#include "muster/decide/reason.hpp"
#include "muster/policy/catalogue.hpp"

namespace muster {

/// What a rule that is not TRUE asks of a user, in one line: "requires plan_fee = 96, this user has
/// 59". Of rules with alternatives, what the smallest change asks. Empty where that can not be
/// said.
std::string requirement_text(const Catalogue& catalogue, const std::string& rule,
                             const UserView& user, Date today, Language language);

}  // namespace muster
