/* Rows of the caller's own memory. */
#include "check.h"
#include "world.h"

#define WORDS 4

/* A schema of one tag of every type, and the bits of a rule that asks for its value. */
typedef struct fixture {
  muster_schema* schema;
  muster_rules* rules;
  size_t words;
} fixture;

static fixture of_rule(const char* rule) {
  muster_error error = MUSTER_ERROR_INIT;
  fixture made = {make_schema(), NULL, 0};
  muster_builder* builder = NULL;
  EXPECT_OK(muster_builder_new(made.schema, NULL, &builder, &error));
  EXPECT_OK(muster_builder_add(builder, rule, MUSTER_TERMINATED, NULL, &error));
  EXPECT_OK(muster_builder_compile(builder, NULL, &made.rules, &error));
  muster_builder_free(builder);
  muster_rules_info info = {sizeof info, 0, 0, 0, {0, 0}};
  EXPECT_OK(muster_rules_describe(made.rules, &info, &error));
  made.words = info.words;
  EXPECT(info.words <= WORDS);
  muster_error_clear(&error);
  return made;
}

static void drop(fixture made) {
  muster_rules_release(made.rules);
  muster_schema_release(made.schema);
}

/* A row whose other tags are at offset 0 and 8: 0 and false. */
typedef struct row {
  double zero;
  uint8_t no;
  uint8_t null;
  unsigned char value[32];
} row;

/* Whether the rule is TRUE for a row whose `tag` is what `bytes` hold; what encoding gives else. */
static muster_status matches(const char* rule, const char* tag, int32_t cell, const void* bytes,
                             size_t size, int null, muster_error* error, int32_t* answer) {
  fixture made = of_rule(rule);
  row one;
  memset(&one, 0, sizeof one);
  memcpy(one.value + 1, bytes, size); /* at an odd address */
  one.null = (uint8_t)null;
  muster_column columns[3] = {
      {"fee", 3, offsetof(row, zero), MUSTER_NEVER_NULL, MUSTER_CELL_DOUBLE, 0},
      {"ok", 2, offsetof(row, no), MUSTER_NEVER_NULL, MUSTER_CELL_BOOL, 0},
      {0, 0, 0, 0, 0, 0}};
  const muster_column column = {
      tag, MUSTER_TERMINATED, offsetof(row, value) + 1, offsetof(row, null), cell, 4};
  size_t at = 2;
  if (strcmp(tag, "fee") == 0) at = 0;
  if (strcmp(tag, "ok") == 0) at = 1;
  columns[at] = column;
  muster_layout* layout = NULL;
  muster_status status =
      muster_layout_new(made.schema, columns, at == 2 ? 3 : 2, sizeof column, &layout, error);
  uint64_t bits[WORDS];
  if (status == MUSTER_OK) {
    status = muster_encode_row(made.rules, layout, &one, today, bits, made.words, error);
  }
  if (status == MUSTER_OK) {
    status = muster_match_rule(made.rules, bits, made.words, 0, answer, error);
  }
  muster_layout_release(layout);
  drop(made);
  return status;
}

