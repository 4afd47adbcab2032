#include "check.h"
#include "world.h"

#define WORDS 4

static size_t words_of(const muster_rules* rules) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_rules_info info = {sizeof info, 0, 0, 0, {0, 0}};
  EXPECT_OK(muster_rules_describe(rules, &info, &error));
  EXPECT(info.words <= WORDS);
  return info.words;
}

static void pairs_say_what_single_calls_say(void) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_rules* rules = make_rules();
  const size_t words = words_of(rules);
  muster_user* user = make_user();
  uint64_t one[WORDS] = {0}, other[WORDS] = {0};
  EXPECT_OK(muster_encode_user(rules, user, today, one, words, &error));

  const muster_text interests[] = {{"game", 4}, {"music", 5}};
  muster_pair pairs[5];
  memset(pairs, 0, sizeof pairs);
  pairs[0].tag = "fee", pairs[0].type = MUSTER_VALUE_INTEGER, pairs[0].integer = 128;
  pairs[1].tag = "brand", pairs[1].type = MUSTER_VALUE_TEXT, pairs[1].text = "华为";
  pairs[1].text_length = MUSTER_TERMINATED;
  pairs[2].tag = "ok", pairs[2].type = MUSTER_VALUE_BOOL, pairs[2].boolean = 1;
  pairs[3].tag = "interests", pairs[3].type = MUSTER_VALUE_TEXTS, pairs[3].texts = interests;
  pairs[3].texts_count = 2;
  pairs[4].tag = "contract_end", pairs[4].type = MUSTER_VALUE_DAYS, pairs[4].integer = today + 32;
  for (int i = 0; i < 5; ++i) pairs[i].tag_length = MUSTER_TERMINATED;
  EXPECT_OK(muster_user_clear(user, &error));
  EXPECT_ERROR(MUSTER_MISSING_VALUE, "'ok' is not nullable, but has no value",
               muster_encode_user(rules, user, today, other, words, &error));
  EXPECT_OK(muster_user_set(user, pairs, 5, &error));
  EXPECT_OK(muster_encode_user(rules, user, today, other, words, &error));
  EXPECT_EQ(0, memcmp(one, other, words * sizeof *one));

  pairs[0].type = MUSTER_VALUE_NUMBER, pairs[0].number = 30;
  pairs[1].type = MUSTER_VALUE_NULL;
  EXPECT_OK(muster_user_set(user, pairs, 2, &error));
  EXPECT_OK(muster_encode_user(rules, user, today, other, words, &error));
  EXPECT(memcmp(one, other, words * sizeof *one) != 0);
  EXPECT_OK(muster_user_set_integer(user, "fee", 3, 128, &error));
  EXPECT_OK(muster_user_set_text(user, "brand", 5, "华为", MUSTER_TERMINATED, &error));
  EXPECT_OK(muster_encode_user(rules, user, today, other, words, &error));
  EXPECT_EQ(0, memcmp(one, other, words * sizeof *one));
  EXPECT_OK(muster_user_set_null(user, "brand", 5, &error));
  muster_user_free(user);
  muster_rules_release(rules);
  muster_error_clear(&error);
}

static void refuses_what_does_not_suit(void) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_user* user = make_user();
  const muster_text chess = {"chess", 5};
  EXPECT_ERROR(MUSTER_UNKNOWN_TAG, "unknown tag 'fees'; did you mean 'fee'?",
               muster_user_set_number(user, "fees", 4, 1, &error));
  EXPECT_ERROR(MUSTER_WRONG_TYPE, "the tag 'ok' is true or false, not a number",
               muster_user_set_number(user, "ok", 2, 1, &error));
  EXPECT_ERROR(MUSTER_WRONG_TYPE, "the tag 'fee_year' is derived and can not be set",
               muster_user_set_number(user, "fee_year", 8, 1, &error));
  EXPECT_STATUS(MUSTER_UNKNOWN_CATEGORY,
                muster_user_set_text(user, "brand", 5, "Appel", 5, &error));
  EXPECT_STATUS(MUSTER_UNKNOWN_CATEGORY,
                muster_user_set_texts(user, "interests", 9, &chess, 1, &error));
  EXPECT_STATUS(MUSTER_MISSING_VALUE, muster_user_set_null(user, "ok", 2, &error));
  EXPECT_STATUS(MUSTER_BAD_DATE,
                muster_user_set_text(user, "contract_end", 12, "2026-02-30", 10, &error));
  EXPECT_STATUS(MUSTER_BAD_DATE, muster_user_set_days(user, "contract_end", 12, 3000000, &error));
  muster_pair pair;
  memset(&pair, 0, sizeof pair);
  pair.tag = "fee";
  pair.tag_length = 3;
  pair.type = 7;
  EXPECT_ERROR(MUSTER_INVALID_ARGUMENT, "`type` is 7, which is no MUSTER_VALUE_…",
               muster_user_set(user, &pair, 1, &error));
  pair.type = MUSTER_VALUE_DAYS;
  pair.integer = INT64_C(1) << 32;
  EXPECT_ERROR(MUSTER_INVALID_ARGUMENT, "`integer` is no number of days",
               muster_user_set(user, &pair, 1, &error));
  muster_user_free(user);
  muster_error_clear(&error);
}

static uint64_t unusable_of(const muster_user* user, const char* tag) {
  muster_error error = MUSTER_ERROR_INIT;
  uint64_t count = 77;
  EXPECT_OK(muster_user_unusable(user, tag, MUSTER_TERMINATED, &count, &error));
  return count;
}

static void a_lenient_user_counts_what_it_can_not_use(void) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_schema* schema = make_schema();
  muster_user* user = NULL;
  const muster_text some[] = {{"game", 4}, {"chess", 5}};
  EXPECT_OK(muster_user_new_lenient(schema, &user, &error));
  EXPECT_OK(muster_user_set_text(user, "brand", 5, "Appel", 5, &error));
  EXPECT_OK(muster_user_set_number(user, "brand", 5, 3, &error));
  EXPECT_OK(muster_user_set_texts(user, "interests", 9, some, 2, &error));
  EXPECT_OK(muster_user_set_text(user, "contract_end", 12, "2026-02-30", 10, &error));
  EXPECT_OK(muster_user_set_number(user, "fee", 3, 128, &error));
  EXPECT_EQ(2, unusable_of(user, "brand"));
  EXPECT_EQ(1, unusable_of(user, "interests"));
  EXPECT_EQ(0, unusable_of(user, "fee"));
  EXPECT_OK(muster_user_clear(user, &error));
  EXPECT_EQ(4, unusable_of(user, ""));
  EXPECT_STATUS(MUSTER_UNKNOWN_TAG, muster_user_set_text(user, "brnad", 5, "Apple", 5, &error));
  EXPECT_ERROR(MUSTER_WRONG_TYPE, "the tag 'ok' is true or false, not a number",
               muster_user_set_number(user, "ok", 2, 1, &error));
  uint64_t count = 0;
  EXPECT_ERROR(MUSTER_UNKNOWN_TAG, "unknown tag 'brnad'; did you mean 'brand'?",
               muster_user_unusable(user, "brnad", 5, &count, &error));
  muster_user_free(user);
  muster_schema_release(schema);
  muster_error_clear(&error);
}

void test_user(void) {
  pairs_say_what_single_calls_say();
  refuses_what_does_not_suit();
  a_lenient_user_counts_what_it_can_not_use();
}
