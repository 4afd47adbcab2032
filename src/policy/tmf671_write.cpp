#include <fmt/format.h>

#include "core/json_builder.hpp"
#include "muster/policy/tmf671.hpp"
#include "policy/tmf671_words.hpp"
#include "policy/tmf_time.hpp"

namespace muster {
namespace {

class PromotionWriter {
 public:
  PromotionWriter(JsonBuilder& json, const Policy& policy, std::span<const Channel> channels)
      : json_(json), policy_(policy), channels_(channels) {}

  void run() {
    json_.object([&] {
      json_.text("@type", tmf671::muster_type);
      json_.text("@baseType", "Promotion");
      json_.text("id", policy_.id);
      json_.text("name", policy_.name);
      text_unless_empty("description", policy_.description);
      json_.text("lifecycleStatus", tmf671::statuses[static_cast<std::size_t>(policy_.state)]);
      json_.text("promotionType", name(policy_.service_class));
      write_validity();
      json_.array("pattern", [&] { json_.object([&] { write_pattern(); }); });
      write_extension();
    });
  }

 private:
  void text_unless_empty(std::string_view key, std::string_view value) {
    if (!value.empty()) json_.text(key, value);
  }
  void number_unless(double usual, std::string_view key, double value) {
    if (value != usual) json_.number(key, value);
  }

  void write_validity() {
    const auto start = to_date_time(policy_.valid.from), end = to_date_time(policy_.valid.until);
    if (!start && !end) return;
    json_.object("validFor", [&] {
      if (start) json_.text("startDateTime", *start);
      if (end) json_.text("endDateTime", *end);
    });
  }

  void write_pattern() {
    json_.number("priority", policy_.tier);
    json_.text("criteriaGroupLogicalRelationship", "AND");
    json_.array("criteriaGroup", [&] {
      json_.object([&] {
        json_.text("criteriaLogicalRelationship", "AND");
        json_.array("criteria", [&] { write_criteria(); });
      });
    });
    json_.array("action", [&] { json_.object([&] { write_action(); }); });
  }

  void write_criteria() {
    for (std::size_t i = 0; i < tmf671::rule_count; ++i) {
      const std::string& rule = policy_.*tmf671::rule_members[i];
      if (rule.empty()) continue;
      json_.object([&] {
        json_.text("criteriaParameter", tmf671::rule_names[i]);
        json_.text("criteriaOperator", tmf671::rule_operator);
        json_.text("criteriaValue", rule);
      });
    }
  }

  /// What an acceptance gives, in money, and on what: the standard wants at least one action.
  void write_action() {
    json_.text("actionType", tmf671::money_action);
    json_.text("actionValue", fmt::format("{}", policy_.cost));
    if (policy_.offering.empty()) return;
    json_.object("actionEntityRef", [&] {
      json_.text("id", policy_.offering);
      json_.text("@referredType", tmf671::offering_type);
    });
  }

  /// What the standard has no place for, unless it is as usual.
  void write_extension() {
    number_unless(0, "value", policy_.value);
    number_unless(1, "lever", policy_.lever);
    if (policy_.quota != 0) json_.whole("quota", policy_.quota);
    number_unless(0, "budget", policy_.budget);
    if (!policy_.groups.empty()) {
      json_.array("exclusionGroup", [&] {
        for (const std::string& group : policy_.groups) json_.text(group);
      });
    }
    if (!policy_.channels.empty()) {
      json_.array("channel", [&] {
        for (const PolicyChannel& channel : policy_.channels) write_channel(channel);
      });
    }
    text_unless_empty("script", policy_.script);
  }

  void write_channel(const PolicyChannel& channel) {
    json_.object([&] {
      json_.text("id", channels_[channel.channel].id);
      text_unless_empty("script", channel.script);
      number_unless(1, "lever", channel.lever);
    });
  }

  JsonBuilder& json_;
  const Policy& policy_;
  std::span<const Channel> channels_;
};

}  // namespace

std::string to_tmf671(const Policy& policy, std::span<const Channel> channels) {
  JsonBuilder json;
  PromotionWriter(json, policy, channels).run();
  return std::move(json).take();
}

std::string to_tmf671(std::span<const Policy> policies, std::span<const Channel> channels) {
  JsonBuilder json;
  json.array([&] {
    for (const Policy& policy : policies) PromotionWriter(json, policy, channels).run();
  });
  return std::move(json).take();
}

}  // namespace muster
