#include "muster/core/version.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

TEST(Version, IsThatOfTheHeader) {
  EXPECT_EQ(version(), std::to_string(MUSTER_VERSION_MAJOR) + "." +
                           std::to_string(MUSTER_VERSION_MINOR) + "." +
                           std::to_string(MUSTER_VERSION_PATCH));
}

}  // namespace
}  // namespace muster
