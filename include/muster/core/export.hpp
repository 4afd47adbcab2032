#pragma once

#if defined(MUSTER_STATIC) || !defined(__GNUC__)
#define MUSTER_EXPORT
#else
/// Marks what the shared library exports; everything else is hidden.
#define MUSTER_EXPORT __attribute__((visibility("default")))
#endif
