/* Structs of older and newer programs. */
#include "check.h"
#include "world.h"

typedef struct longer_limits {
  muster_limits known;
  uint64_t added[2];
} longer_limits;

static muster_status read(const muster_limits* limits, muster_error* error) {
  muster_catalogue* catalogue = NULL;
  const muster_status status =
      muster_catalogue_from_json(catalogue_text, MUSTER_TERMINATED, limits, &catalogue, error);
  EXPECT((status == MUSTER_OK) == (catalogue != NULL));
  muster_catalogue_release(catalogue);
  return status;
}

/* What is behind the size is not read. */
static void shorter_options_leave_defaults(void) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_limits limits;
  memset(&limits, 1, sizeof limits);
  limits.size = offsetof(muster_limits, catalogue_bytes);
  EXPECT_OK(read(&limits, &error));
  limits.size = sizeof limits.size;
  EXPECT_OK(read(&limits, &error));
}

static void longer_options_must_be_understood(void) {
  muster_error error = MUSTER_ERROR_INIT;
  longer_limits limits;
  memset(&limits, 0, sizeof limits);
  limits.known.size = sizeof limits;
  EXPECT_OK(read(&limits.known, &error));
  limits.known.rules = 3;
  EXPECT_STATUS(MUSTER_LIMIT, read(&limits.known, &error));
  limits.known.rules = 0;
  limits.added[1] = 1;
  EXPECT_STATUS(MUSTER_INVALID_ARGUMENT, read(&limits.known, &error));
  EXPECT(strstr(error.message, "`limits` has members set that version ") == error.message);
  muster_error_clear(&error);
}

static void sizes_that_can_not_be_are_refused(void) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_limits limits;
  memset(&limits, 0, sizeof limits);
  EXPECT_ERROR(MUSTER_INVALID_ARGUMENT, "`limits` has size 0: set it to sizeof of the struct",
               read(&limits, &error));
  limits.size = 4097;
  EXPECT_ERROR(MUSTER_INVALID_ARGUMENT, "`limits` has size 4097: set it to sizeof of the struct",
               read(&limits, &error));
  muster_error_clear(&error);
}

static void results_fill_what_the_caller_knows(void) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_catalogue* catalogue = make_catalogue();
  struct {
    muster_channel known;
    uint64_t added[2];
  } out;
  memset(&out, 0x55, sizeof out);
  out.known.size = sizeof out;
  EXPECT_OK(muster_catalogue_channel(catalogue, 0, &out.known, &error));
  EXPECT_EQ(sizeof out, out.known.size);
  EXPECT_EQ(500, out.known.daily_capacity);
  EXPECT_EQ(0, out.added[0]);
  EXPECT_EQ(0, out.added[1]);
  memset(&out, 0x55, sizeof out);
  out.known.size = offsetof(muster_channel, daily_capacity);
  EXPECT_OK(muster_catalogue_channel(catalogue, 0, &out.known, &error));
  EXPECT_TEXT("shop", out.known.id);
  EXPECT_EQ(0x5555555555555555, out.known.daily_capacity);
  out.known.size = 0;
  EXPECT_ERROR(MUSTER_INVALID_ARGUMENT, "`out` has size 0: set it to sizeof of the struct",
               muster_catalogue_channel(catalogue, 0, &out.known, &error));
  muster_catalogue_release(catalogue);
  muster_error_clear(&error);
}

void test_structs(void) {
  shorter_options_leave_defaults();
  longer_options_must_be_understood();
  sizes_that_can_not_be_are_refused();
  results_fill_what_the_caller_knows();
}
