#include "rules/search.hpp"

#include <algorithm>

namespace muster {

using FormulaOp = Formula::Op;

namespace {

constexpr std::uint32_t no_choice = ~std::uint32_t{0};

}  // namespace

Search::Search(const Problem& problem, std::size_t& steps)
    : problem_(problem),
      steps_(steps),
      states_(problem.tags().size()),
      versions_(problem.tags().size()),
      known_(problem.questions().size()),
      changed_(problem.tags().size()) {}

void Search::hold_to(std::vector<bool> answers, std::size_t max_changes, std::vector<Hold> holds) {
  held_ = true;
  answers_ = std::move(answers);
  max_changes_ = max_changes;
  holds_ = std::move(holds);
  for (std::size_t i = 0; i < holds_.size(); ++i) changed_[i] = holds_[i] == Hold::free;
}

Verdict Search::run() {
  const auto& roots = problem_.roots();
  bool going = std::all_of(roots.begin(), roots.end(),
                           [this](std::uint32_t root) { return require(root); }) &&
               settle();
  while (going) {
    const std::uint32_t choice = pick();
    if (choice == no_choice) return Verdict::yes;
    Branch branch{choice, {}, trail_.size()};
    for_each_operand(choices_[choice].node, [&](std::uint32_t operand) {
      if (status(operand) != Status::excluded) branch.alternatives.push_back(operand);
    });
    std::reverse(branch.alternatives.begin(), branch.alternatives.end());
    std::stable_partition(branch.alternatives.begin(), branch.alternatives.end(),
                          [this](std::uint32_t operand) { return held_ && !user_says(operand); });
    branches_.push_back(std::move(branch));
    while (going && !take_next(branches_.back())) {
      branches_.pop_back();
      going = !branches_.empty();
    }
  }
  return out_of_steps_ ? Verdict::unknown : Verdict::no;
}

/// Steps of work; false where there are none left.
bool Search::spend(std::size_t steps) {
  if (steps_ < steps) out_of_steps_ = true;
  if (!out_of_steps_) steps_ -= steps;
  return !out_of_steps_;
}

/// Goes back to before the branch and into its next alternative.
bool Search::take_next(Branch& branch) {
  while (!branch.alternatives.empty()) {
    undo_to(branch.undo);
    const std::uint32_t alternative = branch.alternatives.back();
    branch.alternatives.pop_back();
    mark_done(branch.choice);
    if (!spend(1)) return false;
    if (require(alternative) && settle()) return true;
  }
  undo_to(branch.undo);
  return false;
}

/// The choice with fewest alternatives left.
std::uint32_t Search::pick() const {
  std::uint32_t best = no_choice;
  for (std::uint32_t i = 0; i < choices_.size(); ++i) {
    if (choices_[i].done) continue;
    if (best == no_choice || choices_[i].open < choices_[best].open) best = i;
  }
  return best;
}

/// Makes a part hold, choices apart. False where it contradicts what must hold already.
bool Search::require(std::uint32_t root) {
  required_.assign(1, root);
  while (!required_.empty()) {
    const std::uint32_t node = required_.back();
    required_.pop_back();
    switch (problem_.nodes()[node].op) {
      case FormulaOp::predicate:
        if (!require_question(problem_.nodes()[node].id)) return false;
        break;
      case FormulaOp::all_of:
        for_each_operand(node, [this](std::uint32_t operand) { required_.push_back(operand); });
        break;
      case FormulaOp::any_of:
        add_choice(node);
        break;
      case FormulaOp::always:
        break;
      case FormulaOp::never:
      case FormulaOp::segment:
        return false;
    }
  }
  return true;
}

bool Search::require_question(std::uint32_t question) {
  const Problem::Question& asked = problem_.questions()[question];
  if (held_ && !changed_[asked.slot]) {
    if (is_pinned(asked.slot)) return answers_[question];
    save(asked.slot);
    if (!answers_[question]) {
      changed_[asked.slot] = true;
      ++changes_;
    }
  } else {
    save(asked.slot);
  }
  // Most tags have one part or two; a set may have thousands.
  if (!spend(states_[asked.slot].parts().size() / 16)) return false;
  versions_[asked.slot] = ++last_version_;
  return states_[asked.slot].add(problem_.schema(), asked.predicate);
}

/// Takes choices that have one alternative left, until there are none.
bool Search::settle() {
  for (bool progress = true; progress;) {
    progress = false;
    for (std::uint32_t i = 0; i < choices_.size(); ++i) {
      if (!choices_[i].done && !settle(i, progress)) return false;
    }
  }
  return true;
}

bool Search::settle(std::uint32_t choice, bool& progress) {
  if (!spend(1)) return false;
  std::uint32_t open = 0;
  std::uint32_t last_open = 0;
  bool implied = false;
  for_each_operand(choices_[choice].node, [&](std::uint32_t operand) {
    if (implied) return;
    const Status now = status(operand);
    implied = now == Status::implied;
    if (now != Status::open) return;
    ++open;
    last_open = operand;
  });
  choices_[choice].open = open;
  if (implied) {
    mark_done(choice);
    return true;
  }
  if (open == 0) return false;
  if (open > 1) return true;
  mark_done(choice);
  progress = true;
  return require(last_open);
}

void Search::add_choice(std::uint32_t node) {
  choices_.push_back({node});
  Undo undo{Undo::Kind::choice_added};
  trail_.push_back(std::move(undo));
}

void Search::mark_done(std::uint32_t choice) {
  choices_[choice].done = true;
  Undo undo{Undo::Kind::choice_done};
  undo.index = choice;
  trail_.push_back(std::move(undo));
}

void Search::save(std::uint32_t slot) {
  trail_.push_back({Undo::Kind::state, slot, states_[slot], versions_[slot], changed_[slot]});
}

void Search::undo_to(std::size_t size) {
  for (; trail_.size() > size; trail_.pop_back()) {
    Undo& undo = trail_.back();
    switch (undo.kind) {
      case Undo::Kind::choice_added:
        choices_.pop_back();
        break;
      case Undo::Kind::choice_done:
        choices_[undo.index].done = false;
        break;
      case Undo::Kind::state:
        states_[undo.index] = std::move(undo.state);
        versions_[undo.index] = undo.version;
        changes_ -= changed_[undo.index] && !undo.changed ? 1 : 0;
        changed_[undo.index] = undo.changed;
        break;
    }
  }
}

/// Operands of a node, last one first.
template <class Visit>
void Search::for_each_operand(std::uint32_t node, Visit visit) const {
  const auto& nodes = problem_.nodes();
  std::uint32_t operand = node - 1;
  for (std::uint32_t i = 0; i < nodes[node].arity; ++i) {
    visit(operand);
    operand -= nodes[operand].size;
  }
}

}  // namespace muster
