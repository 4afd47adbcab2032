#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "muster/match/rule_set.hpp"

namespace muster {

/// A rule beside the policies' segments, by number. Two need no rule.
using ConditionId = std::uint32_t;
inline constexpr ConditionId holds_always = 0;
inline constexpr ConditionId holds_never = 1;
inline constexpr ConditionId first_rule = 2;

/// Which conditions hold for a user, in working memory.
class ConditionBits {
 public:
  void resize(std::size_t conditions) { words_.assign((conditions + 63) / 64, 0); }
  void clear() noexcept {
    for (std::uint64_t& word : words_) word = 0;
    set(holds_always);
  }
  void set(ConditionId condition) noexcept {
    words_[condition / 64] |= std::uint64_t{1} << (condition % 64);
  }
  bool operator[](ConditionId condition) const noexcept {
    return (words_[condition / 64] >> (condition % 64) & 1) != 0;
  }
  const std::vector<std::uint64_t>& words() const noexcept { return words_; }

 private:
  std::vector<std::uint64_t> words_;
};

/// Numbers the distinct rules that a catalogue asks beside its segments, in order of arrival.
class ConditionList {
 public:
  ConditionId add(std::string_view rule, ConditionId where_empty) {
    if (rule.empty()) return where_empty;
    const auto next = static_cast<ConditionId>(first_rule + rules_.size());
    const auto [found, is_new] = numbers_.try_emplace(rule, next);
    if (is_new) rules_.push_back(rule);
    return found->second;
  }

  /// Of conditions first_rule, first_rule + 1, ….
  const std::vector<std::string_view>& rules() const noexcept { return rules_; }

 private:
  std::unordered_map<std::string_view, ConditionId> numbers_;
  std::vector<std::string_view> rules_;
};

}  // namespace muster
