/* Many users, from Arrow memory and back into it. */
#include "check.h"
#include "people.h"
#include "world.h"

static muster_population* make_population(const muster_rules* rules) {
  muster_error error = MUSTER_ERROR_INIT;
  struct ArrowSchema type;
  struct ArrowArray array;
  muster_population* population = NULL;
  make_people(&type, &array, "u");
  EXPECT_OK(
      muster_population_from_array(rules, &type, &array, today, NULL, NULL, &population, &error));
  EXPECT(type.release == NULL);
  EXPECT(array.release == NULL);
  return population;
}

static uint64_t users_of(const muster_population* population) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_population_info info = {sizeof info, 0};
  EXPECT_OK(muster_population_describe(population, &info, &error));
  return info.users;
}

static void reads_arrays_and_streams(void) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_rules* rules = make_rules();
  released = 0;
  muster_population* population = make_population(rules);
  EXPECT_EQ(3, users_of(population));
  muster_population_retain(population);
  muster_population_release(population);
  EXPECT_EQ(3, users_of(population));
  muster_population_release(population);
  EXPECT_EQ(2, released); /* type and array */

  struct ArrowArrayStream stream;
  make_people_stream(&stream);
  released = 0;
  const muster_run run = {sizeof run, 2, NULL, NULL};
  EXPECT_OK(muster_population_from_stream(rules, &stream, today, &run, NULL, &population, &error));
  EXPECT(stream.release == NULL);
  EXPECT_EQ(6, users_of(population));
  muster_population_release(population);
  EXPECT_EQ(4, released); /* the stream, its type, two batches */
  muster_rules_release(rules);
}

/* A column of an Arrow struct. */
static const struct ArrowArray* column(const struct ArrowSchema* type,
                                       const struct ArrowArray* array, int64_t at, const char* name,
                                       const char* format) {
  EXPECT(at < type->n_children);
  EXPECT_STRING(name, type->children[at]->name);
  EXPECT_STRING(format, type->children[at]->format);
  return array->children[at];
}

static void expect_text(const char* wanted, const struct ArrowArray* texts, int64_t at) {
  const int32_t* ends = texts->buffers[1];
  const char* bytes = texts->buffers[2];
  at += texts->offset;
  EXPECT_BYTES(wanted, bytes + ends[at], (size_t)(ends[at + 1] - ends[at]));
}

static void release(struct ArrowSchema* type, struct ArrowArray* array) {
  array->release(array);
  type->release(type);
}

static void counts(const muster_audience* audience, const muster_population* population) {
  muster_error error = MUSTER_ERROR_INIT;
  static const uint64_t wanted[4] = {1, 0, 1, 0};
  uint64_t plain[4] = {9, 9, 9, 9};
  EXPECT_OK(muster_audience_count(audience, population, NULL, plain, 4, &error));
  EXPECT_EQ(0, memcmp(wanted, plain, sizeof wanted));
  struct ArrowSchema type;
  struct ArrowArray array;
  EXPECT_OK(muster_audience_counts(audience, population, NULL, &type, &array, &error));
  EXPECT_EQ(4, array.length);
  const struct ArrowArray* policies = column(&type, &array, 0, "policy", "u");
  const struct ArrowArray* users = column(&type, &array, 1, "users", "L");
  expect_text("keep", policies, 0);
  expect_text("ending", policies, 3);
  EXPECT_EQ(0, memcmp(wanted, users->buffers[1], sizeof wanted));
  release(&type, &array);
  EXPECT_ERROR(MUSTER_INVALID_ARGUMENT, "`rules` is 3, but must be 4",
               muster_audience_count(audience, population, NULL, plain, 3, &error));
  muster_error_clear(&error);
}

static void pairs(const muster_audience* audience, const muster_population* population) {
  muster_error error = MUSTER_ERROR_INIT;
  struct ArrowSchema type;
  struct ArrowArray array;
  EXPECT_OK(muster_audience_pairs(audience, population, NULL, &type, &array, &error));
  EXPECT_EQ(2, array.length);
  const struct ArrowArray* policies = column(&type, &array, 1, "policy", "i");
  const int32_t* codes = policies->buffers[1];
  expect_text("keep", policies->dictionary, codes[0]);
  expect_text("apple", policies->dictionary, codes[1]);
  EXPECT_STRING("user", type.children[0]->name);
  release(&type, &array);
}

