#pragma once

#include <array>
#include <string>
#include <string_view>

#include "muster/policy/lifecycle.hpp"
#include "muster/policy/policy.hpp"

// What both directions between policies and TMF671 Promotions call things.
namespace muster::tmf671 {

inline constexpr std::string_view muster_type = "MusterPromotion";

/// Values of lifecycleStatus, by PolicyState: those that the standard proposes.
inline constexpr std::array<std::string_view, policy_states> statuses{
    "draft", "test", "waitForApproval", "release", "suspend", "retirement"};

/// The criteriaOperator that says: the value is the text of a rule; the parameter, which of a
/// policy's rules it is.
inline constexpr std::string_view rule_operator = "MusterRule";

inline constexpr std::size_t rule_count = 4;
inline constexpr std::array<std::string_view, rule_count> rule_names{
    "segment", "eligibility", "applicability", "suitability"};
inline constexpr std::array<std::string Policy::*, rule_count> rule_members{
    &Policy::segment, &Policy::eligibility, &Policy::applicability, &Policy::suitability};

/// The actionType whose value is an amount of money.
inline constexpr std::string_view money_action = "currency";
inline constexpr std::string_view offering_type = "ProductOffering";

}  // namespace muster::tmf671
