#pragma once

#include <cstdint>
#include <vector>

#include "muster/rules/formula.hpp"

namespace muster {

/// Formulas that are all to hold for one user, made ready for a search: predicates numbered from
/// 0 with their opposites, tags likewise, negation gone.
class Problem {
 public:
  struct Question {
    Predicate predicate;
    Predicate opposite;
    std::uint32_t slot = 0;  ///< position of the tag among the problem's tags
  };

  explicit Problem(const Schema& schema) : schema_(schema) {}

  /// REQUIRES: segments spelt out.
  void add(const Formula& formula, const PredicatePool& predicates, bool negated = false);
  /// Questions about the days until a date become questions about the date.
  void add_on(Date today, const Formula& formula, const PredicatePool& predicates);

  /// Adds what is known of derived tags: NULL where a tag is that they are worked out from.
  /// REQUIRES: all formulas have been added.
  void add_derived();

  const Schema& schema() const { return schema_; }
  /// Postfix; the id of a predicate is its question. Several roots stand side by side.
  const std::vector<Formula::Node>& nodes() const { return nodes_; }
  const std::vector<std::uint32_t>& roots() const { return roots_; }
  const std::vector<Question>& questions() const { return questions_; }
  const std::vector<TagId>& tags() const { return tags_; }

 private:
  void add_nodes(const Formula& formula, const PredicatePool& predicates, bool negated,
                 const Date* today);
  void add_either(Predicate a, Predicate b);
  std::uint32_t question(Predicate predicate);

  const Schema& schema_;
  std::vector<Formula::Node> nodes_;
  std::vector<std::uint32_t> roots_;
  std::vector<Question> questions_;
  std::vector<TagId> tags_;
};

}  // namespace muster
