#include "muster/rules/normal_form.hpp"

#include <algorithm>
#include <functional>

namespace muster {
namespace {

using FormulaOp = Formula::Op;
using Conjunctions = std::vector<Conjunction>;

constexpr std::size_t max_steps = 1'000'000;  // comparisons of conjunctions, or of predicates

/// Builds normal forms from the leaves up, keeping at each step only conjunctions that imply no
/// other.
class NormalForm {
 public:
  NormalForm(PredicatePool& pool, std::size_t most) : pool_(pool), most_(most) {}

  std::optional<Conjunctions> run(const Formula& formula) {
    for (const Formula::Node& node : formula.nodes) {
      if (!add(node) || parts_.back().size() > most_) return {};
    }
    if (parts_.empty()) return Conjunctions{};
    for (Conjunction& conjunction : parts_.back())
      std::sort(conjunction.begin(), conjunction.end());
    return std::move(parts_.back());
  }

 private:
  bool add(const Formula::Node& node) {
    switch (node.op) {
      case FormulaOp::predicate:
        parts_.push_back({{PredicateId{node.id}}});
        return true;
      case FormulaOp::always:
        parts_.push_back({Conjunction{}});
        return true;
      case FormulaOp::never:
      case FormulaOp::segment:
        parts_.push_back({});
        return true;
      case FormulaOp::all_of:
      case FormulaOp::any_of:
        break;
    }
    const std::size_t first = parts_.size() - node.arity;
    Conjunctions out = std::move(parts_[first]);
    for (std::size_t i = first + 1; i < parts_.size(); ++i) {
      const bool done = node.op == FormulaOp::any_of ? unite(out, std::move(parts_[i]))
                                                     : multiply(out, parts_[i]);
      if (!done) return false;
    }
    parts_.resize(first);
    parts_.push_back(std::move(out));
    return true;
  }

  bool unite(Conjunctions& into, Conjunctions from) {
    for (Conjunction& conjunction : from) {
      if (!insert(into, std::move(conjunction))) return false;
    }
    return into.size() <= most_;
  }

  bool multiply(Conjunctions& into, const Conjunctions& by) {
    Conjunctions out;
    for (const Conjunction& a : into) {
      for (const Conjunction& b : by) {
        Conjunction joined = a;
        if (join(joined, b) && !insert(out, std::move(joined))) return false;
      }
    }
    into = std::move(out);
    return into.size() <= most_;
  }

  /// False where the two contradict each other.
  bool join(Conjunction& a, const Conjunction& b) {
    return std::all_of(b.begin(), b.end(), [&](PredicateId id) { return join(a, id); });
  }

  bool join(Conjunction& a, PredicateId id) {
    for (std::size_t i = 0; i < a.size();) {
      const auto one = a[i] == id ? id : together(a[i], id);
      if (!one) {
        ++i;
        continue;
      }
      if (is_never(pool_.schema(), pool_[*one])) return false;
      id = *one;
      a.erase(a.begin() + static_cast<std::ptrdiff_t>(i));
      i = 0;  // what was apart may now be one with it
    }
    if (!is_always(pool_.schema(), pool_[id])) a.push_back(id);
    return true;
  }

  std::optional<PredicateId> together(PredicateId a, PredicateId b) {
    const Predicate& left = pool_[a];
    const Predicate& right = pool_[b];
    if (left.tag != right.tag) return {};
    ++steps_;
    auto one = both(pool_.schema(), left, right);
    if (!one) return {};
    return pool_.intern(*std::move(one));
  }

  bool implies(PredicateId a, PredicateId b) { return a == b || together(a, b) == a; }

  bool implies(const Conjunction& a, const Conjunction& b) {
    ++steps_;
    return std::all_of(b.begin(), b.end(), [&](PredicateId wider) {
      return std::any_of(a.begin(), a.end(),
                         [&](PredicateId narrower) { return implies(narrower, wider); });
    });
  }

  /// False where it becomes too much.
  bool insert(Conjunctions& into, Conjunction conjunction) {
    for (const Conjunction& other : into) {
      if (implies(conjunction, other)) return true;
    }
    into.erase(
        std::remove_if(into.begin(), into.end(),
                       [&](const Conjunction& other) { return implies(other, conjunction); }),
        into.end());
    into.push_back(std::move(conjunction));
    return into.size() <= 4 * most_ && steps_ <= max_steps;
  }

  PredicatePool& pool_;
  std::size_t most_;
  std::size_t steps_ = 0;
  std::vector<Conjunctions> parts_;
};

}  // namespace

std::optional<std::vector<Conjunction>> disjunctive_normal_form(const Formula& formula,
                                                                PredicatePool& predicates,
                                                                std::size_t max_conjunctions) {
  return NormalForm(predicates, max_conjunctions).run(formula);
}

}  // namespace muster