static void reads_every_cell(void) {
  static const int8_t i8 = -5;
  static const int16_t i16 = -500;
  static const int32_t i32 = -70000;
  static const int64_t i64 = INT64_C(9007199254740993);
  static const uint8_t u8 = 200;
  static const uint16_t u16 = 60000;
  static const uint32_t u32 = 4000000000u;
  static const float f = 0.5f;
  static const double d = 0.1;
  static const uint16_t code = 1;
  static const int32_t day = 20543;
  static const char* const string = "华为";
  static const muster_text text = {"Apple!", 5}, date = {"2026-03-31", 10};
  static const muster_text two[] = {{"video", MUSTER_TERMINATED}, {"game", 4}};
  const muster_texts texts = {two, 2}, none = {NULL, 0};
  const struct {
    const char* tag;
    int32_t cell;
    const void* bytes;
    size_t size;
    const char* rule;
  } cells[] = {
      {"ok", MUSTER_CELL_BOOL, &u8, 1, "ok"},
      {"fee", MUSTER_CELL_INT8, &i8, sizeof i8, "fee = -5"},
      {"fee", MUSTER_CELL_INT16, &i16, sizeof i16, "fee = -500"},
      {"fee", MUSTER_CELL_INT32, &i32, sizeof i32, "fee = -70000"},
      {"fee", MUSTER_CELL_INT64, &i64, sizeof i64, "fee = 9007199254740993"},
      {"fee", MUSTER_CELL_UINT8, &u8, sizeof u8, "fee = 200"},
      {"fee", MUSTER_CELL_UINT16, &u16, sizeof u16, "fee = 60000"},
      {"fee", MUSTER_CELL_UINT32, &u32, sizeof u32, "fee = 4000000000"},
      {"fee", MUSTER_CELL_FLOAT, &f, sizeof f, "fee = 0.5"},
      {"fee", MUSTER_CELL_DOUBLE, &d, sizeof d, "fee = 0.1 AND fee_year > 1"},
      {"brand", MUSTER_CELL_CODE, &code, sizeof code, "brand = '华为'"},
      {"brand", MUSTER_CELL_CSTRING, &string, sizeof string, "brand = '华为'"},
      {"brand", MUSTER_CELL_TEXT, &text, sizeof text, "brand = 'Apple'"},
      {"contract_end", MUSTER_CELL_INT32, &day, sizeof day, "days_until(contract_end) = 1"},
      {"contract_end", MUSTER_CELL_TEXT, &date, sizeof date, "days_until(contract_end) = 1"},
      {"interests", MUSTER_CELL_TEXTS, &texts, sizeof texts, "interests HAS ALL ('game', 'video')"},
      {"interests", MUSTER_CELL_TEXTS, &none, sizeof none, "NOT interests HAS ANY ('game')"},
  };
  muster_error error = MUSTER_ERROR_INIT;
  for (size_t i = 0; i < sizeof cells / sizeof cells[0]; ++i) {
    int32_t answer = 7;
    EXPECT_OK(matches(cells[i].rule, cells[i].tag, cells[i].cell, cells[i].bytes, cells[i].size, 0,
                      &error, &answer));
    if (answer != 1) FAILED("not TRUE: %s", cells[i].rule);
  }
  int32_t answer = 7;
  EXPECT_OK(
      matches("brand = '华为'", "brand", MUSTER_CELL_CODE, &code, sizeof code, 1, &error, &answer));
  EXPECT_EQ(0, answer);
  muster_error_clear(&error);
}

static void what_stands_for_null_is_null(void) {
  static const uint16_t no_code = 0xffff;
  static const char* const null_string = NULL;
  static const muster_text empty = {"", 0};
  static const char chars[4] = "";
  const struct {
    const char* tag;
    int32_t cell;
    const void* bytes;
    size_t size;
    const char* rule;
  } cells[] = {
      {"brand", MUSTER_CELL_CODE, &no_code, sizeof no_code, "brand IS NULL"},
      {"brand", MUSTER_CELL_CSTRING, &null_string, sizeof null_string, "brand IS NULL"},
      {"brand", MUSTER_CELL_TEXT, &empty, sizeof empty, "brand IS NULL"},
      {"brand", MUSTER_CELL_CHARS, chars, sizeof chars, "brand IS NULL"},
      {"contract_end", MUSTER_CELL_CHARS, chars, sizeof chars, "contract_end IS NULL"},
  };
  muster_error error = MUSTER_ERROR_INIT;
  for (size_t i = 0; i < sizeof cells / sizeof cells[0]; ++i) {
    int32_t answer = 7;
    EXPECT_OK(matches(cells[i].rule, cells[i].tag, cells[i].cell, cells[i].bytes, cells[i].size, 0,
                      &error, &answer));
    if (answer != 1) FAILED("not TRUE: %s", cells[i].rule);
  }
  muster_error_clear(&error);
}

