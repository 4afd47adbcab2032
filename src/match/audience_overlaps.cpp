#include <algorithm>
#include <functional>

#include "core/parallel.hpp"
#include "match/audience_engine.hpp"
#include "match/audience_matches.hpp"

namespace muster {
namespace {

/// One thread's share of all overlaps, the upper half.
class OverlapWorker {
 public:
  OverlapWorker(const AudiencePlan& plan, const AudienceKernel& kernel)
      : kernel_(kernel),
        rules_(plan.rule_count),
        matches_(plan, kernel),
        gathered_((rules_ + decode_slack) * line_words),
        overlaps_(rules_ * rules_) {
    std::fill_n(gathered_.data(), (rules_ + decode_slack) * line_words, 0);
  }

  void add(const TileRange& block, std::size_t tile) {
    matches_.match(block, tile, [this](const AudienceMatches::LineMatches& line) {
      for (std::size_t i = 0; i < line.active_count; ++i) {
        std::copy_n(line.bitmaps + line.active[i] * line_words, line_words,
                    gathered_.data() + i * line_words);
      }
      kernel_.overlap(gathered_.data(), line.active, line.active_count, rules_, overlaps_.data());
    });
  }

  std::vector<std::uint64_t>& overlaps() noexcept { return overlaps_; }

 private:
  const AudienceKernel& kernel_;
  std::size_t rules_;
  AudienceMatches matches_;
  AlignedWords gathered_;  // lines of active rules
  std::vector<std::uint64_t> overlaps_;
};

}  // namespace

Result<std::vector<std::uint64_t>> AudienceEngine::overlaps(const UserBlocks& users,
                                                            const RunOptions& run) const {
  if (auto checked = check(users); !checked) return std::move(checked).error();
  std::vector<OverlapWorker> workers;
  for (unsigned w = worker_count(run, users.blocks()); w > 0; --w) {
    workers.emplace_back(plan_, *kernel_);
  }
  auto done = for_each_block(run, users.blocks(), [&](std::size_t b, unsigned w) -> Result<void> {
    const auto block = users.block(b, w);
    if (!block) return block.error();
    for (std::size_t tile = block->first; tile < block->end; ++tile) workers[w].add(*block, tile);
    return {};
  });
  if (!done) return std::move(done).error();
  std::vector<std::uint64_t> out = std::move(workers[0].overlaps());
  for (std::size_t w = 1; w < workers.size(); ++w) {
    std::transform(out.begin(), out.end(), workers[w].overlaps().begin(), out.begin(),
                   std::plus<>());
  }
  for (std::size_t i = 0; i < rules(); ++i) {
    for (std::size_t j = 0; j < i; ++j) out[i * rules() + j] = out[j * rules() + i];
  }
  return out;
}

}  // namespace muster
