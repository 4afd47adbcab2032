#include <algorithm>

#include "core/parallel.hpp"
#include "match/audience_engine.hpp"
#include "match/audience_lines.hpp"

namespace muster {

Result<std::vector<std::uint64_t>> AudienceEngine::overlaps(const EncodedUsers& users,
                                                            const RunOptions& run) const {
  if (auto checked = check(users); !checked) return std::move(checked).error();
  struct Worker {
    AudienceLines lines;
    AlignedWords bitmaps;
    std::vector<std::uint64_t> overlaps;
  };
  const std::size_t n = rules();
  std::vector<Worker> workers;
  for (unsigned w = worker_count(run, users.tiles()); w > 0; --w) {
    workers.push_back({AudienceLines(plan_, *kernel_), AlignedWords(n * line_words),
                       std::vector<std::uint64_t>(n * n)});
  }
  auto done = for_each_block(run, users.tiles(), [&](std::size_t tile, unsigned w) {
    Worker& self = workers[w];
    for (std::size_t line = 0; line < lines_in(users, tile); ++line) {
      self.lines.fill(users, tile, line);
      self.lines.store(self.bitmaps.data(), line_words);
      kernel_->overlap(self.bitmaps.data(), n, self.overlaps.data());
    }
  });
  if (!done) return std::move(done).error();
  std::vector<std::uint64_t> out = std::move(workers[0].overlaps);
  for (std::size_t w = 1; w < workers.size(); ++w) {
    std::transform(out.begin(), out.end(), workers[w].overlaps.begin(), out.begin(), std::plus<>());
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < i; ++j) out[i * n + j] = out[j * n + i];
  }
  return out;
}

}  // namespace muster
