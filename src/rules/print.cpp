#include <fmt/format.h>

#include <cmath>

#include "core/token.hpp"
#include "muster/rules/expr.hpp"

namespace muster {
namespace {

using Op = Expr::Op;
using Node = Expr::Node;

/// How tightly an expression holds together.
enum class Binding : std::uint8_t { disjunction, conjunction, negation, comparison, leaf };

Binding binding(const Node& node) {
  switch (node.op) {
    case Op::logical_or:
      return Binding::disjunction;
    case Op::logical_and:
      return Binding::conjunction;
    case Op::logical_not:
      return Binding::negation;
    case Op::days_since:
    case Op::days_until:
      return Binding::leaf;
    default:
      return node.arity == 0 ? Binding::leaf : Binding::comparison;
  }
}

/// The loosest operand that an operator takes without parentheses.
Binding loosest_operand(Op op) {
  switch (op) {
    case Op::logical_or:
      return Binding::conjunction;
    case Op::logical_and:
    case Op::logical_not:
      return Binding::negation;
    case Op::is_null:
    case Op::is_not_null:
    case Op::is_true:
    case Op::is_not_true:
    case Op::is_false:
    case Op::is_not_false:
      return Binding::comparison;
    default:
      return Binding::leaf;
  }
}

std::string_view before(Op op) {
  switch (op) {
    case Op::logical_not:
      return "NOT ";
    case Op::days_since:
      return "days_since(";
    case Op::days_until:
      return "days_until(";
    default:
      return {};
  }
}

/// What stands after operand `index`, which is not the last.
std::string_view between(Op op, std::uint32_t index) {
  const bool first = index == 0;
  switch (op) {
    case Op::eq:
      return " = ";
    case Op::ne:
      return " <> ";
    case Op::lt:
      return " < ";
    case Op::le:
      return " <= ";
    case Op::gt:
      return " > ";
    case Op::ge:
      return " >= ";
    case Op::in:
      return first ? " IN (" : ", ";
    case Op::not_in:
      return first ? " NOT IN (" : ", ";
    case Op::has_any:
      return first ? " HAS ANY (" : ", ";
    case Op::has_all:
      return first ? " HAS ALL (" : ", ";
    case Op::between:
      return first ? " BETWEEN " : " AND ";
    case Op::not_between:
      return first ? " NOT BETWEEN " : " AND ";
    case Op::like:
      return " LIKE ";
    case Op::not_like:
      return " NOT LIKE ";
    case Op::logical_and:
      return " AND ";
    default:
      return " OR ";
  }
}

std::string_view after(Op op) {
  switch (op) {
    case Op::is_null:
      return " IS NULL";
    case Op::is_not_null:
      return " IS NOT NULL";
    case Op::is_true:
      return " IS TRUE";
    case Op::is_not_true:
      return " IS NOT TRUE";
    case Op::is_false:
      return " IS FALSE";
    case Op::is_not_false:
      return " IS NOT FALSE";
    case Op::days_since:
    case Op::days_until:
    case Op::in:
    case Op::not_in:
    case Op::has_any:
    case Op::has_all:
      return ")";
    default:
      return {};
  }
}

// The fewest digits that read back as the same double, and never as an integer.
void append_number(std::string& out, double number) {
  if (std::isinf(number)) {  // too large to be written down; the text is refused when it is read
    out += number > 0 ? "1e999" : "-1e999";
    return;
  }
  const std::size_t begin = out.size();
  fmt::format_to(std::back_inserter(out), "{}", number);
  if (out.find_first_of(".e", begin) == out.npos) out += ".0";
}

void append_leaf(std::string& out, const Expr& expr, const Node& node) {
  switch (node.op) {
    case Op::tag:
      return append_name(out, expr.text(node));
    case Op::segment:
      out += "SEGMENT(";
      append_name(out, expr.text(node));
      out += ')';
      return;
    case Op::integer:
      fmt::format_to(std::back_inserter(out), "{}", node.integer);
      return;
    case Op::number:
      return append_number(out, node.number);
    case Op::date:
      out += "DATE ";
      [[fallthrough]];
    case Op::string:
      return append_string(out, expr.text(node));
    case Op::boolean:
      out += node.integer != 0 ? "TRUE" : "FALSE";
      return;
    default:
      out += "NULL";
  }
}

/// Writes infix text in one pass over the postfix tape, without recursion: each node knows its
/// parent and which operand of it it is, so every operator can say its piece in time.
class Printer {
 public:
  explicit Printer(const Expr& expr) : expr_(expr), nodes_(expr.nodes()), places_(nodes_.size()) {
    for (std::size_t i = nodes_.size(); i-- > 0;) place_operands(i);
  }

  std::string print() && {
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (nodes_[i].arity == 0) open(i);
      close(i);
    }
    return std::move(out_);
  }

 private:
  static constexpr std::uint32_t no_parent = 0xffffffff;
  struct Place {
    std::uint32_t parent = no_parent;
    std::uint32_t index = 0;  // among the parent's operands
    bool parentheses = false;
  };

  void place_operands(std::size_t parent) {
    const Node& root = nodes_[parent];
    std::size_t operand = parent - 1;
    for (std::uint32_t index = root.arity; index-- > 0; operand -= nodes_[operand].size) {
      places_[operand] = {static_cast<std::uint32_t>(parent), index,
                          binding(nodes_[operand]) < loosest_operand(root.op)};
    }
  }

  // Everything that begins with this leaf, outermost first, then the leaf.
  void open(std::size_t leaf) {
    beginning_.clear();
    std::size_t node = leaf;
    for (;; node = places_[node].parent) {
      beginning_.push_back(node);
      if (places_[node].index != 0 || places_[node].parent == no_parent) break;
    }
    for (std::size_t i = beginning_.size(); i-- > 0;) {
      if (places_[beginning_[i]].parentheses) out_ += '(';
      out_ += before(nodes_[beginning_[i]].op);
    }
    append_leaf(out_, expr_, nodes_[leaf]);
  }

  void close(std::size_t node) {
    const Place& place = places_[node];
    out_ += after(nodes_[node].op);
    if (place.parentheses) out_ += ')';
    if (place.parent == no_parent) return;
    const Node& parent = nodes_[place.parent];
    if (place.index + 1 < parent.arity) out_ += between(parent.op, place.index);
  }

  const Expr& expr_;
  std::span<const Node> nodes_;
  std::vector<Place> places_;
  std::vector<std::size_t> beginning_;
  std::string out_;
};

}  // namespace

std::string to_text(const Expr& expr) { return Printer(expr).print(); }

}  // namespace muster
