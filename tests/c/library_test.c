/* What the library says of itself, and times. */
#include "check.h"

static void says_its_versions(void) {
  EXPECT_EQ(MUSTER_ABI_VERSION, muster_abi_version());
  EXPECT(strlen(muster_version()) >= strlen("0.1.0"));
}

static void names_kernels_until_the_last(void) {
  size_t count = 0;
  const char* last = "";
  while (muster_kernel_name(count) != NULL) last = muster_kernel_name(count++);
  EXPECT(count >= 1);
  EXPECT_STRING("scalar", last);
  EXPECT(muster_kernel_name((size_t)-1) == NULL);
}

static void names_statuses(void) {
  EXPECT_STRING("ok", muster_status_name(MUSTER_OK));
  EXPECT_STRING("unknown_tag", muster_status_name(MUSTER_UNKNOWN_TAG));
  EXPECT_STRING("callback_failed", muster_status_name(MUSTER_CALLBACK_FAILED));
  EXPECT_STRING("unknown_error", muster_status_name(9));
  EXPECT_STRING("unknown_error", muster_status_name(-1));
  EXPECT_STRING("unknown_error", muster_status_name(0x10001));
}

static void names_reasons(void) {
  EXPECT_STRING("primary", muster_reason_name(0));
  EXPECT_STRING("contact_cap", muster_reason_name(43));
  EXPECT_STRING("unknown_reason", muster_reason_name(9));
  EXPECT_STRING("unknown_reason", muster_reason_name(-1));
  EXPECT_STRING("unknown_reason", muster_reason_name(256));
  EXPECT(strlen(muster_reason_text(24, MUSTER_ENGLISH)) > 0);
  EXPECT(strcmp(muster_reason_text(24, MUSTER_ENGLISH), muster_reason_text(24, MUSTER_CHINESE)));
  EXPECT(muster_reason_text(24, 2) == NULL);
}

static void reads_times(void) {
  muster_error error = MUSTER_ERROR_INIT;
  int32_t days = 0;
  EXPECT_OK(muster_parse_date("1970-01-02", MUSTER_TERMINATED, &days, &error));
  EXPECT_EQ(1, days);
  int64_t seconds = 0;
  EXPECT_OK(muster_parse_moment("1970-01-01T08:00:01+08:00!", 25, &seconds, &error));
  EXPECT_EQ(1, seconds);
  EXPECT_ERROR(MUSTER_BAD_DATE, "a date is written as \"2026-03-01\"",
               muster_parse_date("2026-02-30", MUSTER_TERMINATED, &days, &error));
  EXPECT_EQ(1, days);
  EXPECT_ERROR(MUSTER_BAD_DATE, "a moment is written as \"2026-03-01T09:30:00+08:00\"",
               muster_parse_moment("2026-03-01", MUSTER_TERMINATED, &seconds, &error));
  muster_error_clear(&error);
}

void test_library(void) {
  says_its_versions();
  names_kernels_until_the_last();
  names_statuses();
  names_reasons();
  reads_times();
}
