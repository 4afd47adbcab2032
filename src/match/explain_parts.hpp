#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "muster/match/explain.hpp"

namespace muster {

/// The parts of a rule, segments opened, with what each comes to. REQUIRES: the rule checks and
/// can be spelt out.
std::vector<ExplainedPart> explain_parts(Checker& checker, std::string_view rule,
                                         const UserView& user, Date today);

/// The user's value; where the rule counts days, with the days counted.
std::string actual_text(const Schema& schema, TagId tag, const Cell& cell, bool days, Date today);

}  // namespace muster
