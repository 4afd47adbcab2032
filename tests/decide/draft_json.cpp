#include <fmt/format.h>

#include "core/json_write.hpp"
#include "draft.hpp"

namespace muster::testing {
namespace {

constexpr Moment no_beginning = Validity().from, no_end = Validity().until;

std::string in_json(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

std::string joined(const std::vector<std::string>& parts) {
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string list(const std::vector<std::string>& parts) { return "[" + joined(parts) + "]"; }

std::string quoted_list(const std::vector<std::string>& texts) {
  std::vector<std::string> parts;
  for (const std::string& text : texts) parts.push_back(in_json(text));
  return list(parts);
}

/// Members of an object, those left out that say nothing.
class Members {
 public:
  Members& text(std::string_view key, std::string_view value) {
    return value.empty() ? *this : raw(key, in_json(value));
  }
  Members& number(std::string_view key, double value, double where_absent) {
    return value == where_absent ? *this : raw(key, fmt::format("{}", value));
  }
  Members& raw(std::string_view key, std::string_view value) {
    parts_.push_back(fmt::format("{}: {}", in_json(key), value));
    return *this;
  }
  std::string object() const { return "{" + joined(parts_) + "}"; }

 private:
  std::vector<std::string> parts_;
};

std::string classes_list(std::uint8_t classes) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < service_classes; ++i) {
    if ((classes >> i & 1) != 0) names.emplace_back(name(static_cast<ServiceClass>(i)));
  }
  return quoted_list(names);
}

std::string clock(std::int32_t seconds) {
  return fmt::format("{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
}

std::string hours_list(const std::vector<Hours>& hours) {
  constexpr std::string_view days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  std::vector<std::string> parts;
  for (const Hours& some : hours) {
    std::vector<std::string> on;
    for (std::size_t i = 0; i < 7; ++i) {
      if ((some.days >> i & 1) != 0) on.emplace_back(days[i]);
    }
    parts.push_back(Members()
                        .raw("days", quoted_list(on))
                        .text("from", clock(some.from))
                        .text("until", clock(some.until))
                        .object());
  }
  return list(parts);
}

std::string span_text(ContactSpan span) {
  constexpr std::string_view units[] = {"rolling_days", "days", "weeks", "months"};
  if (span.unit == ContactSpan::Unit::ever) return "\"ever\"";
  return fmt::format("{{\"{}\": {}}}", units[static_cast<std::size_t>(span.unit)], span.count);
}

std::string weights_text(const ChannelWeights& weights) {
  return Members()
      .raw("preference", fmt::format("{}", weights.preference))
      .raw("response", fmt::format("{}", weights.response))
      .raw("cost", fmt::format("{}", weights.cost))
      .object();
}

class DraftWriter {
 public:
  explicit DraftWriter(const Draft& draft) : draft_(draft) {}

  std::string run() const {
    Members top;
    top.text("version", draft_.version).text("time_zone", draft_.time_zone);
    top.raw("schema", draft_.schema).raw("segments", segments());
    top.raw("channels", all(draft_.channels)).raw("policies", all(draft_.policies));
    top.raw("contact_rules", all(draft_.contact_rules)).raw("arbitration", arbitration());
    top.raw("propensity", propensities());
    top.raw("holdout", Members()
                           .raw("share", fmt::format("{}", draft_.holdout.share))
                           .text("key", draft_.holdout.key)
                           .object());
    return top.raw("test_users", quoted_list(draft_.test_users)).object();
  }

 private:
  template <class List>
  std::string all(const List& entries) const {
    std::vector<std::string> parts;
    for (const auto& entry : entries) parts.push_back(one(entry));
    return list(parts);
  }

  std::string segments() const {
    Members out;
    for (const Segment& segment : draft_.segments) out.raw(segment.name, in_json(segment.rule));
    return out.object();
  }

  std::string channel_list(const std::vector<ChannelId>& channels) const {
    std::vector<std::string> ids;
    for (const ChannelId channel : channels) ids.push_back(draft_.channels[channel].id);
    return quoted_list(ids);
  }

  std::string one(const Channel& channel) const {
    Members out;
    out.text("id", channel.id).text("name", channel.name).text("kind", name(channel.kind));
    out.number("cost", channel.cost, 0).text("preferred_when", channel.preferred_when);
    if (!channel.hours.empty()) out.raw("hours", hours_list(channel.hours));
    if (channel.classes != 0x3f) out.raw("classes", classes_list(channel.classes));
    return out.object();
  }

  std::string one(const PolicyChannel& own) const {
    return Members()
        .text("id", draft_.channels[own.channel].id)
        .text("script", own.script)
        .number("lever", own.lever, 1)
        .object();
  }

  std::string one(const Policy& policy) const {
    Members out;
    out.text("id", policy.id).raw("name", in_json(policy.name)).text("segment", policy.segment);
    out.text("eligibility", policy.eligibility).text("applicability", policy.applicability);
    out.text("suitability", policy.suitability).text("script", policy.script);
    out.text("state", name(policy.state)).text("class", name(policy.service_class));
    out.number("tier", policy.tier, 1).number("value", policy.value, 0);
    out.number("cost", policy.cost, 0).number("lever", policy.lever, 1);
    out.number("quota", static_cast<double>(policy.quota), 0).number("budget", policy.budget, 0);
    Members valid;
    if (policy.valid.from != no_beginning) valid.text("from", to_string(policy.valid.from));
    if (policy.valid.until != no_end) valid.text("until", to_string(policy.valid.until));
    if (valid.object() != "{}") out.raw("valid", valid.object());
    if (!policy.groups.empty()) out.raw("groups", quoted_list(policy.groups));
    if (!policy.channels.empty()) out.raw("channels", all(policy.channels));
    return out.object();
  }

  std::string one(const ContactRule& rule) const {
    using Kind = ContactRule::Kind;
    Members out;
    out.text("id", rule.id).text("kind", name(rule.kind));
    if (!rule.channels.empty()) out.raw("channels", channel_list(rule.channels));
    if (rule.kind == Kind::cap || rule.kind == Kind::cool_down) {
      out.text("per", name(rule.scope)).text("of", name(rule.counts));
      out.raw("within", span_text(rule.span));
    }
    if (rule.kind == Kind::cap) out.raw("most", fmt::format("{}", rule.most));
    if (rule.kind == Kind::cool_down) out.text("after", name(rule.outcome));
    if (rule.kind == Kind::quiet_hours) out.raw("hours", hours_list(rule.hours));
    if (rule.kind == Kind::do_not_contact) out.text("when", rule.when);
    return out.object();
  }

  std::string one(const ContextWeight& weight) const {
    Members out;
    out.text("when", weight.when).raw("weight", fmt::format("{}", weight.weight));
    std::vector<std::string> ids;
    for (const PolicyId policy : weight.policies) ids.push_back(draft_.policies[policy].id);
    if (!ids.empty()) out.raw("policies", quoted_list(ids));
    if (weight.classes != 0x3f) out.raw("classes", classes_list(weight.classes));
    return out.object();
  }

  std::string arbitration() const {
    const Arbitration& its = draft_.arbitration;
    Members choice;
    choice.text("high_value_when", its.high_value_when);
    choice.raw("high_value", weights_text(its.high_value)).raw("others", weights_text(its.others));
    return Members()
        .raw("primary", fmt::format("{}", its.primary))
        .raw("secondary", fmt::format("{}", its.secondary))
        .raw("context", all(its.context))
        .raw("channel_choice", choice.object())
        .object();
  }

  void add_place(Members& out, PolicyId policy, ChannelId channel) const {
    if (policy != any_policy) out.text("policy", draft_.policies[policy].id);
    if (channel != any_channel) out.text("channel", draft_.channels[channel].id);
  }

  std::string one(const ConstantPropensity& constant) const {
    Members out;
    add_place(out, constant.policy, constant.channel);
    return out.raw("probability", fmt::format("{}", constant.probability)).object();
  }

  std::string one(const LogisticPropensity& logistic) const {
    Members out;
    add_place(out, logistic.policy, logistic.channel);
    out.raw("intercept", fmt::format("{}", logistic.intercept));
    return out.raw("terms", all(logistic.terms)).object();
  }

  std::string one(const LogisticPropensity::Term& term) const {
    const Schema schema = *Schema::from_json(draft_.schema);
    const Tag& tag = schema.tag(term.tag);
    Members out;
    out.text("tag", tag.name).raw("coefficient", fmt::format("{}", term.coefficient));
    if (tag.type == TagType::category || tag.type == TagType::category_set) {
      out.text("category", tag.values[static_cast<std::size_t>(term.category)]);
    }
    return out.number("missing", term.missing, 0).object();
  }

  std::string propensities() const {
    return Members()
        .raw("constants", all(draft_.propensities.constants))
        .raw("logistic", all(draft_.propensities.logistic))
        .object();
  }

  const Draft& draft_;
};

}  // namespace

std::string Draft::to_json() const { return DraftWriter(*this).run(); }

}  // namespace muster::testing
