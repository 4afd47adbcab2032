#include <algorithm>
#include <cstring>
#include <memory>

#include "core/parallel.hpp"
#include "match/audience_engine.hpp"
#include "match/audience_lines.hpp"

namespace muster {
namespace {

/// One thread's pairs, of the tiles it did, one after another.
class PairWorker {
 public:
  PairWorker(const AudiencePlan& plan, const AudienceKernel& kernel)
      : kernel_(kernel),
        rule_count_(plan.rule_count),
        lines_(plan, kernel),
        bitmaps_(plan.rule_count * line_words),
        active_(rows_of(plan.rule_count + 1) * row_bits / 2),
        small_(rows_of(plan.rule_count + 1) * row_bits / 4),
        rows_(rows_of(plan.rule_count) * slab_users * row_words) {
    const std::size_t words = decode_users * rows_of(rule_count_) * 32 + 32;
    bits_ = std::make_unique_for_overwrite<std::uint16_t[]>(words);
    numbers_ = std::make_unique_for_overwrite<std::uint16_t[]>(words);
    picked_ = std::make_unique_for_overwrite<std::uint16_t[]>(16 * words);
    ids_ = std::make_unique_for_overwrite<RuleId[]>(16 * words);
  }

  /// Appends the pairs of a tile; first[u + 1] = pairs of users 0 to u of the tile.
  void append(const EncodedUsers& users, std::size_t tile, std::uint64_t* first) {
    const std::size_t start = rules_.size();
    const std::size_t count = users.users_in(tile);
    for (std::size_t user = 0; user < count; user += slab_users) {
      if (user % line_users == 0) {
        lines_.fill(users, tile, user / line_users);
        lines_.store(bitmaps_.data(), line_words);
      }
      append_slab(user % line_users / 64, std::min(slab_users, count - user), start, first + user);
    }
  }

  std::vector<RuleId>& rules() noexcept { return rules_; }

 private:
  void append_slab(std::size_t word, std::size_t users, std::size_t start, std::uint64_t* first) {
    auto* active = reinterpret_cast<std::uint32_t*>(active_.data());
    const std::size_t count = kernel_.find_active(bitmaps_.data() + word, rule_count_, active);
    if (rule_count_ <= 65536) {
      auto* small = reinterpret_cast<std::uint16_t*>(small_.data());
      for (std::size_t i = 0; i < count; ++i) small[i] = static_cast<std::uint16_t>(active[i]);
    }
    kernel_.transpose(bitmaps_.data() + word, active, count, rows_.data());
    for (std::size_t u = 0; u < users; u += decode_users) {
      decode(u, std::min(decode_users, users - u), rows_of(count), start, first + u);
    }
  }

  void decode(std::size_t user, std::size_t count, std::size_t rows, std::size_t start,
              std::uint64_t* first) {
    std::uint32_t ends[decode_users];
    const DecodeSpace space{bits_.get(), numbers_.get(), picked_.get()};
    const RowIds row_ids{
        reinterpret_cast<const std::uint32_t*>(active_.data()),
        rule_count_ <= 65536 ? reinterpret_cast<const std::uint16_t*>(small_.data()) : nullptr};
    kernel_.decode(rows_.data() + user * row_words, rows, count, row_ids, space, ids_.get(), ends);
    const std::size_t before = rules_.size() - start;
    for (std::size_t u = 0; u < count; ++u) first[u + 1] = before + ends[u];
    rules_.insert(rules_.end(), ids_.get(), ids_.get() + ends[count - 1]);
  }

  const AudienceKernel& kernel_;
  std::size_t rule_count_;
  AudienceLines lines_;
  AlignedWords bitmaps_;  // of a line of users, per rule
  AlignedWords active_;   // ids of rules
  AlignedWords small_;    // ids of rules
  AlignedWords rows_;     // of rules, per user of a slab
  std::unique_ptr<std::uint16_t[]> bits_;
  std::unique_ptr<std::uint16_t[]> numbers_;
  std::unique_ptr<std::uint16_t[]> picked_;
  std::unique_ptr<RuleId[]> ids_;
  std::vector<RuleId> rules_;
};

}  // namespace

Result<void> AudienceEngine::pairs(const EncodedUsers& users, Audience::Pairs& out,
                                   const RunOptions& run) const {
  if (auto checked = check(users); !checked) return checked;
  struct Piece {
    unsigned worker;
    std::size_t begin;
  };
  std::vector<Piece> pieces(users.tiles());
  std::vector<PairWorker> workers;
  for (unsigned w = worker_count(run, users.tiles()); w > 0; --w)
    workers.emplace_back(plan_, *kernel_);
  workers[0].rules() = std::move(out.rules);
  workers[0].rules().clear();
  out.first.assign(users.users() + 1, 0);
  auto done = for_each_block(run, users.tiles(), [&](std::size_t tile, unsigned w) {
    pieces[tile] = {w, workers[w].rules().size()};
    workers[w].append(users, tile, &out.first[tile * EncodedUsers::tile_users]);
  });
  if (!done) return done;
  std::uint64_t base = 0;
  for (std::size_t tile = 0; tile < users.tiles(); ++tile) {
    std::uint64_t* first = &out.first[tile * EncodedUsers::tile_users + 1];
    const std::size_t here = users.users_in(tile);
    for (std::size_t u = 0; u < here; ++u) first[u] += base;
    base = first[here - 1];
  }
  if (workers.size() == 1) {
    out.rules = std::move(workers[0].rules());
    return {};
  }
  out.rules = {};
  out.rules.reserve(base);
  for (std::size_t tile = 0; tile < users.tiles(); ++tile) {
    const std::size_t begin = tile * EncodedUsers::tile_users;
    const std::uint64_t count = out.first[begin + users.users_in(tile)] - out.first[begin];
    const RuleId* from = workers[pieces[tile].worker].rules().data() + pieces[tile].begin;
    out.rules.insert(out.rules.end(), from, from + count);
  }
  return {};
}

}  // namespace muster
