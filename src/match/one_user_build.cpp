#include "match/one_user_build.hpp"

#include <algorithm>
#include <utility>

#include "core/bits.hpp"
#include "match/cancelled.hpp"
#include "match/clausal_form.hpp"
#include "match/key_choice.hpp"
#include "match/tile_writer.hpp"
#include "match/window_writer.hpp"

namespace muster {
namespace {

// Small sets lie in fast memory and have some to spare.
std::size_t block_bytes(std::size_t rules) { return rules < 200'000 ? 256 : 64; }

constexpr float unknown_chance = 0.2f;
// Windows have no branch to mispredict, which costs do not tell; the walk along keys takes a while
// even if it meets none.
constexpr float window_preference = 1.8f;
constexpr float walk = 150.0f;
constexpr float cold_preference = 0.4f;
constexpr std::uint32_t max_window_rules = 16'384;  // building more would take long in vain

OneUserCosts with_table(OneUserCosts costs, const HotBits& hot) {
  if (!hot.wide()) return costs;
  costs.window_row *= costs.wide_row / costs.row;
  costs.row = costs.wide_row;
  return costs;
}

// How often each literal holds.
std::vector<float> chances(std::span<const float> frequency, std::size_t bits) {
  std::vector<float> chance(2 * bits);
  for (std::size_t bit = 0; bit < bits; ++bit) {
    const float known = bit < frequency.size() ? frequency[bit] : unknown_chance;
    chance[2 * bit] = std::clamp(known, 0.001f, 0.999f);
    chance[2 * bit + 1] = 1 - chance[2 * bit];
  }
  return chance;
}

// Makes a cold literal the likelier key: it then needs no condition.
std::vector<float> cold_preferred(std::vector<float> chance, const HotBits& hot) {
  for (Literal literal = 0; literal < chance.size(); ++literal) {
    if (!hot.has(literal)) chance[literal] *= cold_preference;
  }
  return chance;
}

// How often rules read each bit, from a sample of the rules.
std::vector<std::uint32_t> uses_of(const OneUserInput& input) {
  std::vector<std::uint32_t> uses(input.all_bits());
  std::vector<ProgramNode> program;
  const std::size_t step = std::max<std::size_t>(1, input.rules.size() / 20'000);
  for (std::size_t rule = 0; rule < input.rules.size(); rule += step) {
    input.rules.read(rule, program);
    for (const ProgramNode& node : program) {
      if (node.op == ProgramNode::Op::literal) ++uses[bit_of(node.arg)];
    }
  }
  return uses;
}

class Builder {
 public:
  Builder(const OneUserInput& input, const OneUserCosts& costs, const OneUserOptions& options)
      : input_(input),
        hot_(uses_of(input)),
        costs_(with_table(costs, hot_)),
        chance_(chances(options.frequency, input.all_bits())),
        key_chance_(cold_preferred(chance_, hot_)),
        form_({.alternatives = options.max_conjunctions}),
        run_(options.run),
        choice_(key_chance_, costs_, run_.cancel),
        lanes_(hot_, chance_),
        windows_(lanes_, costs_, tables_),
        tiles_(lanes_, costs, block_bytes(input.rules.size()), tables_, run_.cancel) {}

  Result<OneUserTables> build() {
    const std::size_t rules = input_.rules.size();
    const std::size_t tiles = (rules + one_user_tile_rules - 1) / one_user_tile_rules;
    const std::size_t step = tiles == 0 ? 64 : words_for((rules + tiles - 1) / tiles) * 64;
    for (std::size_t first = 0; first < rules && !cancelled(); first += step) {
      const std::size_t count = std::min(step, rules - first);
      build_tile(static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(count));
      tell(first + count);
    }
    if (cancelled()) return compiling_was_cancelled();
    finish();
    return std::move(tables_);
  }

 private:
  bool cancelled() const { return is_cancelled(run_.cancel); }

  void tell(std::size_t done) const {
    if (run_.progress && !cancelled()) run_.progress(done, input_.rules.size());
  }

  // Once cancelled, what it builds may be anything.
  void build_tile(std::uint32_t first, std::uint32_t count) {
    collect(first, count);
    OneUserTile tile{first, count, 0, 0, 0, 0, 0};
    split_groups(entries_, filed_);
    auto keys = choice_.choose(filed_);
    if (costs_.window_row > 0 && count <= max_window_rules) {
      const float cost = choice_.cost();
      windows_.plan(first, entries_, unfit_);
      split_groups(unfit_, rest_);
      auto other_keys = choice_.choose(rest_);
      if (windows_.cost() + choice_.cost() < window_preference * (cost + walk)) {
        windows_.write(tile);
        std::swap(filed_, rest_);
        keys = std::move(other_keys);
      }
    }
    tiles_.write(tile, filed_, keys);
    tables_.tiles.push_back(tile);
  }

  void collect(std::uint32_t first, std::uint32_t count) {
    entries_.clear();
    ProgramList::Cursor programs(input_.rules, first);
    for (std::uint32_t rule = first; rule < first + count && !cancelled(); ++rule) {
      // Collecting is about half the work.
      if (rule % rules_between_reports == 0) tell(first + (rule - first) / 2);
      programs.next(program_);
      for (const Alternative& alternative : form_.of(program_)) entries_.add(rule, alternative);
    }
  }

  float chance_of(std::span<const Literal> literals) const {
    float sum = 0;
    for (Literal literal : literals) sum += chance_[literal];
    return sum;
  }

  // A group rarer than every literal becomes several entries, so that its literals can be keys.
  void split_groups(const EntryList& from, EntryList& to) const {
    to.clear();
    for (std::size_t e = 0; e < from.size(); ++e) {
      float rarest = 1;
      for (Literal literal : from.literals(from[e])) rarest = std::min(rarest, chance_[literal]);
      unsigned best = from[e].groups;
      float best_chance = 0.6f * rarest;
      auto groups = from.groups(from[e]);
      for (unsigned g = 0; g < from[e].groups; ++g) {
        const float chance = chance_of(groups.subspan(1, groups[0]));
        if (chance < best_chance) best = g, best_chance = chance;
        groups = groups.subspan(1 + groups[0]);
      }
      if (best == from[e].groups) {
        to.add(from, e);
      } else {
        to.add_split(from, e, best);
      }
    }
  }

  void finish() {
    tables_.key_blocks.push_back(static_cast<std::uint32_t>(tables_.blocks.size()));
    tables_.hot_words = hot_.words();
    tables_.hot_count = hot_.count();
    tables_.wide = hot_.wide();
    tables_.data.resize(tables_.data.size() + 8 * one_user_data_slack);
    tables_.shrink_to_fit();
  }

  const OneUserInput& input_;
  HotBits hot_;
  OneUserCosts costs_;
  std::vector<float> chance_;
  std::vector<float> key_chance_;
  ClausalForm form_;
  const RunOptions& run_;
  KeyChoice choice_;
  OneUserTables tables_;
  LaneWriter lanes_;
  WindowWriter windows_;
  TileWriter tiles_;
  EntryList entries_;  // of the tile at hand
  EntryList filed_;    // those under keys
  EntryList unfit_;    // those that windows do not hold
  EntryList rest_;     // the same, split
  std::vector<ProgramNode> program_;
};

}  // namespace

Result<OneUserTables> build_one_user(const OneUserInput& input, const OneUserCosts& costs,
                                     const OneUserOptions& options) {
  return Builder(input, costs, options).build();
}

}  // namespace muster
