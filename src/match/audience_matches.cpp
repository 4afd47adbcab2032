#include "match/audience_matches.hpp"

namespace muster {
namespace {

std::size_t padded(std::size_t rules) { return (rules + 63) / 64 * 64; }

}  // namespace

AudienceMatches::AudienceMatches(const AudiencePlan& plan, const AudienceKernel& kernel)
    : kernel_(kernel),
      rules_(plan.rule_count),
      lines_(plan, kernel),
      bitmaps_(rules_ * line_words),
      used_(padded(rules_)),
      active_(padded(rules_) + row_bits) {
  std::fill_n(used_.data(), padded(rules_), std::uint8_t{0});
  std::fill_n(active_.data(), padded(rules_) + row_bits, 0u);
}

void AudienceMatches::store(const TileRange& block, std::size_t tile) noexcept {
  lines_.fill(block, tile);
  lines_.mark({bitmaps_.data(), used_.data()});
}

}  // namespace muster
