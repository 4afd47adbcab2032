#include "check.h"
#include "world.h"

static void shows_its_tags(const muster_schema* schema) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_schema_info info = {sizeof info, {0, 0}, 0, 0};
  EXPECT_OK(muster_schema_describe(schema, &info, &error));
  EXPECT_TEXT("id", info.key);
  EXPECT_EQ(6, info.tags);
  static const struct {
    const char* name;
    int32_t type, nullable, derived;
    size_t categories;
  } wanted[] = {{"fee", MUSTER_NUMBER, 0, 0, 0},        {"brand", MUSTER_CATEGORY, 1, 0, 2},
                {"ok", MUSTER_BOOL, 0, 0, 0},           {"interests", MUSTER_SET, 1, 0, 3},
                {"contract_end", MUSTER_DATE, 1, 0, 0}, {"fee_year", MUSTER_NUMBER, 1, 1, 0}};
  for (size_t i = 0; i < 6; ++i) {
    muster_tag tag = {sizeof tag, {0, 0}, {0, 0}, 0, 0, 0, 0};
    EXPECT_OK(muster_schema_tag(schema, i, &tag, &error));
    EXPECT_TEXT(wanted[i].name, tag.name);
    EXPECT_TEXT(i == 0 ? "套餐月费" : "", tag.description);
    EXPECT_EQ(wanted[i].type, tag.type);
    EXPECT_EQ(wanted[i].nullable, tag.nullable);
    EXPECT_EQ(wanted[i].derived, tag.derived);
    EXPECT_EQ(wanted[i].categories, tag.categories);
    size_t found = 99;
    EXPECT_OK(muster_schema_find(schema, wanted[i].name, MUSTER_TERMINATED, &found, &error));
    EXPECT_EQ(i, found);
  }
  muster_tag tag = {sizeof tag, {0, 0}, {0, 0}, 0, 0, 0, 0};
  EXPECT_ERROR(MUSTER_INVALID_ARGUMENT, "`index` is past the end",
               muster_schema_tag(schema, 6, &tag, &error));
  muster_error_clear(&error);
}

static void shows_its_dictionaries(const muster_schema* schema) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_text category = {0, 0};
  EXPECT_OK(muster_schema_category(schema, 1, 1, &category, &error));
  EXPECT_TEXT("华为", category);
  EXPECT_ERROR(MUSTER_INVALID_ARGUMENT, "`index` is past the end",
               muster_schema_category(schema, 0, 0, &category, &error));
  EXPECT_ERROR(MUSTER_INVALID_ARGUMENT, "`tag` is past the end",
               muster_schema_category(schema, 6, 0, &category, &error));
  size_t index = 99;
  EXPECT_ERROR(MUSTER_UNKNOWN_TAG, "unknown tag 'brnd'; did you mean 'brand'?",
               muster_schema_find(schema, "brnd", 4, &index, &error));
  EXPECT_EQ(99, index);
  muster_error_clear(&error);
}

static void a_retained_one_outlives_a_release(void) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_schema* schema = make_schema();
  muster_schema_retain(schema);
  muster_schema_release(schema);
  muster_schema_info info = {sizeof info, {0, 0}, 0, 0};
  EXPECT_OK(muster_schema_describe(schema, &info, &error));
  muster_schema_release(schema);
  EXPECT_STATUS(MUSTER_JSON_SYNTAX, muster_schema_from_json("{", 1, NULL, &schema, &error));
  EXPECT_EQ(1, error.begin);
  muster_error_clear(&error);
}

void test_schema(void) {
  muster_schema* schema = make_schema();
  shows_its_tags(schema);
  shows_its_dictionaries(schema);
  muster_schema_release(schema);
  a_retained_one_outlives_a_release();
}
