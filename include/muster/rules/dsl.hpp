#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "muster/core/date.hpp"
#include "muster/rules/expr.hpp"

/// Rules written in C++: `tag("arpu_3m") >= 96 && !tag("complained_90d")` is the tree that
/// `parse("arpu_3m >= 96 AND NOT complained_90d")` gives. Names and types are checked where the
/// tree is, not here; but what no rule can say does not compile: a tag is compared with
/// constants, not with another tag.
namespace muster {

/// A constant of a rule, made implicitly from C++ values. NaN and nullptr are NULL.
class MUSTER_EXPORT Constant {
 public:
  Constant(std::nullptr_t) : op_(Expr::Op::null) {}                        // NOLINT: implicit
  Constant(std::string_view text) : op_(Expr::Op::string), text_(text) {}  // NOLINT: implicit
  Constant(const std::string& text) : Constant(std::string_view(text)) {}  // NOLINT: implicit
  Constant(const char* text) : Constant(std::string_view(text)) {}         // NOLINT: implicit
  Constant(Date day) : op_(Expr::Op::date), text_(to_string(day)) {}       // NOLINT: implicit
  template <std::floating_point T>
  Constant(T value)  // NOLINT: implicit
      : op_(value == value ? Expr::Op::number : Expr::Op::null),
        number_(static_cast<double>(value)) {}

  /// Truth values, and integers of types whose every value fits 64 signed bits.
  template <std::integral T>
  requires(!std::same_as<T, char> && (std::is_signed_v<T> || sizeof(T) < sizeof(std::int64_t)))
      Constant(T value)  // NOLINT: implicit
      : op_(std::same_as<T, bool> ? Expr::Op::boolean : Expr::Op::integer),
        integer_(static_cast<std::int64_t>(value)) {}

 private:
  friend class Condition;
  Expr::Op op_;
  std::int64_t integer_ = 0;
  double number_ = 0;
  std::string text_;
};

/// Any number of constants. An empty list follows SQLite: nothing is IN it.
using Constants = std::initializer_list<Constant>;

class Term;
class TagTerm;

/// What is true or false of a user: a rule, or a part of one. Joining conditions that are moved
/// in costs the size of the smaller one, so that a long rule can be grown in a loop from either
/// end; a copy costs its size. Nothing recurses.
class MUSTER_EXPORT Condition {
 public:
  Condition(const TagTerm& flag);  // NOLINT: implicit. A boolean tag by itself.

  /// The tree. O(size).
  Expr expr() const;
  operator Expr() const { return expr(); }  // NOLINT: implicit

 private:
  friend class Term;
  friend class TagTerm;
  friend MUSTER_EXPORT Condition operator&&(Condition a, Condition b);
  friend MUSTER_EXPORT Condition operator||(Condition a, Condition b);
  friend MUSTER_EXPORT Condition operator!(Condition a);
  friend MUSTER_EXPORT Condition is_null(Condition a);
  friend MUSTER_EXPORT Condition is_not_null(Condition a);
  friend MUSTER_EXPORT Condition is_true(Condition a);
  friend MUSTER_EXPORT Condition is_not_true(Condition a);
  friend MUSTER_EXPORT Condition is_false(Condition a);
  friend MUSTER_EXPORT Condition is_not_false(Condition a);
  friend MUSTER_EXPORT Condition segment(std::string_view name);
  friend MUSTER_EXPORT Condition truth(bool value);

  Condition() = default;
  static Condition test(Expr::Op op, Condition a);
  static Condition join(Expr::Op op, Condition a, Condition b);
  static Condition compare(Expr::Op op, const Term& left, std::span<const Constant> right);
  std::uint32_t open_root(Expr::Op op);
  void push_back(const Expr::Node& node, std::string_view text);
  void push_front(const Expr::Node& node, std::string_view text);
  void push_leaf(Expr::Op op, std::string_view text);
  void push_constant(const Constant& constant);
  void push_root(Expr::Op op, std::uint32_t arity);
  std::string_view text(const Expr::Node& node) const;

