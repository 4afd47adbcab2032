#include <fmt/format.h>

#include <cmath>

#include "core/token.hpp"
#include "muster/rules/expr.hpp"

namespace muster {
namespace {

using ExprOp = Expr::Op;
using Node = Expr::Node;

/// How tightly an expression holds together.
enum class Tightness : std::uint8_t { disjunction, conjunction, negation, comparison, leaf };

Tightness binding(const Node& node) {
  switch (node.op) {
    case ExprOp::logical_or:
      return Tightness::disjunction;
    case ExprOp::logical_and:
      return Tightness::conjunction;
    case ExprOp::logical_not:
      return Tightness::negation;
    case ExprOp::days_since:
    case ExprOp::days_until:
      return Tightness::leaf;
    default:
      return node.arity == 0 ? Tightness::leaf : Tightness::comparison;
  }
}

/// The loosest operand that an operator takes without parentheses.
Tightness loosest_operand(ExprOp op) {
  switch (op) {
    case ExprOp::logical_or:
      return Tightness::conjunction;
    case ExprOp::logical_and:
    case ExprOp::logical_not:
      return Tightness::negation;
    case ExprOp::is_null:
    case ExprOp::is_not_null:
    case ExprOp::is_true:
    case ExprOp::is_not_true:
    case ExprOp::is_false:
    case ExprOp::is_not_false:
      return Tightness::comparison;
    default:
      return Tightness::leaf;
  }
}

std::string_view before(ExprOp op) {
  switch (op) {
    case ExprOp::logical_not:
      return "NOT ";
    case ExprOp::days_since:
      return "days_since(";
    case ExprOp::days_until:
      return "days_until(";
    default:
      return {};
  }
}

/// What stands after operand `index`, which is not the last.
std::string_view between(ExprOp op, std::uint32_t index) {
  const bool first = index == 0;
  switch (op) {
    case ExprOp::eq:
      return " = ";
    case ExprOp::ne:
      return " <> ";
    case ExprOp::lt:
      return " < ";
    case ExprOp::le:
      return " <= ";
    case ExprOp::gt:
      return " > ";
    case ExprOp::ge:
      return " >= ";
    case ExprOp::in:
      return first ? " IN (" : ", ";
    case ExprOp::not_in:
      return first ? " NOT IN (" : ", ";
    case ExprOp::has_any:
      return first ? " HAS ANY (" : ", ";
    case ExprOp::has_all:
      return first ? " HAS ALL (" : ", ";
    case ExprOp::between:
      return first ? " BETWEEN " : " AND ";
    case ExprOp::not_between:
      return first ? " NOT BETWEEN " : " AND ";
    case ExprOp::like:
      return " LIKE ";
    case ExprOp::not_like:
      return " NOT LIKE ";
    case ExprOp::logical_and:
      return " AND ";
    default:
      return " OR ";
  }
}

std::string_view after(ExprOp op) {
  switch (op) {
    case ExprOp::is_null:
      return " IS NULL";
    case ExprOp::is_not_null:
      return " IS NOT NULL";
    case ExprOp::is_true:
      return " IS TRUE";
    case ExprOp::is_not_true:
      return " IS NOT TRUE";
    case ExprOp::is_false:
      return " IS FALSE";
    case ExprOp::is_not_false:
      return " IS NOT FALSE";
    case ExprOp::days_since:
    case ExprOp::days_until:
    case ExprOp::in:
    case ExprOp::not_in:
    case ExprOp::has_any:
    case ExprOp::has_all:
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
    case ExprOp::tag:
      return append_name(out, expr.text(node));
    case ExprOp::segment:
      out += "SEGMENT(";
      append_name(out, expr.text(node));
      out += ')';
      return;
    case ExprOp::integer:
      fmt::format_to(std::back_inserter(out), "{}", node.integer);
      return;
    case ExprOp::number:
      return append_number(out, node.number);
    case ExprOp::date:
      out += "DATE ";
      [[fallthrough]];
    case ExprOp::string:
      return append_string(out, expr.text(node));
    case ExprOp::boolean:
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
