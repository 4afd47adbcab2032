#include "muster/core/version.hpp"

#define MUSTER_TEXT_(x) #x
#define MUSTER_TEXT(x) MUSTER_TEXT_(x)

namespace muster {

std::string_view version() noexcept {
  return MUSTER_TEXT(MUSTER_VERSION_MAJOR) "." MUSTER_TEXT(MUSTER_VERSION_MINOR) "." MUSTER_TEXT(
      MUSTER_VERSION_PATCH);
}

}  // namespace muster
