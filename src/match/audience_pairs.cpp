#include <algorithm>
#include <memory>

#include "core/parallel.hpp"
#include "match/audience_engine.hpp"
#include "match/audience_kernels.hpp"
#include "match/audience_matches.hpp"

namespace muster {
namespace {

/// Rule ids that 16 bits hold.
constexpr std::size_t most_short = 65'536;
/// Rows a user that 16 bits number the words of; beyond, portable code does.
constexpr std::size_t most_rows = 65'536 / (row_bits / 16);

/// Memory that grows, without regard to what it held.
template <class T>
class Space {
 public:
  T* of(std::size_t size) {
    if (size > size_) items_ = std::make_unique_for_overwrite<T[]>(size_ = size + size / 2);
    return items_.get();
  }

 private:
  std::size_t size_ = 0;
  std::unique_ptr<T[]> items_;
};

/// One thread's pairs, of the blocks it did, one after another.
class PairWorker {
 public:
  PairWorker(const AudiencePlan& plan, const AudienceKernel& kernel)
      : kernel_(kernel),
        matches_(plan, kernel),
        rows_(rows_of(plan.rule_count) * line_users * row_words),
        short_ids_(plan.rule_count <= most_short ? rows_of(plan.rule_count) * row_bits : 0),
        is_short_(plan.rule_count <= most_short) {}

  /// Appends the pairs of a block; first[u + 1] = `before` + pairs of users 0 to u of the block.
  void append(const TileRange& block, std::uint64_t before, std::uint64_t* first) {
    for (std::size_t tile = block.first; tile < block.end; ++tile) {
      matches_.match(block, tile, [&](const AudienceMatches::LineMatches& line) {
        before = append_line(line, before, first);
        first += line.users;
      });
    }
  }

  std::vector<RuleId>& rules() noexcept { return rules_; }

 private:
  std::uint64_t append_line(const AudienceMatches::LineMatches& line, std::uint64_t before,
                            std::uint64_t* first) {
    const std::size_t rows = rows_of(line.active_count);
    const AudienceKernel& kernel = rows > most_rows ? audience_scalar : kernel_;
    kernel.transpose(line.bitmaps, line.active, line.active_count, rows_.data());
    if (is_short_) std::copy_n(line.active, line.active_count, short_ids_.data());
    for (std::size_t u = 0; u < line.users; u += decode_users) {
      const UserRows some{rows_.data() + u * row_words, rows,
                          std::min(decode_users, line.users - u), line.active,
                          is_short_ ? short_ids_.data() : nullptr};
      before = decode(kernel, some, before, first + u);
    }
    return before;
  }

  std::uint64_t decode(const AudienceKernel& kernel, const UserRows& rows, std::uint64_t before,
                       std::uint64_t* first) {
    const std::size_t words = rows.users * rows.rows_a_user * (row_bits / 16) + decode_slack;
    const DecodeSpace space{bits_.of(words), numbers_.of(words)};
    std::uint32_t ends[decode_users];
    const std::size_t listed = kernel.list(rows, space, ends);
    const std::size_t count = ends[rows.users - 1];
    RuleId* const ids = ids_.of(count + decode_slack);
    kernel.pick(rows, space, listed, ids);
    append_ids(ids, count);
    for (std::size_t u = 0; u < rows.users; ++u) first[u + 1] = before + ends[u];
    return before + count;
  }

  /// Brings memory that is written much later into the cache, too: far enough ahead, a little at a
  /// time, nothing waits for it.
  void append_ids(const RuleId* ids, std::size_t count) {
    constexpr std::size_t ahead = 8192, a_line = 64 / sizeof *ids;
    rules_.insert(rules_.end(), ids, ids + count);
    const std::size_t end = std::min(rules_.size() + ahead, rules_.capacity());
    for (std::size_t at = rules_.size() - count + ahead; at < end; at += a_line) {
      __builtin_prefetch(rules_.data() + at, 1, 2);
    }
  }

  const AudienceKernel& kernel_;
  AudienceMatches matches_;
  AlignedWords rows_;  // of the users of a line
  AlignedArray<std::uint16_t> short_ids_;
  bool is_short_;
  Space<std::uint16_t> bits_;
  Space<std::uint16_t> numbers_;
  Space<RuleId> ids_;
  std::vector<RuleId> rules_;
};

/// Where a block's pairs are.
struct Piece {
  unsigned worker;
  std::size_t begin;
};

/// Puts pieces in the order of blocks, and adds to `first`, which starts anew in each.
void stitch(std::vector<PairWorker>& workers, const std::vector<Piece>& pieces,
            const UserBlocks& users, Audience::Pairs& out) {
  std::size_t all = 0;
  for (PairWorker& worker : workers) all += worker.rules().size();
  out.rules = {};
  out.rules.reserve(all);
  for (std::size_t block = 0; block < pieces.size(); ++block) {
    const std::uint64_t base = out.rules.size();
    std::uint64_t* first = &out.first[block * users_a_block + 1];
    const std::size_t count = users.users_in(block);
    const RuleId* from = workers[pieces[block].worker].rules().data() + pieces[block].begin;
    out.rules.insert(out.rules.end(), from, from + first[count - 1]);
    for (std::size_t u = 0; u < count; ++u) first[u] += base;
  }
}

}  // namespace

Result<void> AudienceEngine::pairs(const UserBlocks& users, Audience::Pairs& out,
                                   const RunOptions& run) const {
  if (auto checked = check(users); !checked) return checked;
  std::vector<Piece> pieces(users.blocks());
  std::vector<PairWorker> workers;
  for (unsigned w = worker_count(run, pieces.size()); w > 0; --w) {
    workers.emplace_back(plan_, *kernel_);
  }
  out.first.resize(users.users() + 1);
  out.first[0] = 0;
  workers[0].rules() = std::move(out.rules);
  workers[0].rules().clear();
  const bool alone = workers.size() == 1;  // then blocks come in order
  auto done = for_each_block(run, pieces.size(), [&](std::size_t b, unsigned w) -> Result<void> {
    const auto block = users.block(b, w);
    if (!block) return block.error();
    const std::size_t here = workers[w].rules().size();
    pieces[b] = {w, here};
    workers[w].append(*block, alone ? here : 0, &out.first[b * users_a_block]);
    return {};
  });
  if (!done) return done;
  if (alone) {
    out.rules = std::move(workers[0].rules());
  } else {
    stitch(workers, pieces, users, out);
  }
  return {};
}

}  // namespace muster
