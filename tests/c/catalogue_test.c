#include "check.h"
#include "world.h"

static void describes_itself(const muster_catalogue* catalogue) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_catalogue_info info = {sizeof info, {0, 0}, {0, 0}, {0, 0}, 0, 0, 0, 0, 0, 0};
  EXPECT_OK(muster_catalogue_describe(catalogue, &info, &error));
  EXPECT_TEXT("v1", info.version);
  EXPECT_TEXT("CNY", info.currency);
  EXPECT_TEXT("UTC", info.time_zone);
  EXPECT(info.content_hash != 0);
  EXPECT_EQ(1, info.segments);
  EXPECT_EQ(4, info.policies);
  EXPECT_EQ(2, info.channels);
  EXPECT_EQ(1, info.contact_rules);
  muster_schema* schema = NULL;
  EXPECT_OK(muster_catalogue_schema(catalogue, &schema, &error));
  muster_schema_info its = {sizeof its, {0, 0}, 0, 0};
  EXPECT_OK(muster_schema_describe(schema, &its, &error));
  EXPECT_EQ(6, its.tags);
  muster_schema_release(schema);
}

static void shows_policies_and_channels(const muster_catalogue* catalogue) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_policy policy;
  memset(&policy, 0, sizeof policy);
  policy.size = sizeof policy;
  EXPECT_OK(muster_catalogue_policy(catalogue, 0, &policy, &error));
  EXPECT_TEXT("keep", policy.id);
  EXPECT_TEXT("Deposit 168", policy.name);
  EXPECT_TEXT("SEGMENT(dear) AND ok", policy.segment);
  EXPECT_EQ(120, policy.value);
  EXPECT_EQ(30, policy.cost);
  EXPECT(policy.lever == 1.5);
  EXPECT_EQ(2, policy.tier);
  EXPECT_EQ(3, policy.quota);
  EXPECT_EQ(1767225600, policy.valid_from);
  EXPECT_EQ(INT64_MAX, policy.valid_until);
  muster_channel channel = {sizeof channel, {0, 0}, {0, 0}, 0, 0, 0};
  EXPECT_OK(muster_catalogue_channel(catalogue, 1, &channel, &error));
  EXPECT_TEXT("app", channel.id);
  EXPECT_TEXT("App", channel.name);
  EXPECT_EQ(1, channel.active);
  size_t index = 99;
  EXPECT_OK(muster_catalogue_find_policy(catalogue, "apple", 5, &index, &error));
  EXPECT_EQ(2, index);
  EXPECT_OK(muster_catalogue_find_channel(catalogue, "app", 3, &index, &error));
  EXPECT_EQ(1, index);
  EXPECT_ERROR(MUSTER_UNKNOWN_POLICY, "the catalogue has no policy 'kepp'",
               muster_catalogue_find_policy(catalogue, "kepp", 4, &index, &error));
  EXPECT_ERROR(MUSTER_UNKNOWN_CHANNEL, "the catalogue has no channel 'sms'",
               muster_catalogue_find_channel(catalogue, "sms", 3, &index, &error));
  EXPECT_STATUS(MUSTER_INVALID_ARGUMENT, muster_catalogue_policy(catalogue, 4, &policy, &error));
  EXPECT_STATUS(MUSTER_INVALID_ARGUMENT, muster_catalogue_channel(catalogue, 2, &channel, &error));
  muster_error_clear(&error);
}

static void checks_rules(const muster_catalogue* catalogue) {
  muster_error error = MUSTER_ERROR_INIT;
  EXPECT_OK(muster_catalogue_check_rule(catalogue, "SEGMENT(dear)", MUSTER_TERMINATED, &error));
  EXPECT_EQ(0, error.findings);
  EXPECT_OK(
      muster_catalogue_check_rule(catalogue, "NOT brand = 'Apple'", MUSTER_TERMINATED, &error));
  EXPECT_EQ(1, error.findings);
  muster_finding finding = {sizeof finding, 0, 0, 0, 0, {0, 0}, {0, 0}};
  EXPECT_EQ(MUSTER_OK, muster_error_finding(&error, 0, &finding));
  EXPECT_EQ(MUSTER_NULL_HAZARD, finding.status);
  EXPECT_EQ(1, finding.warning);
  EXPECT_ERROR(MUSTER_UNKNOWN_CATEGORY,
               "'Appel' is not a category of 'brand'; did you mean 'Apple'?",
               muster_catalogue_check_rule(catalogue, "brand = 'Appel'", 15, &error));
  EXPECT_EQ(8, error.begin);
  EXPECT_EQ(15, error.end);
  muster_error_clear(&error);
}

