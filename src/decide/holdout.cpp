#include "decide/holdout.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace muster {

bool is_held_out(std::string_view user, const Holdout& holdout) noexcept {
  if (!(holdout.share > 0)) return false;
  const std::uint64_t seed = XXH3_64bits(holdout.key.data(), holdout.key.size());
  const std::uint64_t hash = XXH3_64bits_withSeed(user.data(), user.size(), seed);
  return static_cast<double>(hash >> 11) * 0x1p-53 < holdout.share;
}

}  // namespace muster
