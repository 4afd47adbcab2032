#include "match/audience_lines.hpp"

#include <algorithm>

namespace muster {
namespace {

/// Half of a second-level cache.
constexpr std::size_t kept_bytes = 1 << 19;
constexpr std::size_t lines_a_tile = EncodedUsers::tile_words / line_words;

static_assert(EncodedUsers::tile_words % line_words == 0);

void set_valid(std::size_t users, std::uint64_t* line) noexcept {
  for (std::size_t word = 0; word < line_words; ++word) {
    const std::size_t here = std::clamp<std::size_t>(users, 64 * word, 64 * word + 64) - 64 * word;
    line[word] = here == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << here) - 1;
  }
}

}  // namespace

std::size_t lines_that_fit(std::size_t values) noexcept {
  const std::size_t bytes = std::max<std::size_t>(values, 1) * line_words * sizeof(std::uint64_t);
  return std::clamp<std::size_t>(kept_bytes / bytes, 1, lines_a_tile);
}

AudienceLines::AudienceLines(const AudiencePlan& plan, const AudienceKernel& kernel)
    : plan_(plan),
      kernel_(kernel),
      at_once_(lines_that_fit(plan.lines)),
      lines_(at_once_ * plan.lines * line_words),
      used_(plan.lines) {}

void AudienceLines::copy_columns(const EncodedUsers& users, std::size_t tile,
                                 std::size_t first) noexcept {
  const std::size_t count = std::min(at_once_, lines_a_tile - first);
  kernel_.copy(users.column(tile, 0) + first * line_words, EncodedUsers::tile_words, plan_.columns,
               count, lines_.data(), plan_.lines * line_words);
}

void AudienceLines::fill(const EncodedUsers& users, std::size_t tile, std::size_t line) noexcept {
  if (line % at_once_ == 0) copy_columns(users, tile, line);
  here_ = lines_.data() + line % at_once_ * plan_.lines * line_words;
  set_valid(std::min(line_users, users.users_in(tile) - line * line_users), here_);
  for (const LineGroup& group : plan_.units) {
    kernel_.store(group, here_, {here_, line_words, used_.data()});
  }
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