  std::deque<Expr::Node> nodes_;  // postfix, as in Expr
  std::string pool_;
};

/// AND, OR and NOT. Both sides are always built: there is nothing to leave out.
MUSTER_EXPORT Condition operator&&(Condition a, Condition b);
MUSTER_EXPORT Condition operator||(Condition a, Condition b);
MUSTER_EXPORT Condition operator!(Condition a);

/// SEGMENT(name).
MUSTER_EXPORT Condition segment(std::string_view name);
/// TRUE or FALSE.
MUSTER_EXPORT Condition truth(bool value);

/// The IS tests of a whole condition.
MUSTER_EXPORT Condition is_null(Condition a);
MUSTER_EXPORT Condition is_not_null(Condition a);
MUSTER_EXPORT Condition is_true(Condition a);
MUSTER_EXPORT Condition is_not_true(Condition a);
MUSTER_EXPORT Condition is_false(Condition a);
MUSTER_EXPORT Condition is_not_false(Condition a);

/// What a constant can be compared with: a tag's value or a number of days. Borrows the name.
class MUSTER_EXPORT Term {
 public:
  Condition in(std::span<const Constant> items) const;
  Condition in(Constants items) const { return in(std::span(items.begin(), items.size())); }
  Condition not_in(std::span<const Constant> items) const;
  Condition not_in(Constants items) const { return not_in(std::span(items.begin(), items.size())); }
  Condition between(const Constant& low, const Constant& high) const;
  Condition not_between(const Constant& low, const Constant& high) const;
  Condition is_null() const;
  Condition is_not_null() const;

  friend Condition operator==(const Term& a, const Constant& b) { return a.is(Expr::Op::eq, b); }
  friend Condition operator!=(const Term& a, const Constant& b) { return a.is(Expr::Op::ne, b); }
  friend Condition operator<(const Term& a, const Constant& b) { return a.is(Expr::Op::lt, b); }
  friend Condition operator<=(const Term& a, const Constant& b) { return a.is(Expr::Op::le, b); }
  friend Condition operator>(const Term& a, const Constant& b) { return a.is(Expr::Op::gt, b); }
  friend Condition operator>=(const Term& a, const Constant& b) { return a.is(Expr::Op::ge, b); }
  friend Condition operator==(const Constant& a, const Term& b) { return b == a; }
  friend Condition operator!=(const Constant& a, const Term& b) { return b != a; }
  friend Condition operator<(const Constant& a, const Term& b) { return b > a; }
  friend Condition operator<=(const Constant& a, const Term& b) { return b >= a; }
  friend Condition operator>(const Constant& a, const Term& b) { return b < a; }
  friend Condition operator>=(const Constant& a, const Term& b) { return b <= a; }

 protected:
  friend class Condition;
  friend MUSTER_EXPORT Term days_since(const TagTerm& date);
  friend MUSTER_EXPORT Term days_until(const TagTerm& date);
  Term(Expr::Op op, std::string_view tag) : op_(op), tag_(tag) {}
  Condition is(Expr::Op op, const Constant& right) const;

  Expr::Op op_;  // tag, days_since or days_until
  std::string_view tag_;
};

/// A tag by name; by itself, a boolean tag is a condition.
class MUSTER_EXPORT TagTerm final : public Term {
 public:
  explicit TagTerm(std::string_view name) : Term(Expr::Op::tag, name) {}

  /// `pattern` is a prefix and '%'.
  Condition like(std::string_view pattern) const;
  Condition not_like(std::string_view pattern) const;
  Condition has_any(std::span<const Constant> items) const;
  Condition has_any(Constants items) const {
    return has_any(std::span(items.begin(), items.size()));
  }
  Condition has_all(std::span<const Constant> items) const;
  Condition has_all(Constants items) const {
    return has_all(std::span(items.begin(), items.size()));
  }
  Condition is_true() const { return muster::is_true(*this); }
  Condition is_not_true() const { return muster::is_not_true(*this); }
  Condition is_false() const { return muster::is_false(*this); }
  Condition is_not_false() const { return muster::is_not_false(*this); }

  operator Expr() const { return Condition(*this).expr(); }  // NOLINT: implicit
};

inline TagTerm tag(std::string_view name) { return TagTerm(name); }
/// Days from the date until today, and from today until the date.
MUSTER_EXPORT Term days_since(const TagTerm& date);
MUSTER_EXPORT Term days_until(const TagTerm& date);

}  // namespace muster
