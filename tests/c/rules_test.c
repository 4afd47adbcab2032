#include "check.h"
#include "world.h"

static size_t rules_of(const muster_rules* rules) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_rules_info info = {sizeof info, 0, 0, 0, {0, 0}};
  EXPECT_OK(muster_rules_describe(rules, &info, &error));
  EXPECT(info.memory_bytes > 0);
  EXPECT(info.words >= 1);
  EXPECT(info.kernel.size > 0);
  return info.rules;
}

static void builds_rules_of_ones_own(void) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_schema* schema = make_schema();
  muster_builder* builder = NULL;
  uint32_t id = 99;
  EXPECT_OK(muster_builder_new(schema, NULL, &builder, &error));
  EXPECT_OK(muster_builder_define(builder, "dear", 4, "fee > 96", 8, &error));
  EXPECT_STATUS(MUSTER_DUPLICATE_NAME,
                muster_builder_define(builder, "dear", 4, "fee > 9", 7, &error));
  EXPECT_OK(muster_builder_add(builder, "SEGMENT(dear)", MUSTER_TERMINATED, &id, &error));
  EXPECT_EQ(0, id);
  EXPECT_ERROR(MUSTER_UNKNOWN_TAG, "unknown tag 'fe'; did you mean 'fee'?",
               muster_builder_add(builder, "ok OR fe = 1", MUSTER_TERMINATED, &id, &error));
  EXPECT_EQ(6, error.begin);
  EXPECT_EQ(8, error.end);
  EXPECT_OK(muster_builder_add(builder, "NOT brand = 'Apple'", MUSTER_TERMINATED, &id, &error));
  EXPECT_EQ(1, id);
  EXPECT_EQ(1, error.findings);
  muster_rules* rules = NULL;
  EXPECT_OK(muster_builder_compile(builder, NULL, &rules, &error));
  EXPECT_EQ(2, rules_of(rules));
  muster_schema* its = NULL;
  EXPECT_OK(muster_rules_schema(rules, &its, &error));
  muster_schema_release(its);
  EXPECT_ERROR(MUSTER_INVALID_ARGUMENT, "`builder` was compiled already",
               muster_builder_add(builder, "ok", 2, &id, &error));
  muster_rules_retain(rules);
  muster_rules_release(rules);
  muster_rules_release(rules);
  muster_builder_free(builder);
  muster_schema_release(schema);
  muster_error_clear(&error);
}

static void compiles_for_a_kernel(void) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_catalogue* catalogue = make_catalogue();
  muster_rules* rules = NULL;
  muster_compile_options options = {sizeof options, "scalar", MUSTER_TERMINATED, NULL};
  EXPECT_OK(muster_catalogue_compile(catalogue, &options, &rules, &error));
  muster_rules_info info = {sizeof info, 0, 0, 0, {0, 0}};
  EXPECT_OK(muster_rules_describe(rules, &info, &error));
  EXPECT_TEXT("scalar", info.kernel);
  muster_rules_release(rules);
  options.kernel = "abacus";
  EXPECT_STATUS(MUSTER_INVALID_ARGUMENT,
                muster_catalogue_compile(catalogue, &options, &rules, &error));
  EXPECT(strstr(error.message, "'abacus'") != NULL);
  muster_catalogue_release(catalogue);
  muster_error_clear(&error);
}

static int count_and_stop(void* context, uint64_t done, uint64_t total) {
  EXPECT(done <= total);
  ++*(int*)context;
  return 1;
}

static void progress_may_cancel(void) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_catalogue* catalogue = make_catalogue();
  int calls = 0;
  muster_run run = {sizeof run, MUSTER_ALL_THREADS, count_and_stop, &calls};
  muster_compile_options options = {sizeof options, NULL, 0, &run};
  muster_rules* rules = NULL;
  EXPECT_STATUS(MUSTER_CANCELLED, muster_catalogue_compile(catalogue, &options, &rules, &error));
  EXPECT(rules == NULL);
  EXPECT(calls >= 1);
  muster_catalogue_release(catalogue);
  muster_error_clear(&error);
}

static void saves_and_loads(void) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_rules* rules = make_rules();
  muster_buffer bytes = {NULL, 0, 0};
  EXPECT_OK(muster_rules_save(rules, &bytes, &error));
  muster_rules_release(rules);
  EXPECT_OK(muster_rules_load(bytes.data, bytes.size, NULL, NULL, &rules, &error));
  EXPECT_EQ(4, rules_of(rules));
  muster_rules_release(rules);
  muster_limits limits;
  memset(&limits, 0, sizeof limits);
  limits.size = sizeof limits;
  limits.rules = 3;
  EXPECT_STATUS(MUSTER_LIMIT,
                muster_rules_load(bytes.data, bytes.size, NULL, &limits, &rules, &error));
  bytes.data[bytes.size / 2] ^= 1;
  EXPECT_STATUS(MUSTER_CORRUPT,
                muster_rules_load(bytes.data, bytes.size, NULL, NULL, &rules, &error));
  EXPECT_STATUS(MUSTER_CORRUPT, muster_rules_load(NULL, 0, NULL, NULL, &rules, &error));
  muster_buffer_free(&bytes);
  EXPECT(bytes.data == NULL);
  muster_error_clear(&error);
}

void test_rules(void) {
  builds_rules_of_ones_own();
  compiles_for_a_kernel();
  progress_may_cancel();
  saves_and_loads();
}
