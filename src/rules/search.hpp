#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "muster/rules/analysis.hpp"
#include "rules/problem.hpp"
#include "rules/tag_state.hpp"

namespace muster {

/// Looks for values of tags that make a problem's formulas hold: takes what must be, then tries
/// the alternatives of the OR that has fewest left, and so on, going back where they contradict
/// each other. Like a SAT solver's search, with sets of values in place of truth values.
///
/// Can be held to a user, of whose tags at most so many may change, and only certain ones.
class Search {
 public:
  static constexpr std::size_t unbounded = std::numeric_limits<std::size_t>::max();

  /// The problem is borrowed; `steps` is lowered by the work done.
  Search(const Problem& problem, std::size_t& steps);

  /// What may become of a tag of the user: it may change as one of the changes that are counted,
  /// must stay, or may be anything.
  enum class Hold : std::uint8_t { counted, fixed, free };

  /// `answers` holds the user's answer to each question, `holds` one for each tag of the problem.
  void hold_to(std::vector<bool> answers, std::size_t max_changes, std::vector<Hold> holds);

  /// yes: `states()` are values that will do; no: there are none; unknown: out of steps.
  Verdict run();

  /// Per tag of the problem. Where the search was held to a user, tags that need not change may
  /// show less than what they must be.
  const std::vector<TagState>& states() const { return states_; }
  bool has_changed(std::size_t slot) const { return changed_[slot]; }
  std::size_t changes() const { return changes_; }

 private:
  enum class Status : std::uint8_t { excluded, open, implied };
  struct Choice {
    std::uint32_t node = 0;  // an OR that is to hold
    bool done = false;       // one of its alternatives has been taken
    std::uint32_t open = 0;  // alternatives left when last looked at
  };
  struct Undo {
    enum class Kind : std::uint8_t { state, choice_added, choice_done } kind;
    std::uint32_t index = 0;
    TagState state = {};
    std::uint64_t version = 0;
    bool changed = false;
  };
  struct Branch {
    std::uint32_t choice = 0;
    std::vector<std::uint32_t> alternatives = {};  // not yet tried, the best last
    std::size_t undo = 0;                          // length of the trail before
  };

  bool require(std::uint32_t node);
  bool require_question(std::uint32_t question);
  bool settle();
  bool settle(std::uint32_t choice, bool& progress);
  std::uint32_t pick() const;
  bool take_next(Branch& branch);
  void add_choice(std::uint32_t node);
  void mark_done(std::uint32_t choice);
  void save(std::uint32_t slot);
  void undo_to(std::size_t size);
  bool spend(std::size_t steps);
  Status status(std::uint32_t node);
  Status question_status(std::uint32_t question);
  bool user_says(std::uint32_t node) const;
  template <class Visit>
  void for_each_operand(std::uint32_t node, Visit visit) const;
  bool is_pinned(std::uint32_t slot) const {
    return held_ && !changed_[slot] && (changes_ >= max_changes_ || holds_[slot] == Hold::fixed);
  }

  const Problem& problem_;
  std::size_t& steps_;
  std::vector<TagState> states_;
  std::vector<std::uint64_t> versions_;  // of states, never used twice
  std::uint64_t last_version_ = 0;
  struct Known {
    std::uint64_t version = ~std::uint64_t{0};
    Status status = Status::open;
  };
  std::vector<Known> known_;  // per question
  std::vector<Choice> choices_;
  std::vector<Undo> trail_;
  std::vector<Branch> branches_;
  std::vector<Status> stack_;
  std::vector<std::uint32_t> required_;
  bool out_of_steps_ = false;

  bool held_ = false;
  std::vector<bool> answers_;
  std::vector<Hold> holds_;
  std::vector<bool> changed_;  // or free
  std::size_t changes_ = 0;
  std::size_t max_changes_ = unbounded;
};

}  // namespace muster
