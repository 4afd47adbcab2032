#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace muster {

/// Finds the name that was probably meant: offer the candidates one by one, then ask. Distance
/// is Damerau-Levenshtein (adjacent letters swapped count as one) over code points, letters'
/// case counting a little; ties go to the candidate offered first. Each offer costs
/// O(length of both), most are refused by length alone.
class Suggestion {
 public:
  explicit Suggestion(std::string_view wrong);

  void offer(std::string_view candidate);
  template <class Candidates>
  void offer_all(const Candidates& candidates) {
    for (const auto& candidate : candidates) offer(candidate);
  }
  /// Empty where nothing offered is close: a third of the letters may differ, at least one.
  const std::string& best() const noexcept { return best_; }

 private:
  std::size_t distance(std::u32string_view candidate);

  std::u32string wrong_;
  std::u32string folded_;
  std::size_t limit_;
  std::size_t best_distance_ = std::numeric_limits<std::size_t>::max();
  std::string best_;
  std::vector<std::size_t> rows_;
};

/// Names that are looked at for suggestions, in all, while one file of strangers is read: enough
/// for any honest one, and little work.
inline constexpr std::size_t max_names_looked_at = 2'000'000;

/// How many more may be looked at.
class SuggestionBudget {
 public:
  std::size_t left() const noexcept { return left_; }
  /// Counts so many names as looked at; false, counting none, where they are too many.
  bool spend(std::size_t names) noexcept {
    if (left_ < names) return false;
    left_ -= names;
    return true;
  }

 private:
  std::size_t left_ = max_names_looked_at;
};

template <class Candidates>
std::string suggest(std::string_view wrong, const Candidates& candidates) {
  Suggestion suggestion(wrong);
  suggestion.offer_all(candidates);
  return suggestion.best();
}

}  // namespace muster
