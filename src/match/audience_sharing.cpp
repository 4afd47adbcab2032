#include <algorithm>
#include <array>
#include <bit>
#include <unordered_map>

#include "match/audience_units.hpp"

namespace muster {
namespace {

/// Literals of a unit whose pairs are looked at: keeps the work linear in the size of the rules.
constexpr std::size_t window = 16;

struct Pair {
  SignedLine first = 0;
  SignedLine second = 0;
  std::uint64_t key() const { return std::uint64_t{first} << 32 | second; }
};

/// How often pairs occur, at least: pairs of one slot are counted together.
class PairCounts {
 public:
  explicit PairCounts(std::size_t pairs)
      : shift_(64 - static_cast<int>(
                        std::bit_width(std::clamp<std::size_t>(pairs, 1u << 10, 1u << 22)))),
        counts_(std::size_t{1} << (64 - shift_)) {}

  std::uint32_t& of(Pair pair) { return counts_[pair.key() * 0x9E3779B97F4A7C15u >> shift_]; }

 private:
  int shift_;
  std::vector<std::uint32_t> counts_;
};

struct Vote {
  Pair pair;
  std::uint32_t unit;
};

class PairSharer {
 public:
  PairSharer(UnitGraph& graph, const PairLimits& limits) : graph_(graph), limits_(limits) {}

  /// One round: most wanted pairs first.
  bool round() {
    count();
    collect_votes();
    return apply();
  }

 private:
  std::size_t unit_count() const { return graph_.units.size() + graph_.rules.size(); }
  Unit& unit(std::size_t i) {
    return i < graph_.units.size() ? graph_.units[i] : graph_.rules[i - graph_.units.size()];
  }

  template <class Fn>
  static void for_each_pair(const Unit& unit, Fn&& fn) {
    const std::size_t literals = std::min(window, unit.literals.size());
    for (std::size_t b = 1; b < literals; ++b) {
      for (std::size_t a = 0; a < b; ++a) fn(Pair{unit.literals[a], unit.literals[b]});
    }
  }

  void count() {
    std::size_t pairs = 0;
    for (std::size_t i = 0; i < unit_count(); ++i) {
      const std::size_t literals = std::min(window, unit(i).literals.size());
      pairs += literals * (literals - 1) / 2;
    }
    counts_ = PairCounts(pairs);
    for (std::size_t i = 0; i < unit_count(); ++i) {
      for_each_pair(unit(i), [&](Pair pair) { ++counts_.of(pair); });
    }
  }

  void collect_votes() {
    votes_.clear();
    for (std::size_t i = 0; i < unit_count(); ++i) vote(i);
    std::sort(votes_.begin(), votes_.end(), [](const Vote& a, const Vote& b) {
      return std::pair(a.pair.key(), a.unit) < std::pair(b.pair.key(), b.unit);
    });
  }

  /// A unit wants the commonest pairs that do not overlap. A unit that is a pair is what others
  /// are to share.
  void vote(std::size_t i) {
    const Unit& self = unit(i);
    if (self.literals.size() + self.any.size() <= 2) return;
    choices_.clear();
    for_each_pair(self, [&](Pair pair) {
      if (counts_.of(pair) >= limits_.least_uses) choices_.push_back({counts_.of(pair), pair});
    });
    std::stable_sort(choices_.begin(), choices_.end(),
                     [](const Choice& a, const Choice& b) { return a.uses > b.uses; });
    taken_.clear();
    for (const Choice& choice : choices_) {
      if (taken(choice.pair.first) || taken(choice.pair.second)) continue;
      taken_.insert(taken_.end(), {choice.pair.first, choice.pair.second});
      votes_.push_back({choice.pair, static_cast<std::uint32_t>(i)});
    }
  }

  bool taken(SignedLine literal) const {
    return std::find(taken_.begin(), taken_.end(), literal) != taken_.end();
  }

  bool apply() {
    std::vector<std::array<std::size_t, 2>> runs;  // of votes for one pair
    for (std::size_t begin = 0, end = 0; begin < votes_.size(); begin = end) {
      while (end < votes_.size() && votes_[end].pair.key() == votes_[begin].pair.key()) ++end;
      if (end - begin >= limits_.least_uses) runs.push_back({begin, end});
    }
    std::stable_sort(runs.begin(), runs.end(),
                     [](const auto& a, const auto& b) { return a[1] - a[0] > b[1] - b[0]; });
    const std::size_t old_units = graph_.units.size();
    bool changed = false;
    for (const auto& [begin, end] : runs) {
      if (graph_.lines.size() >= limits_.most_lines) break;
      changed = true;
      const SignedLine shared = add_pair(votes_[begin].pair);
      for (std::size_t v = begin; v < end; ++v) {
        const std::size_t i = votes_[v].unit;
        replace(i < old_units ? graph_.units[i] : graph_.rules[i - old_units], votes_[v].pair,
                shared);
      }
    }
    return changed;
  }

  SignedLine add_pair(Pair pair) {
    Unit unit;
    const bool negative = is_negative(pair.first) && is_negative(pair.second);
    if (negative) {  // neither a nor b: not (a or b)
      unit.any = {line_of(pair.first), line_of(pair.second)};
    } else {
      unit.literals = {pair.first, pair.second};
    }
    return make_signed(graph_.add_unit(std::move(unit)), negative);
  }

  static void replace(Unit& unit, Pair pair, SignedLine shared) {
    std::erase_if(unit.literals, [&](SignedLine l) { return l == pair.first || l == pair.second; });
    unit.literals.insert(std::upper_bound(unit.literals.begin(), unit.literals.end(), shared),
                         shared);
  }

  struct Choice {
    std::uint32_t uses;
    Pair pair;
  };

  UnitGraph& graph_;
  const PairLimits& limits_;
  PairCounts counts_{1};
  std::vector<Vote> votes_;
  std::vector<Choice> choices_;
  std::vector<SignedLine> taken_;
};

}  // namespace

void share_pairs(UnitGraph& graph, const PairLimits& limits) {
  PairSharer sharer(graph, limits);
  while (sharer.round()) {
  }
}

}  // namespace muster
