#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "muster/rules/analysis.hpp"

namespace muster {

/// Made-up users, and which of many formulas hold for them. Two users come from each witness: tags
/// that it leaves free are drawn from what the formulas ask. The same every time.
class SampleUsers {
 public:
  /// Nothing once cancelled. Witnesses not found give no users. `cancel` may be null.
  /// REQUIRES: segments spelt out.
  static std::optional<SampleUsers> make(std::span<const Formula> formulas,
                                         std::span<const Witness> witnesses,
                                         const PredicatePool& predicates,
                                         const CancelToken* cancel);

  /// Other formulas that hold for every user that `formula` holds for, ascending.
  std::vector<std::uint32_t> wider(std::size_t formula) const;

 private:
  using Bits = std::vector<std::uint64_t>;
  struct Ask {
    std::uint32_t id;  // of the predicate
    Bits users;        // for whom the answer is yes
  };

  explicit SampleUsers(const PredicatePool& predicates);
  void collect(std::span<const Formula> formulas);
  void add_user(const Witness& witness, bool at_random);
  void evaluate(std::size_t formula, const Formula& tree);
  std::uint64_t draw(std::uint64_t below);

  const PredicatePool& predicates_;
  std::vector<std::vector<Ask>> asks_;  // per tag
  std::vector<std::uint32_t> place_;    // per predicate: its place among its tag's
  std::size_t users_ = 0;
  std::vector<Bits> users_of_formula_;
  std::vector<Bits> formulas_of_user_;
  std::uint64_t random_ = 1;
};

}  // namespace muster
