#include "match/stream_copy.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

namespace muster {
namespace {

TEST(StreamCopy, CopiesAnyLengthToAnywhere) {
  constexpr std::size_t most = 300;
  std::vector<unsigned char> from(most + 16);
  std::iota(from.begin(), from.end(), std::uint8_t{1});
  for (std::size_t offset = 0; offset <= 80; ++offset) {
    for (std::size_t bytes = 0; bytes <= most; ++bytes) {
      std::vector<unsigned char> to(offset + most + 1, 0xee);
      std::vector<unsigned char> wanted = to;
      const std::size_t first = offset % 16;
      std::copy_n(from.begin() + static_cast<std::ptrdiff_t>(first), bytes,
                  wanted.begin() + static_cast<std::ptrdiff_t>(offset));
      stream_copy(from.data() + first, bytes, to.data() + offset);
      finish_streams();
      ASSERT_EQ(to, wanted) << bytes << " bytes at " << offset;
    }
  }
}

}  // namespace
}  // namespace muster
