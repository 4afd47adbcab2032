// Criteria as rules. A criterion is either the text of one of a policy's four rules, as
// to_tmf671 writes it, or a comparison, which is part of the segment: {"criteriaParameter":
// "plan_fee", "criteriaOperator": ">=", "criteriaValue": "96"} is plan_fee >= 96.

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "core/diagnostics.hpp"
#include "core/json_values.hpp"
#include "muster/rules/expr.hpp"
#include "policy/tmf671_reader.hpp"
#include "policy/tmf671_words.hpp"

namespace muster::tmf671 {
namespace {

constexpr std::string_view group_keys[] = {"id", "criteriaLogicalRelationship", "groupName",
                                           "criteria"};
constexpr std::string_view criterion_keys[] = {"id", "criteriaOperator", "criteriaParameter",
                                               "criteriaValue"};
constexpr std::string_view operators[] = {"=", "<>", "<", "<=", ">", ">=", rule_operator};
constexpr Expr::Op comparisons[] = {Expr::Op::eq, Expr::Op::ne, Expr::Op::lt,
                                    Expr::Op::le, Expr::Op::gt, Expr::Op::ge};
constexpr std::size_t rule_position = std::size(comparisons);

/// Texts of the four rules; empty where nothing is said.
using Rules = std::array<std::string, rule_count>;

/// The whole text as a number that JSON could hold: "007" and "inf" are no numbers.
template <class Number>
std::optional<Number> number_of(std::string_view text) {
  const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
  if (digits.empty() || digits[0] < '0' || digits[0] > '9') return std::nullopt;
  if (digits.size() > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9') {
    return std::nullopt;
  }
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

void push_constant(Expr& expr, std::string_view text) {
  if (const auto integer = number_of<std::int64_t>(text)) return expr.push_integer(*integer);
  if (const auto number = number_of<double>(text)) return expr.push_number(*number);
  if (text == "true" || text == "false") return expr.push_boolean(text == "true");
  expr.push_leaf(Expr::Op::string, text);
}

std::string comparison(std::string_view tag, Expr::Op op, std::string_view value) {
  Expr expr;
  expr.push_leaf(Expr::Op::tag, tag);
  push_constant(expr, value);
  expr.push_operator(op, 2);
  return to_text(expr);
}

/// A rule's text, checked where it stands.
std::string read_rule(JsonNode node, Reading& reading) {
  const std::string_view text = node.string();
  if (const auto parsed = parse(text, reading.limits); !parsed) {
    for (Diagnostic finding : parsed.error().diagnostics) {
      finding.range = node.source_range(finding.range);
      reading.findings.push_back(std::move(finding));
    }
    if (parsed.error().diagnostics.empty()) {
      reading.note(parsed.error().code, node.range(), parsed.error().message);
    }
  }
  return std::string(text);
}

Rules read_criterion(JsonNode node, Reading& reading) {
  Rules rules;
  JsonObject object = open_object(node, "a criterion", criterion_keys, reading);
  const auto parameter = object.require_string("criteriaParameter");
  const auto operator_node = object.require("criteriaOperator");
  const auto value = object.require_string("criteriaValue");
  if (!operator_node) return rules;
  const auto op = read_word(*operator_node, "'criteriaOperator'", operators, reading.findings);
  // No comparison is nearly another: who writes '==' does not mean '<='.
  if (!op && reading.findings.back().suggestion != rule_operator) {
    reading.findings.back().suggestion.clear();
  }
  if (!parameter || !op || !value) return rules;
  const JsonNode parameter_node = *object.find("criteriaParameter");
  if (*op == rule_position) {
    const auto rule =
        read_word(parameter_node, "'criteriaParameter'", rule_names, reading.findings);
    if (rule) rules[*rule] = read_rule(*object.find("criteriaValue"), reading);
  } else if (parameter->empty()) {
    reading.note(Errc::bad_setting, parameter_node.range(), "'criteriaParameter' may not be empty");
  } else {
    rules[0] = comparison(*parameter, comparisons[*op], *value);
  }
  return rules;
}

/// Texts joined, each in parentheses, or the only one as it is.
class Joined {
 public:
  void add(const std::string& text, std::string_view relation) {
    if (text.empty()) return;
    if (++count_ == 1) {
      text_ = text;
      return;
    }
    if (count_ == 2) text_.insert(0, 1, '(').append(1, ')');
    fmt::format_to(std::back_inserter(text_), " {} ({})", relation, text);
  }
  std::size_t count() const { return count_; }
  std::string take() { return std::move(text_); }

 private:
  std::size_t count_ = 0;
  std::string text_;
};

/// What the entries of a list say together.
template <class Read>
Rules read_joined(JsonNode list, std::string_view what, std::string_view relation, Read read,
                  Reading& reading) {
  Rules rules;
  if (!expect_entries(list, what, reading.findings)) return rules;
  std::array<Joined, rule_count> joined;
  for (const JsonNode entry : list.elements()) {
    const Rules some = read(entry);
    for (std::size_t i = 0; i < rule_count; ++i) joined[i].add(some[i], relation);
  }
  std::size_t used = 0;
  for (std::size_t i = 0; i < rule_count; ++i) {
    used += joined[i].count() > 0;
    rules[i] = joined[i].take();
  }
  if (relation == "OR" && used > 1) {
    reading.note(Errc::bad_setting, list.range(),
                 fmt::format("{} of several rules of a policy can not be joined by OR", what));
  }
  return rules;
}

Rules read_group(JsonNode node, Reading& reading) {
  JsonObject object = open_object(node, "a criteria group", group_keys, reading);
  const auto relation = read_relation(object, "criteriaLogicalRelationship", reading);
  const auto criteria = object.require("criteria");
  if (!criteria) return {};
  return read_joined(
      *criteria, "'criteria'", relation,
      [&](JsonNode criterion) { return read_criterion(criterion, reading); }, reading);
}

}  // namespace

std::string_view read_relation(const JsonObject& object, std::string_view key, Reading& reading) {
  constexpr std::string_view relations[] = {"AND", "OR"};
  const auto node = object.find(key);
  if (!node) return relations[0];
  const auto found = read_word(*node, in_quotes(key), relations, reading.findings);
  return relations[found.value_or(0)];
}

void read_criteria(JsonNode groups, std::string_view relation, Policy& policy, Reading& reading) {
  const std::size_t findings = reading.findings.size();
  Rules rules = read_joined(
      groups, "'criteriaGroup'", relation,
      [&](JsonNode group) { return read_group(group, reading); }, reading);
  if (reading.findings.size() != findings) return;
  if (rules[0].empty()) {
    reading.note(Errc::json_missing_key, groups.range(),
                 "a promotion needs a criterion for its segment");
  }
  for (std::size_t i = 0; i < rule_count; ++i) {
    if (rules[i].empty()) continue;
    // Each part keeps the limits of a rule; joined they may pass them.
    if (const auto whole = parse(rules[i], reading.limits); !whole) {
      reading.note(whole.error().code, groups.range(),
                   fmt::format("criteria for '{}': {}", rule_names[i], whole.error().message));
    }
    policy.*rule_members[i] = std::move(rules[i]);
  }
}

}  // namespace muster::tmf671
