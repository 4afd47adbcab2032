#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "match/programs.hpp"
#include "muster/core/date.hpp"

namespace muster {

/// How often something holds, in whole parts so that every machine gets the same: 0 is never,
/// 65535 always.
using Frequency = std::uint16_t;
constexpr Frequency certain = 65535;

/// Counts over at most a few thousand users of a sample, spread evenly. Users that lack a
/// required value are left out. Fails with schema_mismatch.
Result<std::vector<Frequency>> measure_frequencies(const Encoder& encoder, const UserTable& sample,
                                                   Date today);

/// A guess from the schema and from how often rules use each predicate: categories are equally
/// common, numbers lie evenly between the cuts, and a flag is the more common the more rules ask
/// for it.
std::vector<Frequency> guess_frequencies(const Schema& schema,
                                         std::span<const Predicate> predicates,
                                         std::span<const std::uint64_t> uses);

/// Adds those of shared programs, as if literals held independently of one another.
/// REQUIRES: `frequencies` is of the encoder's bits.
void append_shared(std::vector<Frequency>& frequencies, const ProgramList& shared);

}  // namespace muster
