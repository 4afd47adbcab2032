// What the library says of itself.

#include "muster.h"
#include "muster/core/error.hpp"
#include "muster/core/version.hpp"
#include "muster/decide/reason.hpp"
#include "muster/match/kernel.hpp"

using namespace muster;

// Names are literals, which end in a NUL.
const char* muster_status_name(muster_status status) {
  if (status == MUSTER_OK) return "ok";
  if (status < 0 || status > UINT16_MAX) status = UINT16_MAX;  // none
  return name(static_cast<Errc>(status)).data();
}

uint32_t muster_abi_version() { return MUSTER_ABI_VERSION; }

const char* muster_version() { return version().data(); }

const char* muster_kernel_name(size_t index) {
  try {
    const auto names = kernel_names();
    return index < names.size() ? names[index].data() : nullptr;
  } catch (const std::exception&) {  // no memory for the list
    return nullptr;
  }
}

namespace {

Reason to_reason(muster_reason reason) {
  if (reason < 0 || reason > UINT8_MAX) reason = UINT8_MAX;  // none
  return static_cast<Reason>(reason);
}

}  // namespace

const char* muster_reason_name(muster_reason reason) { return name(to_reason(reason)).data(); }

const char* muster_reason_text(muster_reason reason, int32_t language) {
  if (language != MUSTER_ENGLISH && language != MUSTER_CHINESE) return nullptr;
  return describe(to_reason(reason), static_cast<Language>(language)).data();
}