static void tells_of_cells_it_can_not_use(void) {
  static const uint16_t code = 2;
  static const int32_t day = 3000000;
  static const char chars[4] = {'A', 'p', 'p', 'l'}; /* full, so without a NUL */
  static const muster_text date = {"tomorrow", 8};
  static const muster_text two[] = {{"game", 4}, {"chess", 5}};
  const muster_texts texts = {two, 2};
  static const double nan_bytes = 0;
  const struct {
    const char* tag;
    int32_t cell;
    const void* bytes;
    size_t size;
    int null;
    muster_status status;
    const char* message;
  } cells[] = {
      {"brand", MUSTER_CELL_CODE, &code, sizeof code, 0, MUSTER_UNKNOWN_CATEGORY,
       "the tag 'brand' has category 2 of 2"},
      {"brand", MUSTER_CELL_CHARS, chars, sizeof chars, 0, MUSTER_UNKNOWN_CATEGORY,
       "the tag 'brand' has no category 'Appl'; did you mean 'Apple'?"},
      {"contract_end", MUSTER_CELL_INT32, &day, sizeof day, 0, MUSTER_BAD_DATE,
       "the tag 'contract_end' has day 3000000 from 1970-01-01, outside the years 1 to 9999"},
      {"contract_end", MUSTER_CELL_TEXT, &date, sizeof date, 0, MUSTER_BAD_DATE,
       "the tag 'contract_end' has 'tomorrow', which is not a date like \"2026-03-01\""},
      {"interests", MUSTER_CELL_TEXTS, &texts, sizeof texts, 0, MUSTER_UNKNOWN_CATEGORY,
       "the tag 'interests' has no category 'chess'"},
      {"fee", MUSTER_CELL_DOUBLE, &nan_bytes, sizeof nan_bytes, 1, MUSTER_MISSING_VALUE,
       "'fee' is not nullable, but has no value"},
      {"fee", MUSTER_CELL_TEXT, &date, sizeof date, 0, MUSTER_WRONG_TYPE,
       "the tag 'fee' is of type number, which is not read from cell type 13"},
      {"fee_year", MUSTER_CELL_DOUBLE, &nan_bytes, sizeof nan_bytes, 0, MUSTER_WRONG_TYPE,
       "the tag 'fee_year' is derived and has no column"},
  };
  muster_error error = MUSTER_ERROR_INIT;
  for (size_t i = 0; i < sizeof cells / sizeof cells[0]; ++i) {
    int32_t answer = 7;
    EXPECT_ERROR(cells[i].status, cells[i].message,
                 matches("brand = 'Apple' OR contract_end IS NULL OR fee > 1 OR interests HAS ANY "
                         "('game')",
                         cells[i].tag, cells[i].cell, cells[i].bytes, cells[i].size, cells[i].null,
                         &error, &answer));
    EXPECT_EQ(7, answer);
  }
  muster_error_clear(&error);
}

static void columns_must_suit_the_schema(void) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_schema* schema = make_schema();
  muster_column columns[] = {{"fee", 3, 0, MUSTER_NEVER_NULL, MUSTER_CELL_DOUBLE, 0},
                             {"fee", 3, 0, MUSTER_NEVER_NULL, MUSTER_CELL_DOUBLE, 0}};
  muster_layout* layout = NULL;
  EXPECT_ERROR(MUSTER_DUPLICATE_NAME, "the tag 'fee' has two columns",
               muster_layout_new(schema, columns, 2, sizeof columns[0], &layout, &error));
  EXPECT_ERROR(MUSTER_MISSING_COLUMN, "the tag 'ok' is not nullable and has no column",
               muster_layout_new(schema, columns, 1, sizeof columns[0], &layout, &error));
  columns[1].tag = "brand", columns[1].tag_length = 5, columns[1].cell = MUSTER_CELL_CHARS;
  EXPECT_ERROR(MUSTER_INVALID_ARGUMENT, "`width` is 0 in a column of MUSTER_CELL_CHARS",
               muster_layout_new(schema, columns, 2, sizeof columns[0], &layout, &error));
  columns[1].tag = "brnad", columns[1].tag_length = 5;
  EXPECT_ERROR(MUSTER_UNKNOWN_TAG, "unknown tag 'brnad'; did you mean 'brand'?",
               muster_layout_new(schema, columns, 2, sizeof columns[0], &layout, &error));
  EXPECT_STATUS(MUSTER_INVALID_ARGUMENT, muster_layout_new(schema, columns, 2, 0, &layout, &error));
  EXPECT(layout == NULL);
  muster_schema_release(schema);
  muster_error_clear(&error);
}

/* As in a program compiled with a later header, whose columns have a member more. */
static void longer_columns_must_be_understood(void) {
  struct {
    muster_column known;
    uint64_t added;
  } columns[] = {{{"fee", 3, 0, MUSTER_NEVER_NULL, MUSTER_CELL_DOUBLE, 0}, 0},
                 {{"ok", 2, 8, MUSTER_NEVER_NULL, MUSTER_CELL_BOOL, 0}, 0}};
  muster_error error = MUSTER_ERROR_INIT;
  muster_schema* schema = make_schema();
  muster_layout* layout = NULL;
  EXPECT_OK(muster_layout_new(schema, &columns[0].known, 2, sizeof columns[0], &layout, &error));
  muster_layout_retain(layout);
  muster_layout_release(layout);
  muster_layout_release(layout);
  columns[1].added = 1;
  EXPECT_STATUS(MUSTER_INVALID_ARGUMENT, muster_layout_new(schema, &columns[0].known, 2,
                                                           sizeof columns[0], &layout, &error));
  muster_schema_release(schema);
  muster_error_clear(&error);
}

