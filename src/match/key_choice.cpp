#include "match/key_choice.hpp"

#include <algorithm>
#include <queue>

#include "match/cancelled.hpp"

namespace muster {

float KeyChoice::cost_of(const EntryList::Entry& entry, std::span<const Literal> groups) const {
  const auto rows = static_cast<float>(entry.literals + groups.size() - entry.groups);
  return (rows * costs_.row + costs_.block) / static_cast<float>(costs_.lanes);
}

// Fills begin_ and members_ by counting.
void KeyChoice::list_entries(const EntryList& entries) {
  std::fill(begin_.begin(), begin_.end(), 0u);
  cost_.clear();
  for (std::size_t e = 0; e < entries.size(); ++e) {
    cost_.push_back(cost_of(entries[e], entries.groups(entries[e])));
    for (Literal literal : entries.literals(entries[e])) ++begin_[literal];
  }
  used_.clear();
  std::uint32_t sum = 0;
  for (Literal literal = 0; literal + 1 < begin_.size(); ++literal) {
    if (begin_[literal] > 0 && may_be_key(literal)) used_.push_back(literal);
    sum += begin_[literal];
    begin_[literal] = sum;
  }
  begin_.back() = sum;
  members_.resize(sum);
  for (std::size_t e = entries.size(); e-- > 0;) {
    for (Literal literal : entries.literals(entries[e])) {
      members_[--begin_[literal]] = static_cast<std::uint32_t>(e);
    }
  }
}

// What filing entries under `key` saves, over how they are filed now.
float KeyChoice::gain_of(Literal key) const {
  const float chance = chance_[key];
  float gain = -chance * costs_.visit;
  for (std::uint32_t i = begin_[key]; i < begin_[key + 1]; ++i) {
    const std::uint32_t e = members_[i];
    const float now = key_[e] == no_key ? 1.0f : chance_[key_[e]];
    if (chance < now) gain += (now - chance) * cost_[e];
  }
  return gain;
}

void KeyChoice::take(Literal key) {
  for (std::uint32_t i = begin_[key]; i < begin_[key + 1]; ++i) {
    Literal& now = key_[members_[i]];
    if (now == no_key || chance_[key] < chance_[now]) now = key;
  }
}

// Opens the key that gains most, again and again. Gains only shrink as keys are opened, so a
// candidate that still beats the next one's old gain is the best.
void KeyChoice::open_keys() {
  std::priority_queue<Candidate> candidates;
  for (Literal literal : used_) candidates.push({gain_of(literal), literal});
  while (!candidates.empty() && candidates.top().gain > 0 && !is_cancelled(cancel_)) {
    const Literal key = candidates.top().key;
    candidates.pop();
    const float gain = gain_of(key);
    if (gain <= 0) continue;
    if (candidates.empty() || gain >= candidates.top().gain) {
      take(key);
    } else {
      candidates.push({gain, key});
    }
  }
}

// The best open key of an entry besides `key`.
Literal KeyChoice::other_key(std::span<const Literal> literals, Literal key) const {
  Literal best = no_key;
  for (Literal literal : literals) {
    if (literal == key || key_count_[literal] == 0) continue;
    if (best == no_key || chance_[literal] < chance_[best]) best = literal;
  }
  return best;
}

// Later keys may have drawn off most entries of an earlier one.
void KeyChoice::close_poor_keys(const EntryList& entries) {
  key_count_.assign(chance_.size(), 0);
  for (Literal key : key_) {
    if (key != no_key) ++key_count_[key];
  }
  for (Literal key : used_) {
    if (key_count_[key] == 0) continue;
    float gain = -chance_[key] * costs_.visit;
    for (std::uint32_t i = begin_[key]; i < begin_[key + 1]; ++i) {
      const std::uint32_t e = members_[i];
      if (key_[e] != key) continue;
      const Literal other = other_key(entries.literals(entries[e]), key);
      gain += ((other == no_key ? 1.0f : chance_[other]) - chance_[key]) * cost_[e];
    }
    if (gain > 0) continue;
    for (std::uint32_t i = begin_[key]; i < begin_[key + 1]; ++i) {
      const std::uint32_t e = members_[i];
      if (key_[e] != key) continue;
      key_[e] = other_key(entries.literals(entries[e]), key);
      if (key_[e] != no_key) ++key_count_[key_[e]];
    }
    key_count_[key] = 0;
  }
}

float KeyChoice::cost() const {
  float cost = 0;
  for (std::size_t e = 0; e < key_.size(); ++e) {
    cost += cost_[e] * (key_[e] == no_key ? 1.0f : chance_[key_[e]]);
  }
  for (Literal key : used_) {
    if (key_count_[key] > 0) cost += chance_[key] * costs_.visit;
  }
  return cost;
}

const std::vector<Literal>& KeyChoice::choose(const EntryList& entries) {
  list_entries(entries);
  key_.assign(entries.size(), no_key);
  open_keys();
  close_poor_keys(entries);
  return key_;
}

}  // namespace muster