static void bitmaps(const muster_audience* audience, const muster_population* population) {
  muster_error error = MUSTER_ERROR_INIT;
  struct ArrowSchema type;
  struct ArrowArray array;
  EXPECT_OK(muster_audience_bitmaps(audience, population, NULL, &type, &array, &error));
  EXPECT_EQ(3, array.length);
  EXPECT_EQ(4, array.n_children);
  const struct ArrowArray* apple = column(&type, &array, 2, "apple", "b");
  EXPECT_EQ(4, *(const uint8_t*)apple->buffers[1] & 7);
  release(&type, &array);
  EXPECT_OK(muster_audience_bitmap(audience, population, 0, NULL, &type, &array, &error));
  EXPECT_STRING("b", type.format);
  EXPECT_EQ(1, *(const uint8_t*)array.buffers[1] & 7);
  release(&type, &array);
  EXPECT_STATUS(MUSTER_INVALID_ARGUMENT,
                muster_audience_bitmap(audience, population, 4, NULL, &type, &array, &error));
  muster_error_clear(&error);
}

static int stop(void* context, uint64_t done, uint64_t total) {
  (void)context;
  return done <= total;
}

static void says_what_it_can_not_do(const muster_population* population) {
  muster_error error = MUSTER_ERROR_INIT;
  uint64_t plain[4];
  muster_schema* schema = make_schema();
  muster_builder* builder = NULL;
  muster_rules* others = NULL;
  EXPECT_OK(muster_builder_new(schema, NULL, &builder, &error));
  EXPECT_OK(muster_builder_add(builder, "fee > 1", 7, NULL, &error));
  EXPECT_OK(muster_builder_compile(builder, NULL, &others, &error));
  muster_catalogue* catalogue = make_catalogue();
  muster_audience* wrong = NULL;
  EXPECT_ERROR(MUSTER_INVALID_ARGUMENT, "`catalogue` has 4 policies for 1 rules",
               muster_audience_new(others, catalogue, &wrong, &error));
  EXPECT_OK(muster_audience_new(others, NULL, &wrong, &error));
  EXPECT_STATUS(MUSTER_SCHEMA_MISMATCH,
                muster_audience_count(wrong, population, NULL, plain, 1, &error));
  muster_audience_release(wrong);

  struct ArrowSchema type;
  struct ArrowArray array;
  muster_population* none = NULL;
  make_people(&type, &array, "g");
  released = 0;
  EXPECT_STATUS(MUSTER_WRONG_TYPE, muster_population_from_array(others, &type, &array, today, NULL,
                                                                NULL, &none, &error));
  EXPECT(strstr(error.message, "brand") != NULL);
  EXPECT_EQ(2, released);
  EXPECT_ERROR(
      MUSTER_INVALID_ARGUMENT, "`type` was released",
      muster_population_from_array(others, &type, &array, today, NULL, NULL, &none, &error));
  const muster_run run = {sizeof run, 1, stop, NULL};
  make_people(&type, &array, "u");
  released = 0;
  EXPECT_STATUS(MUSTER_CANCELLED, muster_population_from_array(others, &type, &array, today, &run,
                                                               NULL, &none, &error));
  EXPECT_EQ(2, released);
  EXPECT(none == NULL);
  muster_catalogue_release(catalogue);
  muster_rules_release(others);
  muster_builder_free(builder);
  muster_schema_release(schema);
  muster_error_clear(&error);
}

#define EXPECT_NULL(name, call) EXPECT_ERROR(MUSTER_INVALID_ARGUMENT, "`" name "` is NULL", call)

static void refuses_null(const muster_audience* audience, const muster_population* population) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_rules* rules = make_rules();
  muster_population* none = NULL;
  muster_audience* other = NULL;
  muster_population_info info = {sizeof info, 0};
  struct ArrowArrayStream stream;
  struct ArrowSchema type;
  struct ArrowArray array;
  uint64_t plain[4];
  make_people_stream(&stream);
  make_people(&type, &array, "u");
