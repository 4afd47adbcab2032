#include "decide/prepared_catalogue.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <optional>
#include <unordered_map>

#include "muster/policy/script.hpp"

namespace muster {
namespace {

/// Positions of policies in order of their ids.
std::vector<PolicyId> by_id(const Catalogue& catalogue) {
  const auto policies = catalogue.policies();
  std::vector<PolicyId> order(policies.size());
  std::iota(order.begin(), order.end(), PolicyId{0});
  std::sort(order.begin(), order.end(),
            [&](PolicyId a, PolicyId b) { return policies[a].id < policies[b].id; });
  return order;
}

/// Fills the tables of one catalogue, policy by policy.
class Preparation {
 public:
  Preparation(const Catalogue& catalogue, const CompileOptions& options)
      : catalogue_(catalogue),
        options_(options),
        order_(by_id(catalogue)),
        naming_weights_(weights_by_policy(catalogue.arbitration().context)) {}

  Result<std::shared_ptr<const PreparedCatalogue>> run() {
    std::vector<PreparedPolicy> policies;
    policies.reserve(order_.size());
    for (const PolicyId position : order_) policies.push_back(prepare(position));
    std::vector<PreparedChannel> channels = prepare_channels();
    const ConditionId high_value =
        conditions_.add(catalogue_.arbitration().high_value_when, holds_never);
    ContactRules contact = prepare_contact_rules(catalogue_, conditions_);
    Result<RuleSet> rules = compile();
    if (!rules) return rules.error();
    return std::make_shared<const PreparedCatalogue>(PreparedCatalogue{
        catalogue_, std::move(*rules), first_rule + conditions_.rules().size(), std::move(policies),
        std::move(permitted_).all(), most_channels_, std::move(groups_).all(),
        group_numbers_.size(), std::move(context_).all(), std::move(script_tags_).all(),
        std::move(channels), high_value, std::move(contact), policy_ids(), channel_ids(),
        std::make_shared<const CatalogueModel>(catalogue_)});
  }

 private:
  const Policy& policy_at(PolicyId position) const { return catalogue_.policies()[position]; }

  PreparedPolicy prepare(PolicyId position) {
    const Policy& policy = policy_at(position);
    PreparedPolicy out;
    out.valid = policy.valid;
    out.value = policy.value;
    out.lever = policy.lever;
    out.cost = policy.cost;
    out.budget = policy.budget;
    out.quota = policy.quota;
    out.position = position;
    out.tier = policy.tier;
    out.state = policy.state;
    out.eligibility = conditions_.add(policy.eligibility, holds_always);
    out.applicability = conditions_.add(policy.applicability, holds_always);
    out.suitability = conditions_.add(policy.suitability, holds_always);
    out.is_plain = policy.state == PolicyState::released && policy.quota == 0 && policy.budget == 0;
    out.channels = add_channels(policy);
    out.groups = add_groups(policy);
    for (const std::uint32_t group : part(groups_.all(), out.groups)) {
      out.group_marks |= mark_of(group);
    }
    out.context = add_context(policy, position);
    out.script_tags = add_script_tags(policy);
    return out;
  }

  Stretch add_channels(const Policy& policy) {
    const std::vector<PermittedChannel> channels = permitted_channels(catalogue_, policy);
    most_channels_ = std::max(most_channels_, channels.size());
    return permitted_.add(channels);
  }

  Stretch add_groups(const Policy& policy) {
    std::vector<std::uint32_t> numbers;
    for (const std::string& group : policy.groups) {
      const auto next = static_cast<std::uint32_t>(group_numbers_.size());
      numbers.push_back(group_numbers_.try_emplace(group, next).first->second);
    }
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    return groups_.add(numbers);
  }

  /// Which weights name a policy, ascending.
  static std::unordered_map<PolicyId, std::vector<std::size_t>> weights_by_policy(
      const std::vector<ContextWeight>& weights) {
    std::unordered_map<PolicyId, std::vector<std::size_t>> out;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      for (const PolicyId policy : weights[i].policies) out[policy].push_back(i);
    }
    return out;
  }

  /// Policies that no weight names share the list of their class.
  Stretch add_context(const Policy& policy, PolicyId position) {
    const auto named = naming_weights_.find(position);
    auto& shared = context_of_class_[static_cast<std::size_t>(policy.service_class)];
    if (named == naming_weights_.end() && shared) return *shared;
    const auto& weights = catalogue_.arbitration().context;
    std::vector<PreparedWeight> own;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const ContextWeight& one = weights[i];
      if ((one.classes >> static_cast<unsigned>(policy.service_class) & 1) == 0) continue;
      const bool here = named != naming_weights_.end() &&
                        std::binary_search(named->second.begin(), named->second.end(), i);
      if (!one.policies.empty() && !here) continue;
      own.push_back({conditions_.add(one.when, holds_always), one.weight});
    }
    const Stretch added = context_.add(own);
    if (named == naming_weights_.end()) shared = added;
    return added;
  }

  Stretch add_script_tags(const Policy& policy) {
    std::vector<TagId> tags;
    add_tags(tags, policy.script);
    for (const PolicyChannel& channel : policy.channels) add_tags(tags, channel.script);
    std::sort(tags.begin(), tags.end());
    tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
    return script_tags_.add(tags);
  }

  void add_tags(std::vector<TagId>& tags, const std::string& text) const {
    if (text.find('{') == std::string::npos) return;
    const Result<Script> script = Script::parse(text, catalogue_.schema());
    if (!script) return;  // it was right when read
    tags.insert(tags.end(), script->tags().begin(), script->tags().end());
  }

  std::vector<PreparedChannel> prepare_channels() {
    double dearest = 0;
    for (const Channel& channel : catalogue_.channels()) dearest = std::max(dearest, channel.cost);
    std::vector<PreparedChannel> out;
    for (const Channel& channel : catalogue_.channels()) {
      out.push_back({conditions_.add(channel.preferred_when, holds_never), channel.cost,
                     dearest > 0 ? channel.cost / dearest : 0});
    }
    return out;
  }

  Result<RuleSet> compile() const {
    RuleSetBuilder builder = catalogue_.rule_builder();
    for (const PolicyId position : order_) {
      if (auto added = builder.add(policy_at(position).segment); !added) return added.error();
    }
    for (const std::string_view rule : conditions_.rules()) {
      if (auto added = builder.add(rule); !added) return added.error();
    }
    return std::move(builder).compile(options_);
  }

  IdTable policy_ids() const {
    std::vector<std::string_view> ids;
    for (const PolicyId position : order_) ids.push_back(policy_at(position).id);
    return IdTable(ids);
  }

  IdTable channel_ids() const {
    std::vector<std::string_view> ids;
    for (const Channel& channel : catalogue_.channels()) ids.push_back(channel.id);
    return IdTable(ids);
  }

  const Catalogue& catalogue_;
  const CompileOptions& options_;
  std::vector<PolicyId> order_;
  std::unordered_map<PolicyId, std::vector<std::size_t>> naming_weights_;
  ConditionList conditions_;
  SharedLists<PermittedChannel> permitted_;
  std::size_t most_channels_ = 0;
  SharedLists<std::uint32_t> groups_;
  std::map<std::string_view, std::uint32_t> group_numbers_;
  SharedLists<PreparedWeight> context_;
  SharedLists<TagId> script_tags_;
  std::array<std::optional<Stretch>, service_classes> context_of_class_;
};

}  // namespace

Result<std::shared_ptr<const PreparedCatalogue>> PreparedCatalogue::make(
    const Catalogue& catalogue, const CompileOptions& options) {
  return Preparation(catalogue, options).run();
}

}  // namespace muster
