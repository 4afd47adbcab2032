#include "plan/unused_tags.hpp"

#include <limits>
#include <string_view>

#include "muster/policy/script.hpp"
#include "rules/derived_inputs.hpp"
#include "rules/like.hpp"

namespace muster {
namespace {

using FindingKind = CatalogueFinding::Kind;
using Of = CatalogueFinding::Of;

/// A catalogue's rules are within the limits that it was read with.
constexpr Limits no_limits{.max_rule_bytes = std::numeric_limits<std::size_t>::max(),
                           .max_rule_depth = std::numeric_limits<std::size_t>::max(),
                           .max_rule_literals = std::numeric_limits<std::size_t>::max()};

/// What the rules of a catalogue name.
class Mentions {
 public:
  explicit Mentions(const Schema& schema)
      : schema_(schema), used_(schema.size()), asked_(schema.size()) {
    for (const Tag& tag : schema.tags()) categories_.emplace_back(tag.values.size());
  }

  void add_rule(std::string_view text) {
    if (text.empty()) return;
    const auto rule = parse(text, no_limits);
    if (!rule) return;
    for (std::size_t i = 0; i < rule->nodes().size(); ++i) add_node(*rule, i);
  }

  void add_script(std::string_view text) {
    const auto script = Script::parse(text, schema_);
    if (!script) return;
    for (const TagId tag : script->tags()) use(tag);
  }

  void add_term(const LogisticPropensity::Term& term) {
    use(term.tag);
    const TagType type = schema_.tag(term.tag).type;
    if (type == TagType::category || type == TagType::category_set) name(term.tag, term.category);
  }

  std::vector<CatalogueFinding> unused() const {
    std::vector<CatalogueFinding> out;
    for (std::uint32_t tag = 0; tag < used_.size(); ++tag) {
      CatalogueFinding finding{.kind = FindingKind::unused_tag, .of = Of::tag, .one = tag};
      if (used_[tag]) {
        if (!asked_[tag]) continue;
        finding.kind = FindingKind::unused_category;
        for (std::size_t code = 0; code < categories_[tag].size(); ++code) {
          if (!categories_[tag][code]) finding.categories.push_back(CategoryCode(code));
        }
        if (finding.categories.empty()) continue;
      }
      out.push_back(std::move(finding));
    }
    return out;
  }

 private:
  void use(TagId tag) {
    used_[static_cast<std::size_t>(tag)] = true;
    for (const TagId input : inputs_of(schema_, tag)) used_[static_cast<std::size_t>(input)] = true;
  }

  void name(TagId tag, CategoryCode category) {
    asked_[static_cast<std::size_t>(tag)] = true;
    categories_[static_cast<std::size_t>(tag)][static_cast<std::size_t>(category)] = true;
  }

  void add_node(const Expr& rule, std::size_t at) {
    const Expr::Node& node = rule.nodes()[at];
    if (node.op == Expr::Op::tag) {
      if (const auto tag = schema_.find(rule.text(node))) {
        use(*tag);
        asked_[static_cast<std::size_t>(*tag)] = true;
      }
    } else if (node.arity >= 2 && node.op != Expr::Op::logical_and &&
               node.op != Expr::Op::logical_or) {
      add_comparison(rule, at);
    }
  }

  // One operand is the tag; the strings beside it are categories.
  void add_comparison(const Expr& rule, std::size_t at) {
    std::vector<Expr::Node> operands;
    for (std::size_t child = at - 1; operands.size() < rule.nodes()[at].arity;) {
      operands.push_back(rule.nodes()[child]);
      child -= rule.nodes()[child].size;
    }
    for (const Expr::Node& operand : operands) {
      if (operand.op != Expr::Op::tag) continue;
      const auto tag = schema_.find(rule.text(operand));
      if (tag) add_categories(rule, rule.nodes()[at].op, *tag, operands);
    }
  }

  void add_categories(const Expr& rule, Expr::Op op, TagId tag,
                      const std::vector<Expr::Node>& operands) {
    for (const Expr::Node& operand : operands) {
      if (operand.op != Expr::Op::string) continue;
      if (op == Expr::Op::like || op == Expr::Op::not_like) {
        add_like(tag, rule.text(operand));
      } else if (const auto code = schema_.find_category(tag, rule.text(operand))) {
        name(tag, *code);
      }
    }
  }

  void add_like(TagId tag, std::string_view pattern) {
    const auto prefix = like_prefix(pattern);
    const auto& values = schema_.tag(tag).values;
    for (std::size_t code = 0; prefix && code < values.size(); ++code) {
      if (values[code].starts_with(*prefix)) name(tag, CategoryCode(code));
    }
  }

  const Schema& schema_;
  std::vector<char> used_;                     // per tag: anything names it
  std::vector<char> asked_;                    // per tag: a rule or propensity names it
  std::vector<std::vector<char>> categories_;  // per tag and category
};

void add_policies(Mentions& mentions, const Catalogue& catalogue) {
  for (const Policy& policy : catalogue.policies()) {
    mentions.add_rule(policy.segment);
    mentions.add_rule(policy.eligibility);
    mentions.add_rule(policy.applicability);
    mentions.add_rule(policy.suitability);
    mentions.add_script(policy.script);
    for (const PolicyChannel& channel : policy.channels) mentions.add_script(channel.script);
  }
}

}  // namespace

std::vector<CatalogueFinding> unused_tags(const Catalogue& catalogue) {
  Mentions mentions(catalogue.schema());
  for (const Segment& segment : catalogue.segments()) mentions.add_rule(segment.rule);
  add_policies(mentions, catalogue);
  for (const Channel& channel : catalogue.channels()) mentions.add_rule(channel.preferred_when);
  for (const ContactRule& rule : catalogue.contact_rules()) mentions.add_rule(rule.when);
  mentions.add_rule(catalogue.arbitration().high_value_when);
  for (const ContextWeight& weight : catalogue.arbitration().context)
    mentions.add_rule(weight.when);
  for (const LogisticPropensity& one : catalogue.propensities().logistic) {
    for (const LogisticPropensity::Term& term : one.terms) mentions.add_term(term);
  }
  return mentions.unused();
}

}  // namespace muster