static void explains_rules(const muster_catalogue* catalogue) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_user* user = make_user();
  muster_buffer text = {NULL, 0, 0};
  int32_t matches = 7;
  EXPECT_OK(muster_catalogue_explain_rule(catalogue, "SEGMENT(dear) AND ok", MUSTER_TERMINATED,
                                          user, today, &matches, &text, &error));
  EXPECT_EQ(1, matches);
  EXPECT_OK(muster_catalogue_explain_rule(catalogue, "fee < 30", MUSTER_TERMINATED, user, today,
                                          &matches, &text, &error));
  EXPECT_EQ(0, matches);
  EXPECT(strstr(text.data, "128") != NULL);
  EXPECT_EQ(strlen(text.data), text.size);
  EXPECT_STATUS(MUSTER_SYNTAX, muster_catalogue_explain_rule(catalogue, "fee <", 5, user, today,
                                                             NULL, &text, &error));
  muster_buffer_free(&text);
  muster_user_free(user);
  muster_error_clear(&error);
}

static void shows_warnings(void) {
  static const char json[] =
      "{\"schema\": {\"tags\": [{\"name\": \"ok\", \"type\": \"bool\", \"nullable\": true}]},"
      " \"policies\": [{\"id\": \"a\", \"name\": \"a\", \"segment\": \"NOT ok\"}]}";
  muster_error error = MUSTER_ERROR_INIT;
  muster_catalogue* catalogue = NULL;
  EXPECT_OK(muster_catalogue_from_json(json, sizeof json - 1, NULL, &catalogue, &error));
  muster_catalogue_info info = {sizeof info, {0, 0}, {0, 0}, {0, 0}, 0, 0, 0, 0, 0, 0};
  EXPECT_OK(muster_catalogue_describe(catalogue, &info, &error));
  EXPECT_EQ(1, info.warnings);
  muster_finding finding = {sizeof finding, 0, 0, 0, 0, {0, 0}, {0, 0}};
  EXPECT_OK(muster_catalogue_warning(catalogue, 0, &finding, &error));
  EXPECT_EQ(MUSTER_NULL_HAZARD, finding.status);
  EXPECT_EQ(1, finding.warning);
  EXPECT_EQ(strstr(json, "ok\"}") - json, finding.begin);
  EXPECT_STATUS(MUSTER_INVALID_ARGUMENT, muster_catalogue_warning(catalogue, 1, &finding, &error));
  muster_catalogue_release(catalogue);
  muster_error_clear(&error);
}

static void reads_files(void) {
  static const char path[] = "c_tests_catalogue.json";
  FILE* file = fopen(path, "wb");
  EXPECT(file != NULL);
  if (file == NULL) return;
  fputs(catalogue_text, file);
  fclose(file);
  muster_error error = MUSTER_ERROR_INIT;
  muster_catalogue* catalogue = NULL;
  EXPECT_OK(muster_catalogue_read(path, MUSTER_TERMINATED, NULL, &catalogue, &error));
  muster_catalogue_retain(catalogue);
  muster_catalogue_release(catalogue);
  muster_catalogue_release(catalogue);
  catalogue = NULL;
  EXPECT_STATUS(MUSTER_IO,
                muster_catalogue_read("no such file", MUSTER_TERMINATED, NULL, &catalogue, &error));
  EXPECT(catalogue == NULL);
  remove(path);
  muster_error_clear(&error);
}

void test_catalogue(void) {
  muster_catalogue* catalogue = make_catalogue();
  describes_itself(catalogue);
  shows_policies_and_channels(catalogue);
  checks_rules(catalogue);
  explains_rules(catalogue);
  muster_catalogue_release(catalogue);
  shows_warnings();
  reads_files();
}
