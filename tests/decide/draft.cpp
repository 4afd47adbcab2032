#include "draft.hpp"

#include <stdexcept>

namespace muster::testing {

Catalogue Draft::make() const {
  const std::string json = to_json();
  Result<Catalogue> made = Catalogue::from_json(json);
  if (made) return *made;
  throw std::logic_error(made.error().message + "\n" + json);
}

User world_user(const Schema& schema) {
  User user(schema);
  static_cast<void>(user.set("fee", 96));
  static_cast<void>(user.set("arpu", 120));
  static_cast<void>(user.set("vip", false));
  static_cast<void>(user.set("complained", false));
  return user;
}

Policy policy(std::string id, std::string segment) {
  Policy out;
  out.id = std::move(id);
  out.name = out.id;
  out.segment = std::move(segment);
  out.value = 100;
  return out;
}

Channel channel(std::string id, ChannelKind kind, double cost) {
  Channel out;
  out.id = std::move(id);
  out.name = out.id;
  out.kind = kind;
  out.cost = cost;
  return out;
}

Draft small_draft() {
  Draft draft;
  draft.schema = world_schema;
  draft.channels = {channel("sms", ChannelKind::digital, 1), channel("app"),
                    channel("shop", ChannelKind::own_shop, 4)};
  draft.policies = {policy("A")};
  draft.propensities.constants = {{any_policy, any_channel, 0.5}};
  return draft;
}

}  // namespace muster::testing
