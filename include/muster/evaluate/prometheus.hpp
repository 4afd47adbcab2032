#pragma once

#include <span>
#include <string>

#include "muster/evaluate/watch.hpp"

namespace muster {

/// The figures in Prometheus' text exposition format, version 0.0.4 (Content-Type "text/plain;
/// version=0.0.4"), metrics named muster_…: tasks by policy, channel and step, hand-offs,
/// participation, success of treated and held-out users, capacity taken on the last day of the
/// ledger, where each monitor stands. Counters are those of the whole ledger, as Prometheus
/// expects. The same figures give the same bytes. With a catalogue, the capacity there is as well.
MUSTER_EXPORT std::string to_prometheus(const LedgerFigures& figures,
                                        std::span<const WatchedState> watched,
                                        const Catalogue* catalogue = nullptr);

}  // namespace muster
