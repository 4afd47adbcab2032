#include "policy/catalogue_hash.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <concepts>
#include <type_traits>

namespace muster {
namespace {

/// Hashes values one after another, lists and texts with their lengths: what is said differently
/// is hashed differently.
class CatalogueHash {
 public:
  explicit CatalogueHash(const CatalogueText& text) : text_(text) { XXH3_64bits_reset(&state_); }

  std::uint64_t run() {
    add_all(text_.version, text_.time_zone.name(), text_.currency, text_.schema->to_json());
    add_sorted(text_.segments, &Segment::name);
    add_list(text_.channels);
    for (std::size_t i = 0; i < service_classes * channel_kinds; ++i) {
      add(text_.class_table.may_carry(static_cast<ChannelKind>(i % channel_kinds),
                                      static_cast<ServiceClass>(i / channel_kinds)));
    }
    add_sorted(text_.policies, &Policy::id);
    add_list(text_.contact_rules);
    add(text_.arbitration);
    add_list(text_.propensities.constants);
    add_list(text_.propensities.logistic);
    add_all(text_.holdout.share, text_.holdout.key);
    add_list(text_.test_users);
    add_list(text_.monitors);
    return XXH3_64bits_digest(&state_);
  }

 private:
  template <class... Values>
  void add_all(const Values&... values) {
    (add(values), ...);
  }
  template <class List>
  void add_list(const List& list) {
    add(list.size());
    for (const auto& value : list) add(value);
  }
  template <class Entry>
  void add_sorted(const std::vector<Entry>& list, std::string Entry::*name) {
    std::vector<const Entry*> sorted;
    for (const Entry& entry : list) sorted.push_back(&entry);
    std::sort(sorted.begin(), sorted.end(),
              [&](const Entry* a, const Entry* b) { return a->*name < b->*name; });
    add(sorted.size());
    for (const Entry* entry : sorted) add(*entry);
  }

  void bytes(const void* data, std::size_t size) { XXH3_64bits_update(&state_, data, size); }
  template <class Scalar>
  requires std::integral<Scalar> || std::is_enum_v<Scalar>
  void add(Scalar value) {
    const auto wide = static_cast<std::uint64_t>(value);
    bytes(&wide, sizeof wide);
  }
  void add(double value) { add(std::bit_cast<std::uint64_t>(value)); }
  void add(std::string_view value) {
    add(value.size());
    bytes(value.data(), value.size());
  }
  void add(const std::string& value) { add(std::string_view(value)); }

  void add(const Segment& segment) { add_all(segment.name, segment.rule); }
  void add(const Hours& hours) { add_all(hours.days, hours.from, hours.until); }
  void add(const Channel& channel) {
    add_all(channel.id, channel.name, channel.kind, channel.active, channel.cost,
            channel.daily_capacity, channel.classes, channel.preferred_when);
    add_list(channel.hours);
  }
  void add(const PolicyChannel& channel) {
    add_all(channel.channel, channel.script, channel.lever);
  }
  void add(const Policy& policy) {
    add_all(policy.id, policy.name, policy.segment, policy.description, policy.eligibility,
            policy.applicability, policy.suitability, policy.offering, policy.state,
            policy.service_class, policy.tier, policy.value, policy.cost, policy.lever,
            policy.valid.from.seconds, policy.valid.until.seconds, policy.quota, policy.budget,
            policy.script);
    add_list(policy.groups);
    add_list(policy.channels);
  }
  void add(const ContactRule& rule) {
    add_all(rule.id, rule.kind, rule.scope, rule.counts, rule.span.unit, rule.span.count, rule.most,
            rule.outcome, rule.when);
    add_list(rule.channels);
    add_list(rule.hours);
  }
  void add(const ChannelWeights& weights) {
    add_all(weights.preference, weights.response, weights.cost);
  }
  void add(const ContextWeight& context) {
    add_all(context.when, context.weight, context.classes);
    add_ids(context.policies);
  }
  void add(const Arbitration& arbitration) {
    add_all(arbitration.primary, arbitration.secondary, arbitration.high_value_when,
            arbitration.high_value, arbitration.others);
    add_list(arbitration.context);
  }
  void add(const ConstantPropensity& constant) {
    add_all(id_of(constant.policy), constant.channel, constant.probability);
  }
  void add(const LogisticPropensity& logistic) {
    add_all(id_of(logistic.policy), logistic.channel, logistic.intercept);
    add_list(logistic.terms);
  }
  void add(const LogisticPropensity::Term& term) {
    add_all(term.tag, term.category, term.coefficient, term.missing);
  }

  void add(const RateMonitor& monitor) {
    add_all(monitor.id, monitor.rate, monitor.target, monitor.slack, monitor.threshold,
            monitor.least);
    add_ids(monitor.policies);
    add_list(monitor.channels);
  }

  void add_ids(const std::vector<PolicyId>& policies) {
    std::vector<std::string_view> ids;
    for (const PolicyId policy : policies) ids.push_back(id_of(policy));
    std::sort(ids.begin(), ids.end());
    add_list(ids);
  }
  /// Policies go by id, as their positions depend on their order; no policy's id is empty.
  std::string_view id_of(PolicyId policy) const {
    return policy == any_policy ? std::string_view() : text_.policies[policy].id;
  }

  const CatalogueText& text_;
  XXH3_state_t state_;
};

}  // namespace

std::uint64_t hash_of(const CatalogueText& text) { return CatalogueHash(text).run(); }

}  // namespace muster
