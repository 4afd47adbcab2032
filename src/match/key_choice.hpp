#pragma once

#include <span>
#include <vector>

#include "match/lane.hpp"
#include "muster/core/progress.hpp"

namespace muster {

/// Which literal each entry is filed under so that matching a user costs least: looking at an
/// entry costs something where its key holds, and so does going to a key that holds.
class KeyChoice {
 public:
  /// `chance[literal]`: how often it holds.
  KeyChoice(std::span<const float> chance, const OneUserCosts& costs,
            const CancelToken* cancel = nullptr)
      : chance_(chance), costs_(costs), cancel_(cancel), begin_(chance.size() + 1) {}

  /// The key of each entry. Poor ones once cancelled.
  const std::vector<Literal>& choose(const EntryList& entries);
  /// What looking at the entries chosen for last costs a user.
  float cost() const;

 private:
  struct Candidate {
    float gain;
    Literal key;
    friend bool operator<(const Candidate& a, const Candidate& b) {
      return a.gain != b.gain ? a.gain < b.gain : a.key > b.key;
    }
  };

  bool may_be_key(Literal literal) const { return chance_[literal] < 0.75f; }
  float cost_of(const EntryList::Entry& entry, std::span<const Literal> groups) const;
  void list_entries(const EntryList& entries);
  float gain_of(Literal key) const;
  void open_keys();
  void take(Literal key);
  void close_poor_keys(const EntryList& entries);
  Literal other_key(std::span<const Literal> literals, Literal key) const;

  std::span<const float> chance_;
  OneUserCosts costs_;
  const CancelToken* cancel_;
  std::vector<std::uint32_t> begin_;      // per literal: its first place in members_
  std::vector<std::uint32_t> members_;    // entries by literal
  std::vector<Literal> used_;             // literals that occur
  std::vector<float> cost_;               // per entry, when looked at
  std::vector<Literal> key_;              // per entry
  std::vector<std::uint32_t> key_count_;  // per literal
};

}  // namespace muster
