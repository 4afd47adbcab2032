#include <algorithm>
#include <bit>

#include "match/rule_set_body.hpp"

namespace muster {
namespace {

void append_bits(std::vector<RuleId>& out, std::uint64_t word, std::size_t first) {
  for (; word != 0; word &= word - 1) {
    out.push_back(static_cast<RuleId>(first + static_cast<std::size_t>(std::countr_zero(word))));
  }
}

}  // namespace

// Matches twice and compares, rather than keep for each tag the rules that read it and test those:
// even if three rules in a hundred read a tag, one rule tested by itself takes as long as the index
// does for hundreds. bench/changed.cpp tries both: the lists take 5 times as long with 100 rules,
// 15 times with 1 000 and 55 times with 100 000.
void RuleSet::changed(std::span<const std::uint64_t> before, std::span<const std::uint64_t> after,
                      Scratch& scratch, std::vector<RuleId>& entered,
                      std::vector<RuleId>& left) const {
  if (std::equal(before.begin(), before.end(), after.begin(), after.end())) return;
  auto& was = scratch.body_->before;
  auto& is = scratch.body_->after;
  match_bits(before, scratch, was);
  match_bits(after, scratch, is);
  for (std::size_t i = 0; i < was.size(); ++i) {
    append_bits(entered, is[i] & ~was[i], i * 64);
    append_bits(left, was[i] & ~is[i], i * 64);
  }
}

}  // namespace muster
