#include "match/audience_engine.hpp"

#include <algorithm>
#include <string>

#include "core/parallel.hpp"
#include "match/audience_lines.hpp"

namespace muster {
namespace {

/// Writes its tiles' part of all bitmaps, in long pieces: the bitmaps of any two rules are far
/// apart.
class BitmapWorker {
 public:
  BitmapWorker(const AudiencePlan& plan, const AudienceKernel& kernel)
      : rules_(plan.rule_count),
        most_lines_(lines_that_fit(rules_)),
        lines_(plan, kernel),
        kept_(rules_ * most_lines_ * line_words),
        used_(plan.rule_count) {}

  void write(const EncodedUsers& users, std::size_t tile, std::uint64_t* out) {
    const std::size_t all = lines_in(users, tile);
    for (std::size_t first = 0; first < all; first += most_lines_) {
      const std::size_t end = std::min(all, first + most_lines_);
      for (std::size_t line = first; line < end; ++line) {
        lines_.fill(users, tile, line);
        lines_.store({kept_.data() + (line - first) * line_words, stride(), used_.data()});
      }
      write_out(users, tile * EncodedUsers::tile_words + first * line_words,
                (end - first) * line_words, out);
    }
  }

 private:
  std::size_t stride() const noexcept { return most_lines_ * line_words; }

  void write_out(const EncodedUsers& users, std::size_t at, std::size_t count, std::uint64_t* out) {
    const std::size_t words = Audience::words_per_rule(users);
    for (std::size_t r = 0; r < rules_; ++r) {
      std::copy_n(kept_.data() + r * stride(), std::min(count, words - at), out + r * words + at);
    }
  }

  std::size_t rules_;
  std::size_t most_lines_;
  AudienceLines lines_;
  AlignedWords kept_;  // stride() words a rule
  AlignedArray<std::uint8_t> used_;
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
  struct Worker {
    AudienceLines lines;
    std::vector<std::uint64_t> counts;
  };
  std::vector<Worker> workers;
  for (unsigned w = worker_count(run, users.tiles()); w > 0; --w) {
    workers.push_back(
        {AudienceLines(plan_, *kernel_), std::vector<std::uint64_t>(rules() + count_slack)});
  }
  auto done = for_each_block(run, users.tiles(), [&](std::size_t tile, unsigned w) {
    for (std::size_t line = 0; line < lines_in(users, tile); ++line) {
      workers[w].lines.fill(users, tile, line);
      workers[w].lines.count(workers[w].counts.data());
    }
  });
  if (!done) return std::move(done).error();
  std::vector<std::uint64_t> counts(rules());
  const std::uint32_t* ids = plan_.targets.data() + (plan_.targets.size() - rules());
  for (const Worker& worker : workers) {
    for (std::size_t i = 0; i < rules(); ++i) counts[ids[i]] += worker.counts[i];
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
  for (unsigned w = worker_count(run, users.tiles()); w > 0; --w)
    workers.emplace_back(plan_, *kernel_);
  return for_each_block(run, users.tiles(), [&](std::size_t tile, unsigned w) {
    workers[w].write(users, tile, out.data());
  });
}

}  // namespace muster
