#pragma once

#include <string>

#include "simulate/simulation.hpp"

namespace muster::simulate {

/// A page for a terminal: both ways side by side, then by channel.
std::string to_text(const Simulation& simulation);
/// The same as JSON, counts in place of rates.
std::string to_json(const Simulation& simulation);

}  // namespace muster::simulate
