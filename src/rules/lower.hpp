#pragma once

#include <optional>
#include <vector>

#include "core/suggest.hpp"
#include "muster/core/limits.hpp"
#include "rules/atoms.hpp"
#include "rules/diagnostic_list.hpp"
#include "rules/predicate_facts.hpp"
#include "rules/segment_list.hpp"

namespace muster {

/// Turns the tree of a rule into predicates under AND and OR: looks names up, compares types,
/// spends the three-valued logic. Walks with a stack of its own, from the root down, for the
/// root says what is wanted of the rest. Not thread-safe; memory is reused from rule to rule.
class Lowering {
 public:
  /// All are borrowed.
  Lowering(PredicatePool& pool, const SegmentList& segments, const Limits& limits);

  /// REQUIRES: segments that the rule refers to are checked.
  void run(const Expr& rule, Wanted wanted);

  /// What the rule came to, root first: an operator stands before its operands, the last operand
  /// first. Of no use where there are diagnostics.
  const std::vector<Formula::Node>& root_first() const { return out_; }
  DiagnosticList& diagnostics() { return diagnostics_; }
  /// Places where NULL is left out although the rule speaks of "not", in source order.
  void append_null_hazards(std::vector<Diagnostic>& warnings);

  std::size_t literals() const { return literals_; }
  std::uint32_t depth() const { return depth_; }
  bool may_be_null() const { return may_be_null_; }

 private:
  using Node = Expr::Node;
  struct Item {
    const Expr* expr;
    std::uint32_t node;
    std::uint32_t depth;
    Wanted wanted;
    bool under_not = false;  // a NOT was written above, and no IS since
    bool foreign = false;    // in a segment, or seen before: nothing to report
  };
  struct TagFacts {
    TagType type;
    bool nullable;
  };
  struct Hazard {
    ByteRange range;
    TagId tag;
    bool segment;
    std::string_view name;  // of a segment
  };
  /// What a comparison looks at: a tag, or the days until or since its date.
  struct Subject {
    TagId tag;
    TagType type;
    Aspect aspect = Aspect::value;
    bool since = false;
  };

  // lower.cpp
  void lower(const Item& item);
  void lower_logical(const Item& item, bool conjunction);
  void lower_boolean_tag(const Item& item);
  void lower_segment(const Item& item);
  void refer_to(const Item& item, std::uint32_t segment);
  void lower_is(const Item& item, Wanted tested);
  void push(const Item& from, std::uint32_t node, Wanted wanted, bool under_not);
  void emit_operator(bool all, std::uint32_t arity);
  void emit(PredicateId id);
  void emit_constant(bool value);
  void emit_truth(const Item& item, Truth truth) { emit_constant(meets(truth, item.wanted)); }
  void count_literals(std::size_t more);
  void check_depth(std::uint32_t depth);
  void stop(std::string message);

  // lower_null.cpp
  void lower_null_test(const Item& item, bool negated);
  void null_test_of_condition(const Item& item, bool null_wanted);
  void note_hazard(const Item& item, TagId tag, bool positive);
  void note_segment_hazard(const Item& item, const DefinedSegment& segment);
  Diagnostic warning(const Hazard& hazard) const;

  // lower_comparison.cpp
  void lower_comparison(const Item& item, Expr::Op op);
  void compare_boolean(const Item& item, const Subject& left, Expr::Op op, const Node& right);
  void compare_category(const Item& item, const Subject& left, Expr::Op op, const Node& right);
  void compare_number(const Item& item, const Subject& left, Expr::Op op, const Node& right);
  std::optional<Subject> subject(const Item& item, std::uint32_t node);
  std::optional<TagId> find_tag(const Item& item, const Node& node);
  std::optional<CategoryCode> code(const Item& item, const Subject& of, const Node& constant);
  std::optional<Number> number(const Item& item, const Subject& of, const Node& constant);

  // lower_tests.cpp
  void lower_in(const Item& item, bool negated);
  void add_value(const Item& item, const Subject& of, const Node& constant, Predicate& list);
  void lower_between(const Item& item, bool negated);
  void emit_between(const Item& item, const Subject& of, std::optional<Number> low,
                    std::optional<Number> high, bool negated);
  void lower_like(const Item& item, bool negated);
  void lower_has(const Item& item, bool all);
  void emit_test(const Item& item, const Predicate& yes, const Predicate& no, bool negated);
  std::uint32_t read_operands(const Item& item);

  // lower_error.cpp
  void fail(const Item& item, const Node& at, Errc code, std::string message,
            std::string suggestion = {});
  void fail_constant(const Item& item, const Subject& of, const Node& constant);
  void fail_unknown_tag(const Item& item, const Node& at, std::string_view name);
  void fail_unknown_segment(const Item& item, std::string_view name);
  void fail_unknown_category(const Item& item, const Subject& of, const Node& at,
                             std::string_view value);
  void fail_no_category_like(const Item& item, const Subject& of, const Node& at,
                             std::string_view prefix);
  void fail_bad_date(const Item& item, const Node& at);
  void fail_operator(const Item& item, const Subject& of);

  const Node& node_of(const Item& item) const { return item.expr->nodes()[item.node]; }

  PredicatePool& pool_;
  const Schema& schema_;
  const SegmentList& segments_;
  const Limits& limits_;
  Atoms atoms_;
  PredicateFacts predicate_facts_;
  std::vector<TagFacts> tags_;

  std::vector<Item> stack_;
  std::vector<Formula::Node> out_;
  std::vector<std::uint32_t> operands_;  // nodes of the list being read, first to last
  std::vector<Hazard> hazards_;
  std::vector<TagId> null_tested_;
  DiagnosticList diagnostics_;
  SuggestionBudget suggestions_;  // of all rules
  std::size_t literals_ = 0;
  std::uint32_t depth_ = 0;
  bool may_be_null_ = false;
  bool stopped_ = false;
  ByteRange range_;  // of the whole rule
};

}  // namespace muster
