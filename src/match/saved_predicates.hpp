#pragma once

#include <vector>

#include "match/saved_bytes.hpp"
#include "muster/tags/predicate.hpp"

namespace muster {

/// A count, then for each predicate: tag (2 bytes), aspect (1), null (1), none_of (1), codes
/// (count 4, then 2 each), cuts (count 4, then 11 each: double, rest, after).
void write_predicates(ByteWriter& out, std::span<const Predicate> predicates);

/// Accepts canonical predicates over tags of `schema` only. Fails with corrupt, or with limit
/// where there are more than max_bits.
Result<std::vector<Predicate>> read_predicates(ByteReader& in, const Schema& schema,
                                               std::size_t max_bits);

}  // namespace muster
