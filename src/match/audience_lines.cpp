#include "match/audience_lines.hpp"

#include <algorithm>

namespace muster {

AudienceLines::AudienceLines(const AudiencePlan& plan, const AudienceKernel& kernel)
    : plan_(plan), kernel_(kernel), lines_(plan.lines * line_words) {
  set_valid(line_users);
}

void AudienceLines::set_valid(std::size_t users) noexcept {
  for (std::size_t word = 0; word < line_words; ++word) {
    const std::size_t here = std::clamp<std::size_t>(users, 64 * word, 64 * word + 64) - 64 * word;
    lines_.data()[word] = here == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << here) - 1;
  }
}

void AudienceLines::fill(const EncodedUsers& users, std::size_t tile, std::size_t line) noexcept {
  static_assert(EncodedUsers::tile_users % line_users == 0);
  set_valid(std::min(line_users, users.users_in(tile) - line * line_users));
  const std::uint64_t* here = users.column(tile, 0) + line * line_words;
  const bool last = (line + 1) * line_users == EncodedUsers::tile_users;
  const std::uint64_t* next = !last                      ? here + line_words
                              : tile + 1 < users.tiles() ? users.column(tile + 1, 0)
                                                         : here;
  kernel_.copy(here, next, EncodedUsers::tile_words, plan_.columns.data(), plan_.columns.size(),
               lines_.data() + line_words);
  for (const LineGroup& group : plan_.units) {
    kernel_.store(group, lines_.data(), lines_.data(), line_words);
  }
}

void AudienceLines::count(std::uint64_t* counts) const noexcept {
  for (const LineGroup& group : plan_.rules) kernel_.count(group, lines_.data(), counts);
}

void AudienceLines::store(std::uint64_t* out, std::size_t stride) const noexcept {
  for (const LineGroup& group : plan_.rules) kernel_.store(group, lines_.data(), out, stride);
}

}  // namespace muster
