#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "muster/policy/catalogue.hpp"

namespace muster::testing {

/// A catalogue to be: the parts that catalogues give out, and the JSON that makes one of them.
struct Draft {
  std::string version = "1";
  std::string time_zone = "UTC";
  std::string schema;  ///< JSON
  std::vector<Segment> segments;
  std::vector<Channel> channels;
  std::vector<Policy> policies;
  std::vector<ContactRule> contact_rules;
  Arbitration arbitration;
  Propensities propensities;
  Holdout holdout;
  std::vector<std::string> test_users;

  std::string to_json() const;
  /// Fails the test where the JSON is refused.
  Catalogue make() const;
};

/// Tags of every type; `fee` is the only one that is not nullable beside `vip`.
inline constexpr std::string_view world_schema = R"({"key": "id", "tags": [
  {"name": "fee", "type": "number"},
  {"name": "arpu", "type": "number", "nullable": true},
  {"name": "vip", "type": "bool"},
  {"name": "complained", "type": "bool", "nullable": true},
  {"name": "brand", "type": "category", "nullable": true, "values": ["Apple", "华为", "vivo"]},
  {"name": "likes", "type": "set", "nullable": true, "values": ["sms", "app", "shop", "game"]},
  {"name": "contract_end", "type": "date", "nullable": true},
  {"name": "ratio", "type": "number", "derived": "arpu / fee"}
]})";

inline constexpr Moment noon{1'774'872'000};  // 2026-03-30T12:00:00Z, a Monday

/// A user of that schema: fee 96, arpu 120, no vip, never complained; the rest NULL.
User world_user(const Schema& schema);

/// Three channels, one policy "A" for everybody at 100 with propensity 0.5.
Draft small_draft();

Policy policy(std::string id, std::string segment = "fee >= 0");
Channel channel(std::string id, ChannelKind kind = ChannelKind::digital, double cost = 0);

}  // namespace muster::testing
