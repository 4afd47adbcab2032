#pragma once

#include <string>
#include <string_view>

#include "muster/engage/event.hpp"
#include "muster/policy/catalogue.hpp"

namespace crm {

// What pages call things, in Chinese.
std::string_view word(muster::TaskState state);
std::string_view word(muster::EventKind kind);
std::string_view word(muster::Outcome outcome);
std::string_view word(muster::SharedField field);

/// Names by id; the id itself where this catalogue has no such thing: ledgers outlive catalogues.
std::string policy_name(const muster::Catalogue& catalogue, std::string_view id);
std::string channel_name(const muster::Catalogue& catalogue, std::string_view id);

/// "01-05 10:30", by the clocks of the zone.
std::string clock_text(muster::Moment moment, const muster::TimeZone& zone);

}  // namespace crm
