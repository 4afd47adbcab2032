#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "muster/core/error.hpp"
#include "muster/core/limits.hpp"
#include "muster/policy/channel.hpp"
#include "muster/policy/policy.hpp"

/// Policies as TM Forum Promotions (TMF671, version 4.1), and back: docs/tm-forum.md has the
/// mapping, and what a reader that knows only the standard misses. Thread-safe.
namespace muster {

/// A Promotion of @type MusterPromotion, which from_tmf671 reads back as an equal policy if a
/// Catalogue may hold it. The same policy gives the same bytes. Bytes that are not UTF-8 become
/// U+FFFD; limits of its validity outside years 1 to 9999 are left out. `channels` are those of
/// its catalogue. REQUIRES: it uses no others.
MUSTER_EXPORT std::string to_tmf671(const Policy& policy, std::span<const Channel> channels);
/// A JSON array of them, in this order.
MUSTER_EXPORT std::string to_tmf671(std::span<const Policy> policies,
                                    std::span<const Channel> channels);

/// Policies of a Promotion or an array of Promotions, in their order, whoever wrote them. On
/// failure the diagnostics hold all errors, in order of place, with byte ranges in `json`. Rules
/// are parsed; whether their tags, and the places in scripts, are known shows only in a Catalogue.
/// Limits: max_catalogue_bytes, max_rules and those of one rule. O(length).
MUSTER_EXPORT Result<std::vector<Policy>> from_tmf671(std::string_view json,
                                                      std::span<const Channel> channels,
                                                      const Limits& limits = {});

}  // namespace muster
