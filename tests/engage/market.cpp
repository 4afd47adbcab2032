#include "market.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace muster::testing {

Catalogue market(const MarketParts& parts) {
  const std::string json = R"({"version": "1", "schema": {"key": "id", "tags": [
      {"name": "fee", "type": "number"}]}, "channels": [
      {"id": "call", "kind": "digital", "mode": ")" +
                           parts.call_mode + '"' + parts.call + R"(},
      {"id": "sms", "kind": "digital", "mode": "active"},
      {"id": "shop", "kind": "own_shop"},
      {"id": "hotline", "kind": "digital"},
      {"id": "web", "kind": "digital"}],
      "arbitration": {"primary": 1, "secondary": 20},
      "class_channels": {"sales": ["own_shop", "digital"]},
      "propensity": {"constants": [{"probability": 0.5}]},
      "contact_rules": [)" +
                           parts.contact_rules + R"(], "policies": [)" + parts.policies + "]}";
  Result<Catalogue> made = Catalogue::from_json(json);
  EXPECT_TRUE(made) << made.error().message;
  return std::move(made).value();
}

std::string offer(std::string_view id, std::string_view more) {
  return fmt::format(R"({{"id": "{0}", "name": "{0}", "segment": "fee >= 0", "value": 10{1}}})", id,
                     more);
}

PolicyView view_of(const Catalogue& catalogue, std::string_view user, Moment now) {
  Engine engine;
  EXPECT_TRUE(engine.deploy(catalogue));
  User tags(catalogue.schema());
  EXPECT_TRUE(tags.set("fee", 96.0));
  return engine.decide({user, tags}, now).value();
}

std::vector<Task> plan_for(Ledger& ledger, const Catalogue& catalogue, std::string_view user,
                           Moment now, const PlanOptions& options) {
  const PolicyView view = view_of(catalogue, user, now);
  const std::string key = fmt::format("plan {} at {}", user, now.seconds);
  const auto receipt = ledger.plan({key, now}, {&view, 1}, options);
  EXPECT_TRUE(receipt) << receipt.error().message;
  std::vector<Task> out;
  for (const TaskChange& change : receipt->changes) out.push_back(*ledger.task(change.task));
  return out;
}

Task task_of(Ledger& ledger, std::string_view user, std::string_view policy,
             std::string_view channel) {
  const std::vector<Task> open = ledger.open_tasks(user).value();
  const auto found = std::find_if(open.begin(), open.end(), [&](const Task& task) {
    return task.policy == policy && task.channel == channel;
  });
  EXPECT_NE(found, open.end()) << user << " has no open task of " << policy << " on " << channel;
  return found == open.end() ? Task() : *found;
}

}  // namespace muster::testing
