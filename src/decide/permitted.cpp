#include "decide/permitted.hpp"

namespace muster {

bool carries(const Catalogue& catalogue, ChannelId channel, ServiceClass service_class) noexcept {
  const Channel& one = catalogue.channels()[channel];
  return catalogue.class_table().may_carry(one.kind, service_class) &&
         (one.classes >> static_cast<unsigned>(service_class) & 1) != 0;
}

std::vector<PermittedChannel> permitted_channels(const Catalogue& catalogue,
                                                 ServiceClass service_class) {
  std::vector<PermittedChannel> out;
  for (std::size_t i = 0; i < catalogue.channels().size(); ++i) {
    const auto channel = static_cast<ChannelId>(i);
    if (carries(catalogue, channel, service_class)) out.push_back({channel, 1});
  }
  return out;
}

std::vector<PermittedChannel> permitted_channels(const Catalogue& catalogue, const Policy& policy) {
  if (policy.channels.empty()) return permitted_channels(catalogue, policy.service_class);
  std::vector<PermittedChannel> out;
  for (const PolicyChannel& own : policy.channels) {
    if (carries(catalogue, own.channel, policy.service_class)) {
      out.push_back({own.channel, own.lever});
    }
  }
  return out;
}

}  // namespace muster
