// Compiles muster.h as C++, before anything else.
#include "muster.h"

static_assert(sizeof(muster_error) > MUSTER_MESSAGE_SIZE);

void use_muster_from_cpp() {
  muster_error error = MUSTER_ERROR_INIT;
  muster_error_clear(&error);
}
