#pragma once

#include <string>

#include "decide/decision.hpp"
#include "decide/record.hpp"
#include "decide/requirement.hpp"

namespace muster {

/// Engine::check, by numbers: Reason::primary where the policy may be had. Fails as
/// Decider::encode does.
Result<Reason> gate(Decider& decider, const PreparedCatalogue& catalogue, const Subject& user,
                    PolicyIndex policy, std::size_t channel, Moment now,
                    const ContactHistory* history);

/// What a refusal of the gate says to people.
std::string gate_text(const PreparedCatalogue& catalogue, const Subject& user, PolicyIndex policy,
                      Reason reason, Moment now, Language language);

/// The recorded decision once more. `model` may be null: the catalogue's own. Fails with corrupt,
/// and as Decider::decide does.
Result<PolicyView> decide_again(const PreparedPointer& catalogue, const Recorded& recorded,
                                const PropensityModel* model);

/// What became of one policy in a recorded decision. Fails as decide_again does, and as
/// muster::explain does.
Result<PolicyReason> explain_policy(const PreparedPointer& catalogue, const Recorded& recorded,
                                    const PropensityModel* model, PolicyIndex policy);

}  // namespace muster
