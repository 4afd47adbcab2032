#pragma once

#include <compare>
#include <vector>

#include "muster/policy/catalogue.hpp"

namespace muster {

/// A channel that may carry a policy, by the class table, the channel's own classes and the
/// policy's list.
struct PermittedChannel {
  ChannelId channel = 0;
  double lever = 1;  ///< the channel's for the policy
  friend auto operator<=>(const PermittedChannel&, const PermittedChannel&) = default;
};

/// Whether the class table and the channel itself allow a class.
bool carries(const Catalogue& catalogue, ChannelId channel, ServiceClass service_class) noexcept;

/// All that may carry a class, in the catalogue's order.
std::vector<PermittedChannel> permitted_channels(const Catalogue& catalogue,
                                                 ServiceClass service_class);
/// Those of a policy, in the catalogue's order.
std::vector<PermittedChannel> permitted_channels(const Catalogue& catalogue, const Policy& policy);

}  // namespace muster
