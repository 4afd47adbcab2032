#include "match/audience_engine.hpp"

#include <algorithm>
#include <string>

#include "core/bits.hpp"
#include "core/parallel.hpp"
#include "match/audience_lines.hpp"
#include "match/stream_copy.hpp"

namespace muster {
namespace {

/// So many lines of each rule as fit half of a second-level cache, a block's at most, one at least.
std::size_t lines_that_fit(std::size_t rules) noexcept {
  constexpr std::size_t kept_words = std::size_t{1} << 16;
  return std::clamp<std::size_t>(kept_words / (std::max<std::size_t>(rules, 1) * line_words), 1,
                                 tiles_a_block);
}

/// Writes its tiles' part of all bitmaps, in long pieces: the bitmaps of any two rules are far
/// apart.
class BitmapWorker {
 public:
  BitmapWorker(const AudiencePlan& plan, const AudienceKernel& kernel)
      : rules_(plan.rule_count),
        most_lines_(lines_that_fit(rules_)),
        lines_(plan, kernel),
        kept_(rules_ * most_lines_ * line_words) {}

  /// `words` a rule in all; the block's begin at word `first`.
  void write(const TileRange& block, std::size_t first, std::size_t words, std::uint64_t* out) {
    std::size_t kept = 0;
    for (std::size_t tile = block.first; tile < block.end; ++tile) {
      lines_.fill(block, tile);
      lines_.store({kept_.data() + kept * line_words, stride()});
      if (++kept < most_lines_ && tile + 1 < block.end) continue;
      write_out(std::min(kept * line_words, words - first), words, out + first);
      first += kept * line_words;
      kept = 0;
    }
  }

 private:
  std::size_t stride() const noexcept { return most_lines_ * line_words; }

  void write_out(std::size_t count, std::size_t words, std::uint64_t* out) {
    for (std::size_t r = 0; r < rules_; ++r) {
      stream_copy(kept_.data() + r * stride(), count * sizeof *out, out + r * words);
    }
    finish_streams();
  }

  std::size_t rules_;
  std::size_t most_lines_;
  AudienceLines lines_;
  AlignedWords kept_;  // stride() words a rule
};

}  // namespace

AudienceEngine::AudienceEngine(const OneUserInput& input, InstructionSet isa)
    : plan_(make_audience_plan(input)),
      user_bits_(input.user_bits),
      kernel_(&audience_kernel(isa)) {}

Result<void> AudienceEngine::check(const UserBlocks& users) const {
  if (users.users() == 0 || users.bits() == user_bits_) return {};
  return Error{Errc::schema_mismatch,
               "the users were encoded to " + std::to_string(users.bits()) +
                   " bits each, but the rule set reads " + std::to_string(user_bits_),
               {}};
}

Result<std::vector<std::uint64_t>> AudienceEngine::counts(const UserBlocks& users,
                                                          const RunOptions& run) const {
  if (auto checked = check(users); !checked) return std::move(checked).error();
  const std::span<const std::uint32_t> targets = plan_.rule_targets();
  struct Worker {
    AudienceLines lines;
    std::vector<std::uint64_t> counts;  // one a target
  };
  std::vector<Worker> workers;
  for (unsigned w = worker_count(run, users.blocks()); w > 0; --w) {
    workers.push_back({AudienceLines(plan_, *kernel_), std::vector<std::uint64_t>(targets.size())});
  }
  auto done = for_each_block(run, users.blocks(), [&](std::size_t b, unsigned w) -> Result<void> {
    const auto block = users.block(b, w);
    if (!block) return block.error();
    for (std::size_t tile = block->first; tile < block->end; ++tile) {
      workers[w].lines.fill(*block, tile);
      workers[w].lines.count(workers[w].counts.data());
    }
    return {};
  });
  if (!done) return std::move(done).error();
  std::vector<std::uint64_t> counts(rules());
  for (std::size_t i = 0; i < targets.size(); ++i) {
    std::uint64_t& sum = counts[targets[i]] = 0;  // what is there twice has twice the same count
    for (const Worker& worker : workers) sum += worker.counts[i];
  }
  return counts;
}

Result<void> AudienceEngine::bitmaps(const UserBlocks& users, std::span<std::uint64_t> out,
                                     const RunOptions& run) const {
  if (auto checked = check(users); !checked) return checked;
  const std::size_t words = words_for(users.users());
  if (out.size() != words * rules()) {
    return Error{Errc::invalid_argument,
                 "bitmaps of " + std::to_string(rules()) + " rules take " +
                     std::to_string(words * rules()) + " words, not " + std::to_string(out.size()),
                 {}};
  }
  std::vector<BitmapWorker> workers;
  for (unsigned w = worker_count(run, users.blocks()); w > 0; --w) {
    workers.emplace_back(plan_, *kernel_);
  }
  return for_each_block(run, users.blocks(), [&](std::size_t b, unsigned w) -> Result<void> {
    const auto block = users.block(b, w);
    if (!block) return block.error();
    workers[w].write(*block, b * tiles_a_block * line_words, words, out.data());
    return {};
  });
}

}  // namespace muster
