#include "match/explain_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tags/predicate_text.hpp"

namespace muster {
namespace {

/// The operands of a node, first to last.
std::vector<std::size_t> operands_of(const Expr& expr, std::size_t node) {
  std::vector<std::size_t> out(expr.nodes()[node].arity);
  std::size_t operand = node - 1;
  for (std::size_t i = out.size(); i > 0; --i) {
    out[i - 1] = operand;
    operand -= expr.nodes()[operand].size;
  }
  return out;
}

void append_node(Expr& out, const Expr& from, const Expr::Node& node) {
  if (node.arity > 0) return out.push_operator(node.op, node.arity);
  switch (node.op) {
    case Expr::Op::boolean:
      return out.push_boolean(node.integer != 0);
    case Expr::Op::integer:
      return out.push_integer(node.integer);
    case Expr::Op::number:
      return out.push_number(node.number);
    default:
      return out.push_leaf(node.op, from.text(node));
  }
}

Expr subtree(const Expr& expr, std::size_t root) {
  Expr out;
  const auto nodes = expr.nodes().subspan(root + 1 - expr.nodes()[root].size);
  for (const Expr::Node& node : nodes.first(expr.nodes()[root].size)) append_node(out, expr, node);
  return out;
}

Expr negation_of(Expr expr) {
  expr.push_operator(Expr::Op::logical_not, 1);
  return expr;
}

/// SQL's AND, or (`decisive` TRUE) its OR, one operand more.
std::optional<bool> joined(std::optional<bool> a, std::optional<bool> b, bool decisive) {
  if (a == decisive || b == decisive) return decisive;
  return a && b ? std::optional(!decisive) : std::nullopt;
}

/// A number for people: three digits after the point, or three that count where it is small.
Number rounded(Number number) {
  const double value = number.to_double();
  if (number.beyond_double() || !std::isfinite(value) || std::round(value) == value) return number;
  if (std::abs(value) >= 1) return Number(std::round(value * 1e3) / 1e3);
  const double unit = std::pow(10.0, 2 - std::floor(std::log10(std::abs(value))));
  return Number(std::round(value * unit) / unit);
}

class PartWriter {
 public:
  PartWriter(Checker& checker, const UserView& user, Date today)
      : checker_(checker), user_(user), today_(today) {}

  std::optional<bool> write(const Expr& expr, std::size_t node, std::uint32_t depth,
                            bool negated = false) {
    const Expr::Op op = expr.nodes()[node].op;
    if (op == Expr::Op::logical_not) {
      const Expr::Op inner = expr.nodes()[node - 1].op;
      const bool opens = inner == Expr::Op::logical_and || inner == Expr::Op::logical_or ||
                         inner == Expr::Op::segment || inner == Expr::Op::logical_not;
      if (opens) return write(expr, node - 1, depth, !negated);
    }
    if (op == Expr::Op::logical_and || op == Expr::Op::logical_or)
      return join(expr, node, depth, negated);
    if (op == Expr::Op::segment) return segment(expr, node, depth, negated);
    return condition(expr, node, depth, negated);
  }

  std::vector<ExplainedPart> take() { return std::move(parts_); }

 private:
  std::optional<bool> join(const Expr& expr, std::size_t node, std::uint32_t depth, bool negated) {
    const bool all = expr.nodes()[node].op == Expr::Op::logical_and;
    const std::size_t at =
        add(all ? ExplainedPart::Kind::all_of : ExplainedPart::Kind::any_of, depth, negated);
    parts_[at].text = text(expr, node, negated);
    std::optional<bool> truth = all;
    for (const std::size_t operand : operands_of(expr, node)) {
      truth = joined(truth, write(expr, operand, depth + 1), !all);
    }
    return settle(at, truth);
  }

  std::optional<bool> segment(const Expr& expr, std::size_t node, std::uint32_t depth,
                              bool negated) {
    const std::size_t at = add(ExplainedPart::Kind::segment, depth, negated);
    parts_[at].text = text(expr, node, false);
    const auto number = checker_.find_segment(expr.text(expr.nodes()[node]));
    const Expr& rule = checker_.segment_rule(*number);
    return settle(at, write(rule, rule.nodes().size() - 1, depth + 1));
  }

