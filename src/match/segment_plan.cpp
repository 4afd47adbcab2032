#include "match/segment_plan.hpp"

#include <span>

namespace muster {
namespace {

// Visits sides depth first without recursion: segments may be chained as long as they like.
class Planner {
 public:
  explicit Planner(const Checker& checker) : checker_(checker) {
    plan_.references.resize(checker.segments() * 2);
    visited_.resize(plan_.references.size());
  }

  SegmentPlan plan(const FormulaTape& rules) && {
    rules.replay([this](FormulaTape::Node node) {
      if (node.op == Formula::Op::segment) refer(segment_side(node.arg, node.negated));
    });
    while (!pending_.empty()) visit();
    return std::move(plan_);
  }

 private:
  struct Pending {
    SegmentSide side = 0;
    bool children_done = false;
  };

  void refer(SegmentSide side) {
    ++plan_.references[side];
    if (!visited_[side]) pending_.push_back({side, false});
  }

  void visit() {
    const Pending top = pending_.back();
    pending_.pop_back();
    if (top.children_done) {
      plan_.order.push_back(top.side);
      plan_.formulas.add(formula(top.side));
    } else if (!visited_[top.side]) {
      enter(top.side);
    }
  }

  void enter(SegmentSide side) {
    visited_[side] = true;
    pending_.push_back({side, true});
    for (const Formula::Node& node : formula(side).nodes) {
      if (node.op == Formula::Op::segment) refer(segment_side(node.id, node.negated));
    }
  }

  const Formula& formula(SegmentSide side) const {
    return checker_.segment(side / 2, side % 2 == 1);
  }

  const Checker& checker_;
  SegmentPlan plan_;
  std::vector<bool> visited_;
  std::vector<Pending> pending_;
};

}  // namespace

SegmentPlan plan_segments(const Checker& checker, const FormulaTape& rules) {
  return Planner(checker).plan(rules);
}

}  // namespace muster
