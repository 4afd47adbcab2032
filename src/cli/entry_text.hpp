#pragma once

#include <string>

#include "muster/engage/event.hpp"
#include "muster/policy/catalogue.hpp"

namespace muster::cli {

/// An entry of a ledger on one line, with its line break: moment, kind, channel, policy, task and
/// its state, outcome, and what it says. With a catalogue, names besides ids, and its clocks; UTC
/// without.
std::string line_of(const Event& event, const Catalogue* catalogue);

}  // namespace muster::cli
