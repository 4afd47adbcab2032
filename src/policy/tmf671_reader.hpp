#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/json_document.hpp"
#include "core/suggest.hpp"
#include "core/text_hash.hpp"
#include "muster/core/limits.hpp"
#include "muster/policy/policy.hpp"

namespace muster::tmf671 {

/// What the readers of a Promotion's parts share.
struct Reading {
  const Limits& limits;
  std::span<const Channel> channels;
  NameMap<ChannelId> channel_ids;
  NameSet ids;  ///< of promotions read before
  std::vector<Diagnostic> findings;
  SuggestionBudget suggestions = {};

  void note(Errc code, ByteRange range, std::string message, std::string suggestion = {});
};

/// An object of TM Forum's: keys that begin with '@' are anybody's.
JsonObject open_object(JsonNode node, std::string_view what, std::span<const std::string_view> keys,
                       Reading& reading);

/// "criteriaGroup" of a pattern: fills in the policy's four rules. `relation` joins the groups.
void read_criteria(JsonNode groups, std::string_view relation, Policy& policy, Reading& reading);
/// A logical relationship at that key: "AND", which is also what nothing means, or "OR".
std::string_view read_relation(const JsonObject& object, std::string_view key, Reading& reading);

/// "action" of a pattern: fills in cost and offering. `award`: what a promotion gives goes to an
/// account, not to an offering.
void read_actions(JsonNode actions, bool award, Policy& policy, Reading& reading);

/// What a MusterPromotion says besides the standard's keys.
void read_extension(JsonObject& promotion, Policy& policy, Reading& reading);
inline constexpr std::string_view extension_keys[] = {
    "value", "lever", "quota", "budget", "exclusionGroup", "channel", "script"};

}  // namespace muster::tmf671