#define FROM_STREAM(rules, stream, out) \
  muster_population_from_stream(rules, stream, today, NULL, NULL, out, &error)
#define FROM_ARRAY(rules, type, array, out) \
  muster_population_from_array(rules, type, array, today, NULL, NULL, out, &error)
  EXPECT_NULL("rules", FROM_STREAM(NULL, &stream, &none));
  EXPECT_NULL("stream", FROM_STREAM(rules, NULL, &none));
  EXPECT_NULL("out", FROM_STREAM(rules, &stream, NULL));
  EXPECT_NULL("rules", FROM_ARRAY(NULL, &type, &array, &none));
  EXPECT_NULL("type", FROM_ARRAY(rules, NULL, &array, &none));
  EXPECT_NULL("array", FROM_ARRAY(rules, &type, NULL, &none));
  EXPECT_NULL("out", FROM_ARRAY(rules, &type, &array, NULL));
  const muster_run no_run = {1, 0, NULL, NULL};
  muster_limits no_limits;
  memset(&no_limits, 0, sizeof no_limits);
  no_limits.size = 1;
  released = 0;
  EXPECT_ERROR(MUSTER_INVALID_ARGUMENT, "`run` has size 1: set it to sizeof of the struct",
               muster_population_from_stream(rules, &stream, today, &no_run, NULL, &none, &error));
  EXPECT_STATUS(MUSTER_INVALID_ARGUMENT, muster_population_from_stream(rules, &stream, today, NULL,
                                                                       &no_limits, &none, &error));
  EXPECT_STATUS(
      MUSTER_INVALID_ARGUMENT,
      muster_population_from_array(rules, &type, &array, today, &no_run, NULL, &none, &error));
  /* What was refused for its arguments is the caller's still. */
  EXPECT_EQ(0, released);
  EXPECT_OK(FROM_ARRAY(rules, &type, &array, &none));
  muster_population_release(none);
  EXPECT_OK(FROM_STREAM(rules, &stream, &none));
  muster_population_release(none);
  EXPECT_EQ(6, released); /* type and array; the stream, its type, two batches */
  EXPECT_NULL("population", muster_population_describe(NULL, &info, &error));
  EXPECT_NULL("out", muster_population_describe(population, NULL, &error));
  EXPECT_NULL("rules", muster_audience_new(NULL, NULL, &other, &error));
  EXPECT_NULL("out", muster_audience_new(rules, NULL, NULL, &error));
  EXPECT_NULL("audience", muster_audience_count(NULL, population, NULL, plain, 4, &error));
  EXPECT_NULL("population", muster_audience_count(audience, NULL, NULL, plain, 4, &error));
  EXPECT_NULL("counts", muster_audience_count(audience, population, NULL, NULL, 4, &error));
  EXPECT_NULL("type", muster_audience_counts(audience, population, NULL, NULL, &array, &error));
  EXPECT_NULL("array", muster_audience_pairs(audience, population, NULL, &type, NULL, &error));
  EXPECT_NULL("audience", muster_audience_bitmaps(NULL, population, NULL, &type, &array, &error));
  EXPECT_NULL("population", muster_audience_bitmap(audience, NULL, 0, NULL, &type, &array, &error));
  muster_population_retain(NULL);
  muster_population_release(NULL);
  muster_audience_retain(NULL);
  muster_audience_release(NULL);
  muster_rules_release(rules);
  muster_error_clear(&error);
}

void test_population(void) {
  muster_error error = MUSTER_ERROR_INIT;
  reads_arrays_and_streams();
  muster_rules* rules = make_rules();
  muster_catalogue* catalogue = make_catalogue();
  muster_population* population = make_population(rules);
  muster_audience* audience = NULL;
  EXPECT_OK(muster_audience_new(rules, catalogue, &audience, &error));
  muster_audience_retain(audience);
  muster_audience_release(audience);
  counts(audience, population);
  pairs(audience, population);
  bitmaps(audience, population);
  says_what_it_can_not_do(population);
  refuses_null(audience, population);
  muster_audience_release(audience);
  muster_population_release(population);
  muster_catalogue_release(catalogue);
  muster_rules_release(rules);
}
