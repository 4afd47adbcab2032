#include "match/audience_engine.hpp"

#include <algorithm>
#include <cstring>
#include <string>

#include "core/parallel.hpp"
#include "match/audience_lines.hpp"

namespace muster {

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
    workers.push_back({AudienceLines(plan_, *kernel_), std::vector<std::uint64_t>(rules())});
  }
  auto done = for_each_block(run, users.tiles(), [&](std::size_t tile, unsigned w) {
    for (std::size_t line = 0; line < lines_in(users, tile); ++line) {
      workers[w].lines.fill(users, tile, line);
      workers[w].lines.count(workers[w].counts.data());
    }
  });
  if (!done) return std::move(done).error();
  std::vector<std::uint64_t> counts(rules());
  for (const Worker& worker : workers) {
    std::transform(counts.begin(), counts.end(), worker.counts.begin(), counts.begin(),
                   std::plus<>());
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
  std::vector<AudienceLines> workers;
  for (unsigned w = worker_count(run, users.tiles()); w > 0; --w)
    workers.emplace_back(plan_, *kernel_);
  return for_each_block(run, users.tiles(), [&](std::size_t tile, unsigned w) {
    for (std::size_t line = 0; line < lines_in(users, tile); ++line) {
      workers[w].fill(users, tile, line);
      const std::size_t at = tile * EncodedUsers::tile_words + line * line_words;
      if (words - at >= line_words) {
        workers[w].store(out.data() + at, words);
        continue;
      }
      AlignedWords last(rules() * line_words);  // the line goes past the end of the bitmaps
      workers[w].store(last.data(), line_words);
      for (std::size_t r = 0; r < rules(); ++r) {
        std::copy_n(last.data() + r * line_words, words - at, out.data() + r * words + at);
      }
    }
  });
}

}  // namespace muster
