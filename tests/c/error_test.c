/* How errors travel. */
#include "check.h"
#include "world.h"

static const char two_errors[] =
    "{\"schema\": {\"tags\": [{\"name\": \"fee\", \"type\": \"number\"}]},\n"
    " \"policies\": [{\"id\": \"a\", \"name\": \"a\", \"segment\": \"fe > 1\"},\n"
    "              {\"id\": \"b\", \"name\": \"b\", \"segment\": \"fee = 'x'\"}]}";

static muster_status read(const char* json, muster_error* error) {
  muster_catalogue* catalogue = NULL;
  const muster_status status =
      muster_catalogue_from_json(json, MUSTER_TERMINATED, NULL, &catalogue, error);
  EXPECT(catalogue == NULL);
  return status;
}

static void keeps_every_finding(void) {
  muster_error error = MUSTER_ERROR_INIT;
  EXPECT_STATUS(MUSTER_UNKNOWN_TAG, read(two_errors, &error));
  EXPECT_EQ(2, error.findings);
  EXPECT_EQ(strstr(two_errors, "fe > 1") - two_errors, error.begin);
  EXPECT_EQ(error.begin + 2, error.end);
  muster_finding finding = {sizeof finding, 0, 0, 0, 0, {0, 0}, {0, 0}};
  EXPECT_EQ(MUSTER_OK, muster_error_finding(&error, 0, &finding));
  EXPECT_EQ(MUSTER_UNKNOWN_TAG, finding.status);
  EXPECT_TEXT("unknown tag 'fe'", finding.message);
  EXPECT_TEXT("fee", finding.suggestion);
  EXPECT_EQ(0, finding.warning);
  EXPECT_EQ(MUSTER_OK, muster_error_finding(&error, 1, &finding));
  EXPECT_EQ(MUSTER_WRONG_TYPE, finding.status);
  EXPECT_EQ(MUSTER_INVALID_ARGUMENT, muster_error_finding(&error, 2, &finding));
  muster_buffer drawn = {NULL, 0, 0};
  EXPECT_EQ(MUSTER_OK,
            muster_error_render(&error, 0, two_errors, MUSTER_TERMINATED, "c.json", 6, &drawn));
  EXPECT_BYTES(
      "c.json:2:52: error: unknown tag 'fe'; did you mean 'fee'?\n"
      "   \"policies\": [{\"id\": \"a\", \"name\": \"a\", \"segment\": \"fe > 1\"},\n"
      "                                                     ^~\n",
      drawn.data, drawn.size);
  muster_buffer_free(&drawn);
  muster_error_clear(&error);
  EXPECT_EQ(0, error.findings);
  EXPECT_EQ(MUSTER_INVALID_ARGUMENT, muster_error_finding(&error, 0, &finding));
}

static void repeat(char* out, const char* text, int times) {
  *out = '\0';
  while (times-- > 0) strcat(out, text);
}

/* Names as long as messages show them whole, of characters of three bytes. */
static void tells_where_a_message_is_cut(void) {
  char tag[200], category[200], other[200], json[1000];
  repeat(tag, "套", 58);
  repeat(category, "餐", 58);
  repeat(other, "餐", 57);
  snprintf(json, sizeof json,
           "{\"tags\": [{\"name\": \"%s\", \"type\": \"category\", \"values\": [\"%s\"]}]}", tag,
           category);
  muster_error error = MUSTER_ERROR_INIT;
  muster_schema* schema = NULL;
  muster_user* user = NULL;
  EXPECT_OK(muster_schema_from_json(json, MUSTER_TERMINATED, NULL, &schema, &error));
  EXPECT_OK(muster_user_new(schema, &user, &error));
  EXPECT_STATUS(MUSTER_UNKNOWN_CATEGORY,
                muster_user_set_text(user, tag, strlen(tag), other, strlen(other), &error));
  char wanted[1000];
  snprintf(wanted, sizeof wanted, "the tag '%s' has no category '%s'; did you mean '%s'?", tag,
           other, category);
  EXPECT_EQ(strlen(wanted), error.message_length);
  EXPECT(error.message_length >= MUSTER_MESSAGE_SIZE);
  const size_t shown = strlen(error.message);
  EXPECT(shown > MUSTER_MESSAGE_SIZE - 4);
  EXPECT_EQ(0, strncmp(wanted, error.message, shown));
  EXPECT(((unsigned char)wanted[shown] & 0xc0) != 0x80); /* a character begins there */
  muster_buffer whole = {NULL, 0, 0};
  EXPECT_EQ(MUSTER_OK, muster_error_message(&error, &whole));
  EXPECT_BYTES(wanted, whole.data, whole.size);
  muster_buffer_free(&whole);
  muster_user_free(user);
  muster_schema_release(schema);
  muster_error_clear(&error);
}

static void a_success_makes_it_empty(void) {
  muster_error error = MUSTER_ERROR_INIT;
  int32_t days = 0;
  EXPECT_STATUS(MUSTER_UNKNOWN_TAG, read(two_errors, &error));
  EXPECT_OK(muster_parse_date("2026-03-01", MUSTER_TERMINATED, &days, &error));
  EXPECT_EQ(0, error.findings);
  EXPECT_EQ(0, error.message_length);
  EXPECT_STRING("", error.message);
  EXPECT(error.kept == NULL);
}

static void nobody_has_to_listen(void) {
  int32_t days = 0;
  EXPECT_EQ(MUSTER_UNKNOWN_TAG, read(two_errors, NULL));
  EXPECT_EQ(MUSTER_BAD_DATE, muster_parse_date("?", 1, &days, NULL));
}

/* Memory that was never set to MUSTER_ERROR_INIT is not written to. */
static void an_error_without_its_size_is_refused(void) {
  muster_error error;
  memset(&error, 0x55, sizeof error);
  int32_t days = 7;
  EXPECT_EQ(MUSTER_INVALID_ARGUMENT, muster_parse_date("2026-03-01", 10, &days, &error));
  EXPECT_EQ(7, days);
  EXPECT_EQ(0x55, error.message[0]);
  muster_error_clear(&error);
  EXPECT_EQ(0x55, error.message[0]);
  error.size = sizeof error - 1;
  EXPECT_EQ(MUSTER_INVALID_ARGUMENT, muster_parse_date("2026-03-01", 10, &days, &error));
}

/* A later version's error is longer; what it adds is left alone. */
static void a_longer_error_is_filled(void) {
  struct {
    muster_error known;
    char added[64];
  } longer = {MUSTER_ERROR_INIT, "theirs"};
  longer.known.size = sizeof longer;
  int32_t days = 0;
  EXPECT_EQ(MUSTER_BAD_DATE, muster_parse_date("?", 1, &days, &longer.known));
  EXPECT_STRING("a date is written as \"2026-03-01\"", longer.known.message);
  EXPECT_STRING("theirs", longer.added);
}

void test_error(void) {
  keeps_every_finding();
  tells_where_a_message_is_cut();
  a_success_makes_it_empty();
  nobody_has_to_listen();
  an_error_without_its_size_is_refused();
  a_longer_error_is_filled();
}
