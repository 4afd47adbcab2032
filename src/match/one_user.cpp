#include "match/one_user.hpp"

#include <algorithm>
#include <vector>

#include "match/clausal_form.hpp"
#include "match/key_choice.hpp"
#include "match/one_user_kernels.hpp"
#include "match/one_user_tables.hpp"
#include "match/tile_writer.hpp"
#include "match/window_writer.hpp"

namespace muster {
namespace {

constexpr float unknown_chance = 0.2f;
// Windows have no branch to mispredict, which costs do not tell.
constexpr float window_preference = 1.3f;
constexpr std::uint32_t max_window_rules = 16'384;  // building more would take long in vain

const OneUserKernel& kernel_for(InstructionSet isa) {
  switch (isa) {
#if defined(__x86_64__)
    case InstructionSet::avx512:
      return one_user_avx512;
    case InstructionSet::avx2:
      return one_user_avx2;
    case InstructionSet::sse42:
      return one_user_sse42;
#endif
    default:
      return one_user_scalar;
  }
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
        costs_(costs),
        chance_(chances(options.frequency, input.all_bits())),
        form_({.alternatives = options.max_conjunctions}),
        hot_(uses_of(input)),
        choice_(chance_, costs_),
        lanes_(hot_, chance_),
        windows_(lanes_, costs_, tables_),
        tiles_(lanes_, costs, tables_) {}

  OneUserTables build() {
    const std::size_t rules = input_.rules.size();
    const std::size_t tiles = (rules + one_user_tile_rules - 1) / one_user_tile_rules;
    const std::size_t step = tiles == 0 ? 64 : ((rules + tiles - 1) / tiles + 63) / 64 * 64;
    for (std::size_t first = 0; first < rules; first += step) {
      build_tile(static_cast<std::uint32_t>(first),
                 static_cast<std::uint32_t>(std::min(step, rules - first)));
    }
    finish();
    return std::move(tables_);
  }

 private:
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
      if (windows_.cost() + choice_.cost() < window_preference * cost) {
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
    for (std::uint32_t rule = first; rule < first + count; ++rule) {
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
    tables_.hot_bytes = hot_.bytes();
    tables_.hot_count = std::min((input_.all_bits() + 7) / 8, one_user_hot_bytes);
    tables_.data.resize(tables_.data.size() + 8 * one_user_data_slack);
    tables_.shrink_to_fit();
  }

  const OneUserInput& input_;
  OneUserCosts costs_;
  std::vector<float> chance_;
  ClausalForm form_;
  HotBits hot_;
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

bool ask_program(const void* context, std::uint32_t rule, const std::uint64_t* bits) noexcept {
  return static_cast<const OneUserInput*>(context)->rules.evaluate(rule, bits);
}

}  // namespace

struct OneUserIndex::Body {
  OneUserTables tables;
  OneUserView view;
  const OneUserKernel* kernel;
  std::size_t user_bits;
  std::size_t all_bits;
};

struct OneUserScratch::Body {
  std::vector<std::uint64_t> bits;  // a copy of the user with shared bits; empty if there are none
  std::vector<std::uint64_t> bitmap;
  std::vector<std::uint32_t> keys;
  std::vector<std::uint32_t> queue;
  std::vector<std::uint32_t> shaped;
  std::vector<std::uint16_t> marks;
};

OneUserScratch::OneUserScratch(const OneUserIndex& index) : body_(std::make_unique<Body>()) {
  const auto& from = *index.body_;
  if (from.all_bits > from.user_bits) body_->bits.resize((from.all_bits + 63) / 64);
  body_->bitmap.resize(one_user_tile_words);
  body_->keys.resize(one_user_line_bits + one_user_slack);
  body_->queue.resize(one_user_queue + one_user_slack);
  body_->shaped.resize(one_user_shapes * (one_user_queue + one_user_slack));
  body_->marks.resize(one_user_max_marks + one_user_slack);
}
OneUserScratch::OneUserScratch(OneUserScratch&&) noexcept = default;
OneUserScratch& OneUserScratch::operator=(OneUserScratch&&) noexcept = default;
OneUserScratch::~OneUserScratch() = default;

OneUserIndex::OneUserIndex(std::unique_ptr<const Body> body) noexcept : body_(std::move(body)) {}
OneUserIndex::OneUserIndex(OneUserIndex&&) noexcept = default;
OneUserIndex& OneUserIndex::operator=(OneUserIndex&&) noexcept = default;
OneUserIndex::~OneUserIndex() = default;

OneUserIndex OneUserIndex::build(const OneUserInput& input, const Kernel& kernel,
                                 const OneUserOptions& options) {
  const OneUserKernel& code = kernel_for(kernel.isa);
  auto body = std::make_unique<Body>();
  body->tables = Builder(input, code.costs, options).build();
  body->view = body->tables.view();
  body->kernel = &code;
  body->user_bits = input.user_bits;
  body->all_bits = input.all_bits();
  return OneUserIndex(std::move(body));
}

namespace {

// The user's bits with the shared ones appended.
const std::uint64_t* with_shared_bits(const OneUserInput& input, const std::uint64_t* user,
                                      std::vector<std::uint64_t>& bits) noexcept {
  if (bits.empty()) return user;
  std::copy_n(user, (input.user_bits + 63) / 64, bits.begin());
  std::fill(bits.begin() + static_cast<std::ptrdiff_t>((input.user_bits + 63) / 64), bits.end(), 0);
  for (std::size_t i = 0; i < input.shared.size(); ++i) {
    const std::size_t bit = input.user_bits + i;
    const bool holds = input.shared.evaluate(i, bits.data());
    bits[bit / 64] |= std::uint64_t{holds} << (bit % 64);
  }
  return bits.data();
}

}  // namespace

std::size_t OneUserIndex::match(const OneUserInput& input, const std::uint64_t* user,
                                OneUserScratch& scratch,
                                std::span<std::uint32_t> out) const noexcept {
  auto& work = *scratch.body_;
  const std::uint64_t* bits = with_shared_bits(input, user, work.bits);
  const OneUserCall call{&body_->view,
                         {work.bitmap.data(), work.keys.data(), work.queue.data(),
                          work.shaped.data(), work.marks.data()},
                         bits,
                         (input.all_bits() + 63) / 64,
                         ask_program,
                         &input};
  return body_->kernel->ids(call, out.data(), out.size());
}

void OneUserIndex::match_bits(const OneUserInput& input, const std::uint64_t* user,
                              OneUserScratch& scratch, std::uint64_t* out) const noexcept {
  auto& work = *scratch.body_;
  std::fill_n(out, (input.rules.size() + 63) / 64, std::uint64_t{0});
  const std::uint64_t* bits = with_shared_bits(input, user, work.bits);
  const OneUserCall call{&body_->view,
                         {work.bitmap.data(), work.keys.data(), work.queue.data(),
                          work.shaped.data(), work.marks.data()},
                         bits,
                         (input.all_bits() + 63) / 64,
                         ask_program,
                         &input};
  body_->kernel->bitmap(call, out);
}

std::size_t OneUserIndex::memory_bytes() const noexcept {
  return sizeof(Body) + body_->tables.memory_bytes();
}

}  // namespace muster
