#pragma once

#include <string>
#include <utility>
#include <vector>

#include "match/lower.hpp"
#include "match/telco.hpp"

namespace muster::testing {

/// Rules as text, checked, before and after lowering.
class Source {
 public:
  explicit Source(Schema schema, Limits limits = {})
      : limits_(limits), checker_(std::move(schema), limits) {}

  Source& define(std::string_view name, std::string_view rule) {
    checker_.define(name, rule).value();
    return *this;
  }
  Source& add(std::string_view rule) {
    formulas_.push_back(checker_.check(rule).value().formula);
    tape_.add(formulas_.back());
    return *this;
  }

  std::size_t size() const { return formulas_.size(); }
  Checker& checker() { return checker_; }
  Limits& limits() { return limits_; }
  RunOptions& run() { return run_; }
  /// What the rule's formula says of a user.
  bool holds(std::size_t rule, const User& user) {
    const Formula formula = checker_.spell_out(formulas_[rule]).value();
    return muster::holds(formula, checker_.predicates(), user, today);
  }

  Result<Lowered> lower(const UserTable* sample = nullptr) const {
    return muster::lower({checker_, tape_, limits_, sample, today, run_});
  }

 private:
  Limits limits_;
  RunOptions run_;
  Checker checker_;
  std::vector<Formula> formulas_;
  FormulaTape tape_;
};

}  // namespace muster::testing
