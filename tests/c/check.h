/* Checks of C programs: a failed one is told, and the program goes on. */
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>
#include <string.h>

#include "muster.h"

extern int failures;

#define FAILED(...)                                 \
  do {                                              \
    ++failures;                                     \
    fprintf(stderr, "%s:%d: ", __FILE__, __LINE__); \
    fprintf(stderr, __VA_ARGS__);                   \
    fprintf(stderr, "\n");                          \
  } while (0)

#define EXPECT(condition)                               \
  do {                                                  \
    if (!(condition)) FAILED("not so: %s", #condition); \
  } while (0)

#define EXPECT_EQ(wanted, actual)                                                      \
  do {                                                                                 \
    const long long wanted_ = (long long)(wanted), actual_ = (long long)(actual);      \
    if (wanted_ != actual_) FAILED("%s is %lld, not %lld", #actual, actual_, wanted_); \
  } while (0)

/** A call that fills the `error` in scope. */
#define EXPECT_STATUS(wanted, call)                                                         \
  do {                                                                                      \
    const muster_status status_ = (call);                                                   \
    if (status_ != (wanted)) {                                                              \
      FAILED("%s gives %s (%s), not %s", #call, muster_status_name(status_), error.message, \
             muster_status_name(wanted));                                                   \
    }                                                                                       \
    EXPECT_EQ(status_, error.status);                                                       \
  } while (0)
#define EXPECT_OK(call) EXPECT_STATUS(MUSTER_OK, call)
/** Fails with a status and exactly this message. */
#define EXPECT_ERROR(wanted, its_message, call) \
  do {                                          \
    EXPECT_STATUS(wanted, call);                \
    EXPECT_STRING(its_message, error.message);  \
  } while (0)

#define EXPECT_BYTES(wanted, data, length)                                         \
  do {                                                                             \
    const char* bytes_ = (data);                                                   \
    const size_t length_ = (length);                                               \
    if (length_ != strlen(wanted) || memcmp(bytes_, (wanted), length_) != 0) {     \
      FAILED("%s is \"%.*s\", not \"%s\"", #data, (int)length_, bytes_, (wanted)); \
    }                                                                              \
  } while (0)
#define EXPECT_TEXT(wanted, text) EXPECT_BYTES(wanted, (text).data, (text).size)
#define EXPECT_STRING(wanted, string) EXPECT_BYTES(wanted, string, strlen(string))

#endif
