#include "match/audience_lines.hpp"

#include <algorithm>
#include <span>

namespace muster {

AudienceLines::AudienceLines(const AudiencePlan& plan, const AudienceKernel& kernel)
    : plan_(plan), kernel_(kernel), copies_(plan.in_place ? 0 : plan.lines * line_words) {}

void AudienceLines::fill(const TileRange& block, std::size_t tile) noexcept {
  const EncodedUsers& users = *block.users;
  here_ = users.column(tile, 0);
  next_ = users.column(std::min(tile + 1, users.tiles() - 1), 0);
  if (plan_.in_place) return;
  std::uint64_t* const lines = copies_.data();
  kernel_.copy(here_, plan_.columns, lines);
  for (const LineGroup& group : plan_.units) {
    kernel_.store(group, lines, {lines, line_words});
  }
  here_ = lines;
}

template <class Fn>
void AudienceLines::for_each_group(Fn&& fn) const noexcept {
  std::span<const LineColumn> columns = plan_.columns;
  const std::size_t share = columns.size() / std::max<std::size_t>(plan_.rules.size(), 1) + 1;
  for (const LineGroup& group : plan_.rules) {
    const auto now = columns.first(std::min(share, columns.size()));
    for (const LineColumn& of : now) __builtin_prefetch(next_ + of.column * line_words, 0, 2);
    columns = columns.subspan(now.size());
    fn(group);
  }
}

void AudienceLines::count(std::uint64_t* counts) const noexcept {
  for_each_group([&](const LineGroup& group) {
    kernel_.count(group, here_, counts);
    counts += group.count;
  });
}

void AudienceLines::store(const LineOutput& out) const noexcept {
  for_each_group([&](const LineGroup& group) { kernel_.store(group, here_, out); });
}

void AudienceLines::mark(const MarkedOutput& out) const noexcept {
  for_each_group([&](const LineGroup& group) { kernel_.mark(group, here_, out); });
}

}  // namespace muster
