#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "muster/policy/catalogue.hpp"
#include "muster/tags/user.hpp"

namespace muster {

/// A policy on a channel, by their positions in the catalogue.
struct Placement {
  PolicyId policy = 0;
  ChannelId channel = 0;
};

/// Says how likely a user is to accept policies on channels. What it says is put right by rule:
/// below 0 and NaN count as 0, above 1 as 1. Safe from any number of threads; must not
/// throw, but for want of memory.
class MUSTER_EXPORT PropensityModel {
 public:
  virtual ~PropensityModel() = default;
  /// out[i] is the propensity of places[i]. A pure function of its arguments, or decisions can not
  /// be replayed. REQUIRES: out.size() == places.size(); `user` is of the catalogue's schema.
  virtual void estimate(const UserView& user, std::uint64_t seed, std::span<const Placement> places,
                        std::span<double> out) const = 0;
};

/// The catalogue's own propensities, constant and logistic. O(places + terms of the logistic
/// entries that they need); allocates nothing, unless a term's tag is derived.
MUSTER_EXPORT std::shared_ptr<const PropensityModel> make_catalogue_model(
    const Catalogue& catalogue);

}  // namespace muster