static void a_row_is_the_user_of_the_same_values(void) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_rules* rules = make_rules();
  muster_layout* layout = make_layout();
  muster_user* user = make_user();
  subscriber one = make_subscriber();
  muster_rules_info info = {sizeof info, 0, 0, 0, {0, 0}};
  EXPECT_OK(muster_rules_describe(rules, &info, &error));
  uint64_t of_user[WORDS], of_row[WORDS];
  EXPECT_OK(muster_encode_user(rules, user, today, of_user, info.words, &error));
  EXPECT_OK(muster_encode_row(rules, layout, &one, today, of_row, info.words, &error));
  EXPECT_EQ(0, memcmp(of_user, of_row, info.words * sizeof *of_row));
  muster_user_free(user);
  muster_layout_release(layout);
  muster_rules_release(rules);
}

static uint64_t unusable_of(const muster_layout* layout, const char* tag) {
  muster_error error = MUSTER_ERROR_INIT;
  uint64_t count = 77;
  EXPECT_OK(muster_layout_unusable(layout, tag, MUSTER_TERMINATED, &count, &error));
  return count;
}

static void lenient_rows_count_what_they_can_not_use(void) {
  typedef struct person {
    double fee;
    const char* brand;
    uint16_t code;
    uint8_t ok;
    int32_t day;
    muster_texts interests;
  } person;
  static const muster_text interests[] = {{"game", 4}, {"chess", 5}};
  const muster_column columns[] = {
      {"fee", 3, offsetof(person, fee), MUSTER_NEVER_NULL, MUSTER_CELL_DOUBLE, 0},
      {"brand", 5, offsetof(person, brand), MUSTER_NEVER_NULL, MUSTER_CELL_CSTRING, 0},
      {"ok", 2, offsetof(person, ok), MUSTER_NEVER_NULL, MUSTER_CELL_BOOL, 0},
      {"interests", 9, offsetof(person, interests), MUSTER_NEVER_NULL, MUSTER_CELL_TEXTS, 0},
      {"contract_end", 12, offsetof(person, day), MUSTER_NEVER_NULL, MUSTER_CELL_INT32, 0}};
  const person one = {128, "Appel", 0, 1, 3000000, {interests, 2}};
  muster_error error = MUSTER_ERROR_INIT;
  fixture made =
      of_rule("brand IS NULL AND interests IS NULL AND contract_end IS NULL AND fee = 128");
  muster_layout *strict = NULL, *lenient = NULL;
  EXPECT_OK(muster_layout_new(made.schema, columns, 5, sizeof columns[0], &strict, &error));
  EXPECT_OK(
      muster_layout_new_lenient(made.schema, columns, 5, sizeof columns[0], &lenient, &error));
  uint64_t bits[WORDS];
  int32_t is_true = 0;
  EXPECT(MUSTER_OK != muster_encode_row(made.rules, strict, &one, today, bits, made.words, &error));
  EXPECT_EQ(0, unusable_of(strict, ""));
  EXPECT_OK(muster_encode_row(made.rules, lenient, &one, today, bits, made.words, &error));
  EXPECT_OK(muster_match_rule(made.rules, bits, made.words, 0, &is_true, &error));
  EXPECT_EQ(1, is_true);
  EXPECT_EQ(1, unusable_of(lenient, "brand"));
  EXPECT_EQ(1, unusable_of(lenient, "interests"));
  EXPECT_EQ(1, unusable_of(lenient, "contract_end"));
  EXPECT_EQ(3, unusable_of(lenient, ""));
  uint64_t count = 0;
  EXPECT_ERROR(MUSTER_UNKNOWN_TAG, "unknown tag 'brnad'; did you mean 'brand'?",
               muster_layout_unusable(lenient, "brnad", 5, &count, &error));
  muster_layout_release(strict);
  muster_layout_release(lenient);
  drop(made);
  muster_error_clear(&error);
}

void test_layout(void) {
  lenient_rows_count_what_they_can_not_use();
  reads_every_cell();
  what_stands_for_null_is_null();
  tells_of_cells_it_can_not_use();
  columns_must_suit_the_schema();
  longer_columns_must_be_understood();
  a_row_is_the_user_of_the_same_values();
}
