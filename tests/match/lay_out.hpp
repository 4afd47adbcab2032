#pragma once

#include <string>
#include <vector>

#include "match/lane.hpp"

namespace muster::testing {

/// Entries by letters, for code that lays them out: "a-b" is bit 0 and not bit 1.
class LetterEntries {
 public:
  static Literals literals(const std::string& text) {
    Literals out;
    bool negated = false;
    for (const char c : text) {
      if (c != '-') out.push_back(make_literal(static_cast<std::uint32_t>(c - 'a'), negated));
      negated = c == '-';
    }
    return out;
  }
  void add(std::uint32_t rule, const std::string& text, bool unsure = false) {
    entries.add(rule, {literals(text), {}, unsure});
  }

  EntryList entries;
  HotBits hot{std::vector<std::uint32_t>(26, 1)};
  std::vector<float> chances = std::vector<float>(2 * 26, 0.5f);
  LaneWriter lanes{hot, chances};
};

}  // namespace muster::testing
