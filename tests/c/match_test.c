/* One user against all rules. */
#include "check.h"
#include "world.h"

#define WORDS 4

typedef struct desk {
  muster_rules* rules;
  muster_matcher* matcher;
  size_t words;
  uint64_t bits[WORDS];
} desk;

static desk open_desk(void) {
  muster_error error = MUSTER_ERROR_INIT;
  desk made;
  memset(&made, 0, sizeof made);
  made.rules = make_rules();
  EXPECT_OK(muster_matcher_new(made.rules, &made.matcher, &error));
  muster_rules_info info = {sizeof info, 0, 0, 0, {0, 0}};
  EXPECT_OK(muster_rules_describe(made.rules, &info, &error));
  made.words = info.words;
  muster_user* user = make_user();
  EXPECT_OK(muster_encode_user(made.rules, user, today, made.bits, made.words, &error));
  muster_user_free(user);
  return made;
}

static void close_desk(desk* its) {
  muster_matcher_free(its->matcher);
  muster_rules_release(its->rules);
}

static void gives_ids(void) {
  muster_error error = MUSTER_ERROR_INIT;
  desk its = open_desk();
  uint32_t ids[4] = {9, 9, 9, 9};
  size_t count = 0;
  EXPECT_OK(muster_match(its.matcher, its.bits, its.words, ids, 4, &count, &error));
  EXPECT_EQ(3, count); /* keep, games, ending; not apple */
  EXPECT_EQ(0, ids[0]);
  EXPECT_EQ(1, ids[1]);
  EXPECT_EQ(3, ids[2]);
  EXPECT_EQ(9, ids[3]);
  ids[1] = 9;
  EXPECT_OK(muster_match(its.matcher, its.bits, its.words, ids, 1, &count, &error));
  EXPECT_EQ(3, count);
  EXPECT_EQ(9, ids[1]);
  EXPECT_OK(muster_match(its.matcher, its.bits, its.words, NULL, 0, &count, &error));
  EXPECT_EQ(3, count);
  uint64_t bitmap = 99;
  EXPECT_OK(muster_match_bitmap(its.matcher, its.bits, its.words, &bitmap, 1, &error));
  EXPECT_EQ(1 | 2 | 8, bitmap);
  for (uint32_t rule = 0; rule < 4; ++rule) {
    int32_t matches = 7;
    EXPECT_OK(muster_match_rule(its.rules, its.bits, its.words, rule, &matches, &error));
    EXPECT_EQ(rule != 2, matches);
  }
  close_desk(&its);
}

static void tells_what_changed(void) {
  muster_error error = MUSTER_ERROR_INIT;
  desk its = open_desk();
  muster_user* user = make_user();
  EXPECT_OK(muster_user_set_number(user, "fee", 3, 30, &error));
  EXPECT_OK(muster_user_set_text(user, "brand", 5, "Apple", 5, &error));
  uint64_t after[WORDS];
  EXPECT_OK(muster_encode_user(its.rules, user, today, after, its.words, &error));
  uint32_t entered[4] = {9, 9, 9, 9}, left[4] = {9, 9, 9, 9};
  size_t entered_count = 0, left_count = 0;
  EXPECT_OK(muster_changed(its.matcher, its.bits, after, its.words, entered, 4, &entered_count,
                           left, 4, &left_count, &error));
  EXPECT_EQ(1, entered_count);
  EXPECT_EQ(2, entered[0]);
  EXPECT_EQ(1, left_count);
  EXPECT_EQ(0, left[0]);
  EXPECT_OK(muster_changed(its.matcher, after, its.bits, its.words, NULL, 0, &entered_count, NULL,
                           0, &left_count, &error));
  EXPECT_EQ(1, entered_count);
  EXPECT_EQ(1, left_count);
  muster_user_free(user);
  close_desk(&its);
}

static void refuses_what_is_of_another_size_or_schema(void) {
  muster_error error = MUSTER_ERROR_INIT;
  desk its = open_desk();
  size_t count = 77;
  uint64_t bitmap = 77;
  int32_t matches = 77;
  EXPECT_ERROR(MUSTER_INVALID_ARGUMENT, "`words` is 2, but must be 1",
               muster_match(its.matcher, its.bits, its.words + 1, NULL, 0, &count, &error));
  EXPECT_ERROR(MUSTER_INVALID_ARGUMENT, "`out_words` is 2, but must be 1",
               muster_match_bitmap(its.matcher, its.bits, its.words, &bitmap, 2, &error));
  EXPECT_ERROR(MUSTER_INVALID_ARGUMENT, "`rule` is past the end",
               muster_match_rule(its.rules, its.bits, its.words, 4, &matches, &error));
  EXPECT_EQ(77, count);
  EXPECT_EQ(77, bitmap);
  EXPECT_EQ(77, matches);
  muster_user* own = make_user();
  EXPECT_ERROR(MUSTER_BAD_DATE,
               "today must be a day of the years 1 to 9999, not 1774872000 days from 1970-01-01",
               muster_encode_user(its.rules, own, 1774872000, its.bits, its.words, &error));
  muster_user_free(own);
  muster_schema* other = NULL;
  EXPECT_OK(muster_schema_from_json("{\"tags\": [{\"name\": \"ok\", \"type\": \"bool\"}]}",
                                    MUSTER_TERMINATED, NULL, &other, &error));
  muster_user* user = NULL;
  EXPECT_OK(muster_user_new(other, &user, &error));
  EXPECT_ERROR(MUSTER_SCHEMA_MISMATCH, "the user is of another schema than the rules",
               muster_encode_user(its.rules, user, today, its.bits, its.words, &error));
  const muster_column column = {"ok", 2, 0, MUSTER_NEVER_NULL, MUSTER_CELL_BOOL, 0};
  muster_layout* layout = NULL;
  EXPECT_OK(muster_layout_new(other, &column, 1, sizeof column, &layout, &error));
  EXPECT_ERROR(MUSTER_SCHEMA_MISMATCH, "the user is of another schema than the rules",
               muster_encode_row(its.rules, layout, "", today, its.bits, its.words, &error));
  muster_layout_release(layout);
  muster_user_free(user);
  muster_schema_release(other);
  close_desk(&its);
  muster_error_clear(&error);
}

void test_match(void) {
  gives_ids();
  tells_what_changed();
  refuses_what_is_of_another_size_or_schema();
}
