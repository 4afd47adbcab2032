#include "match/audience_lines.hpp"

#include <span>

namespace muster {
namespace {

/// Brings columns into the cache. Processors recognise this order and fetch ahead of it, which they
/// do not in the order of the rules; measured, prefetch instructions among these are much slower.
void read_through(const std::uint64_t* tile, std::span<const LineColumn> columns) noexcept {
  std::uint64_t all = 0;
  for (const LineColumn& of : columns) all |= tile[of.column * line_words];
  asm volatile("" : : "r"(all));  // or nothing would be read
}

}  // namespace

AudienceLines::AudienceLines(const AudiencePlan& plan, const AudienceKernel& kernel)
    : plan_(plan),
      kernel_(kernel),
      copies_(plan.in_place ? 0 : plan.lines * line_words),
      used_(plan.in_place ? 0 : plan.lines) {}

void AudienceLines::fill(const EncodedUsers& users, std::size_t tile) noexcept {
  here_ = users.column(tile, 0);
  if (plan_.in_place) return read_through(here_, plan_.columns);
  std::uint64_t* const lines = copies_.data();
  kernel_.copy(here_, plan_.columns, lines);
  for (const LineGroup& group : plan_.units) {
    kernel_.store(group, lines, {lines, line_words, used_.data()});
  }
  here_ = lines;
}

void AudienceLines::count(std::uint64_t* counts) const noexcept {
  for (const LineGroup& group : plan_.rules) {
    kernel_.count(group, here_, counts);
    counts += group.count;
  }
}

void AudienceLines::store(const LineOutput& out) const noexcept {
  for (const LineGroup& group : plan_.rules) kernel_.store(group, here_, out);
}

}  // namespace muster
