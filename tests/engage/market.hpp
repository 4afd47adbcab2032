#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "muster/decide/engine.hpp"
#include "temporary_ledger.hpp"

namespace muster::testing {

inline constexpr Moment noon{1'774'872'000};  // 2026-03-30T12:00:00Z, a Monday
inline constexpr std::int64_t a_day = 86'400;
inline Moment later(std::int64_t seconds) { return {noon.seconds + seconds}; }

/// A catalogue in which everybody is offered what `policies` say, on all channels: `call` and `sms`
/// are active, `shop`, `hotline` and `web` cooperative. What the parts are: JSON.
struct MarketParts {
  std::string policies = R"({"id": "P1", "name": "P1", "segment": "fee >= 0", "value": 10})";
  std::string contact_rules = {};
  std::string call = {};  ///< further keys of the channel, each with a comma before it
  std::string call_mode = "active";
};
Catalogue market(const MarketParts& parts = {});

/// A policy's JSON, with further keys.
std::string offer(std::string_view id, std::string_view more = {});

/// The view of a user, decided without history.
PolicyView view_of(const Catalogue& catalogue, std::string_view user, Moment now = noon);

/// Plans tasks for users and gives what was planned. Fails the test where it can not.
std::vector<Task> plan_for(Ledger& ledger, const Catalogue& catalogue, std::string_view user,
                           Moment now = noon, const PlanOptions& options = {});
/// The user's open task of a policy on a channel. Fails the test where there is none.
Task task_of(Ledger& ledger, std::string_view user, std::string_view policy,
             std::string_view channel);

/// A key of its own each time.
class Keys {
 public:
  std::string_view next() { return key_ = fmt::format("key {}", ++count_); }

 private:
  std::string key_;
  int count_ = 0;
};

}  // namespace muster::testing
