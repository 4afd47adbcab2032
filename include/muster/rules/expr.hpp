#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "muster/core/error.hpp"
#include "muster/core/export.hpp"
#include "muster/core/limits.hpp"

namespace muster {

/// A rule as written: the syntax tree, before any tag is looked up. It is what `parse` reads,
/// what `tag("arpu_3m") >= 96 && !tag("complained_90d")` (dsl.hpp) builds, and what `to_text`
/// prints. Stored as a postfix tape, so no nesting can overflow a stack. A value type: reading is
/// thread-safe, writing needs the tree to itself.
class MUSTER_EXPORT Expr {
 public:
  enum class Op : std::uint8_t {
    // Leaves. `text` is a name or a string; numbers are in `number`/`integer`.
    tag,      ///< a tag's name
    segment,  ///< SEGMENT(name)
    integer,  ///< 64-bit integer literal
    number,   ///< double literal
    string,   ///< 'text'
    date,     ///< DATE 'YYYY-MM-DD'; `text` holds the day as written
    boolean,  ///< TRUE or FALSE; `integer` is 1 or 0
    null,     ///< NULL
    // Operators over the `arity` expressions just before them.
    days_since,
    days_until,  ///< (date)
    eq,
    ne,
    lt,
    le,
    gt,
    ge,  ///< (left, right)
    in,
    not_in,  ///< (left, items…)
    between,
    not_between,  ///< (value, low, high)
    like,
    not_like,  ///< (value, pattern)
    has_any,
    has_all,  ///< (set, items…)
    is_null,
    is_not_null,  ///< (operand)
    is_true,
    is_not_true,
    is_false,
    is_not_false,
    logical_not,  ///< (operand)
    logical_and,
    logical_or,  ///< (operands…), at least two, flattened
  };

  struct Node {
    Op op = Op::null;
    std::uint32_t arity = 0;       ///< operands; 0 for leaves
    std::uint32_t size = 1;        ///< nodes of this subtree, itself included
    std::uint32_t text_begin = 0;  ///< leaf text in the pool
    std::uint32_t text_size = 0;
    ByteRange range;  ///< in the source text; empty for trees built in C++
    union {
      std::int64_t integer = 0;
      double number;
    };
  };

  /// True of no rule: a new tree, or one cleared.
  bool empty() const noexcept { return nodes_.empty(); }
  /// Postfix order: operands before operators; the root is last.
  std::span<const Node> nodes() const noexcept { return nodes_; }
  std::string_view text(const Node& node) const noexcept {
    return std::string_view(pool_).substr(node.text_begin, node.text_size);
  }

  /// Appends a leaf or, over the last `arity` subtrees, an operator. Used by the parser and the
  /// C++ form. `push_operator` flattens AND in AND and OR in OR. REQUIRES: as many subtrees stand
  /// there; nodes and bytes of text stay below 2^32.
  void push_leaf(Op op, std::string_view text, ByteRange range = {});
  void push_boolean(bool value, ByteRange range = {});
  void push_integer(std::int64_t value, ByteRange range = {});
  void push_number(double value, ByteRange range = {});
  void push_operator(Op op, std::uint32_t arity, ByteRange range = {});
  /// Appends another tree's nodes as one more subtree.
  void append(const Expr& other);
  void clear() noexcept;

  /// Same tree, wherever it was written; source ranges do not count.
  friend MUSTER_EXPORT bool operator==(const Expr& a, const Expr& b) noexcept;

 private:
  std::vector<Node> nodes_;
  std::string pool_;
};

/// Reads a rule. On failure the error's diagnostics hold every finding (the parser goes on
/// after the first where it can) with byte ranges in `text`, and its code is the first one's:
/// syntax, bad_number, bad_date or limit (max_rule_bytes, max_rule_depth, max_rule_literals).
/// O(length). Thread-safe.
MUSTER_EXPORT Result<Expr> parse(std::string_view text, const Limits& limits = {});

/// The same into a tree whose memory is reused, for compiling very many rules. What it holds after
/// a failure is unspecified.
MUSTER_EXPORT Result<void> parse_into(Expr& out, std::string_view text, const Limits& limits = {});

/// The rule as text that parses to an equal tree: keywords in capitals, parentheses only where
/// needed, names quoted only where needed. Empty for an empty tree. O(length).
MUSTER_EXPORT std::string to_text(const Expr& expr);

}  // namespace muster