  std::optional<bool> condition(const Expr& expr, std::size_t node, std::uint32_t depth,
                                bool negated) {
    const std::size_t at = add(ExplainedPart::Kind::condition, depth, false);
    Expr asked = subtree(expr, node);
    if (negated) asked = negation_of(std::move(asked));
    parts_[at].text = to_text(asked);
    parts_[at].actual = actual(asked);
    if (is_true(asked)) return parts_[at].truth = true;
    if (is_true(negation_of(std::move(asked)))) parts_[at].truth = false;
    return parts_[at].truth;
  }

  std::size_t add(ExplainedPart::Kind kind, std::uint32_t depth, bool negated) {
    ExplainedPart part;
    part.kind = kind;
    part.depth = depth;
    part.negated = negated;
    parts_.push_back(std::move(part));
    return parts_.size() - 1;
  }

  std::optional<bool> settle(std::size_t at, std::optional<bool> truth) {
    if (truth && parts_[at].negated) truth = !*truth;
    return parts_[at].truth = truth;
  }

  static std::string text(const Expr& expr, std::size_t node, bool negated) {
    const Expr part = subtree(expr, node);
    return to_text(negated ? negation_of(part) : part);
  }

  bool is_true(const Expr& expr) {
    const Formula formula = formula_of(expr);
    return holds(formula, checker_.predicates(), user_, today_);
  }

  Formula formula_of(const Expr& expr) {
    const auto checked = checker_.check(expr);
    const auto spelt = checked ? checker_.spell_out(checked->formula) : checked.error();
    return spelt ? *spelt : Formula{};
  }

  /// "is 59"; where several tags are asked at once, "a is 59, b is NULL".
  std::string actual(const Expr& asked) {
    std::vector<TagId> tags;
    bool days = false;
    for (const Expr::Node& node : asked.nodes()) {
      days = days || node.op == Expr::Op::days_since || node.op == Expr::Op::days_until;
      if (node.op != Expr::Op::tag) continue;
      const auto tag = checker_.schema().find(asked.text(node));
      if (tag && std::find(tags.begin(), tags.end(), *tag) == tags.end()) tags.push_back(*tag);
    }
    std::string out;
    for (const TagId tag : tags) {
      const Cell cell = shown(asked, tag, value_of(checker_.schema(), user_, tag));
      if (!out.empty()) out += ", ";
      if (tags.size() > 1) out += checker_.schema().tag(tag).name + " ";
      out += "is " + actual_text(checker_.schema(), tag, cell, days, today_);
    }
    return out;
  }

  /// Long numbers are rounded where that does not look like another answer.
  Cell shown(const Expr& asked, TagId tag, const Cell& cell) {
    const Number* number = std::get_if<Number>(&cell);
    if (!number) return cell;
    const Cell other{rounded(*number)};
    for (const Formula::Node& node : formula_of(asked).nodes) {
      if (node.op != Formula::Op::predicate) continue;
      const Predicate& predicate = checker_.predicates()[PredicateId{node.id}];
      if (predicate.tag != tag) continue;
      if (holds(predicate, cell, today_) != holds(predicate, other, today_)) return cell;
    }
    return other;
  }

  Checker& checker_;
  const UserView& user_;
  Date today_;
  std::vector<ExplainedPart> parts_;
};

}  // namespace

std::vector<ExplainedPart> explain_parts(Checker& checker, std::string_view rule,
                                         const UserView& user, Date today) {
  Limits unlimited;  // the checker's own have let the rule pass
  unlimited.max_rule_bytes = unlimited.max_rule_depth = unlimited.max_rule_literals =
      ~std::size_t{0};
  const auto parsed = parse(rule, unlimited);
  if (!parsed) return {};
  PartWriter writer(checker, user, today);
  writer.write(*parsed, parsed->nodes().size() - 1, 0);
  return writer.take();
}

std::string actual_text(const Schema& schema, TagId tag, const Cell& cell, bool days, Date today) {
  std::string text = cell_text(schema, tag, cell);
  const Date* date = std::get_if<Date>(&cell);
  if (!date || !days) return text;
  const std::int64_t count = std::int64_t{date->days} - today.days;
  const char* unit = count == 1 || count == -1 ? "day" : "days";
  if (count < 0) return fmt::format("{}, {} {} ago", text, -count, unit);
  return fmt::format("{}, in {} {}", text, count, unit);
}

}  // namespace muster
