#include "match/audience_engine.hpp"

#include <algorithm>
#include <string>

#include "core/parallel.hpp"
#include "match/audience_lines.hpp"
#include "match/stream_copy.hpp"
#include "tags/user_blocks.hpp"

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

  void write(const EncodedUsers& users, std::size_t block, std::uint64_t* out) {
    std::size_t kept = 0;
    for_each_tile(users, block, [&](std::size_t tile) {
      lines_.fill(users, tile);
      lines_.store({kept_.data() + kept * line_words, stride()});
      if (++kept < most_lines_ && tile + 1 < users.tiles()) return;
      write_out(users, (tile + 1 - kept) * line_words, kept * line_words, out);
      kept = 0;
    });
  }

 private:
  std::size_t stride() const noexcept { return most_lines_ * line_words; }

  void write_out(const EncodedUsers& users, std::size_t at, std::size_t count, std::uint64_t* out) {
    const std::size_t words = Audience::words_per_rule(users);
    for (std::size_t r = 0; r < rules_; ++r) {
      stream_copy(kept_.data() + r * stride(), std::min(count, words - at) * sizeof *out,
                  out + r * words + at);
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

Result<void> AudienceEngine::check(const EncodedUsers& users) const {
  if (users.users() == 0 || users.bits() == user_bits_) return {};
  return Error{Errc::schema_mismatch,
               "the users were encoded to " + std::to_string(users.bits()) +
                   " bits each, but the rule set reads " + std::to_string(user_bits_),
               {}};
}

Result<std::vector<std::uint64_t>> AudienceEngine::counts(const EncodedUsers& users,
                                                          const RunOptions& run) const {
  if (auto checked = check(users); !checked) return std::move(checked).error();
  const std::span<const std::uint32_t> targets = plan_.rule_targets();
  struct Worker {
    AudienceLines lines;
    std::vector<std::uint64_t> counts;  // one a target
  };
  std::vector<Worker> workers;
  const std::size_t blocks = blocks_of(users);
  for (unsigned w = worker_count(run, blocks); w > 0; --w) {
    workers.push_back({AudienceLines(plan_, *kernel_), std::vector<std::uint64_t>(targets.size())});
  }
  auto done = for_each_block(run, blocks, [&](std::size_t block, unsigned w) {
    for_each_tile(users, block, [&worker = workers[w], &users](std::size_t tile) {
      worker.lines.fill(users, tile);
      worker.lines.count(worker.counts.data());
    });
  });
  if (!done) return std::move(done).error();
  std::vector<std::uint64_t> counts(rules());
  for (std::size_t i = 0; i < targets.size(); ++i) {
    std::uint64_t& sum = counts[targets[i]] = 0;  // what is there twice has twice the same count
    for (const Worker& worker : workers) sum += worker.counts[i];
  }
  return counts;
}

Result<void> AudienceEngine::bitmaps(const EncodedUsers& users, std::span<std::uint64_t> out,
                                     const RunOptions& run) const {
  if (auto checked = check(users); !checked) return checked;
  const std::size_t words = Audience::words_per_rule(users);
  if (out.size() != words * rules()) {
    return Error{Errc::invalid_argument,
                 "bitmaps of " + std::to_string(rules()) + " rules take " +
                     std::to_string(words * rules()) + " words, not " + std::to_string(out.size()),
                 {}};
  }
  std::vector<BitmapWorker> workers;
  const std::size_t blocks = blocks_of(users);
  for (unsigned w = worker_count(run, blocks); w > 0; --w) workers.emplace_back(plan_, *kernel_);
  return for_each_block(run, blocks, [&](std::size_t block, unsigned w) {
    workers[w].write(users, block, out.data());
  });
}

}  // namespace muster
