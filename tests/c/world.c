#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SCHEMA                                                                    \
  "{\"key\": \"id\", \"tags\": ["                                                 \
  "{\"name\": \"fee\", \"type\": \"number\", \"description\": \"套餐月费\"}," \
  "{\"name\": \"brand\", \"type\": \"category\", \"nullable\": true,"             \
  " \"values\": [\"Apple\", \"华为\"]},"                                        \
  "{\"name\": \"ok\", \"type\": \"bool\"},"                                       \
  "{\"name\": \"interests\", \"type\": \"set\", \"nullable\": true,"              \
  " \"values\": [\"game\", \"music\", \"video\"]},"                               \
  "{\"name\": \"contract_end\", \"type\": \"date\", \"nullable\": true},"         \
  "{\"name\": \"fee_year\", \"type\": \"number\", \"derived\": \"fee * 12\"}]}"

#define HEAD                                                                                      \
  ", \"time_zone\": \"UTC\", \"currency\": \"CNY\","                                              \
  "\"segments\": {\"dear\": \"fee >= 96\"},"                                                      \
  "\"channels\": ["                                                                               \
  "{\"id\": \"shop\", \"name\": \"营业厅\", \"kind\": \"own_shop\", \"cost\": 8,"              \
  " \"daily_capacity\": 500},"                                                                    \
  "{\"id\": \"app\", \"name\": \"App\", \"kind\": \"digital\", \"mode\": \"active\"}],"           \
  "\"class_channels\": {\"sales\": [\"own_shop\", \"digital\"]},"                                 \
  "\"contact_rules\": [{\"id\": \"weekly\", \"kind\": \"cap\", \"most\": 1, \"of\": \"channel\"," \
  " \"within\": {\"weeks\": 1}}],"                                                                \
  "\"propensity\": {\"constants\": ["                                                             \
  "{\"policy\": \"keep\", \"channel\": \"app\", \"probability\": 0.25},"                          \
  "{\"policy\": \"keep\", \"channel\": \"shop\", \"probability\": 0.5},"                          \
  "{\"policy\": \"games\", \"channel\": \"app\", \"probability\": 0.125}]},"                      \
  "\"schema\": " SCHEMA                                                                           \
  ","                                                                                             \
  "\"policies\": ["

#define KEEP                                                                             \
  "{\"id\": \"keep\", \"name\": \"Deposit 168\", \"segment\": \"SEGMENT(dear) AND ok\"," \
  " \"value\": 120, \"cost\": 30, \"lever\": 1.5, \"tier\": 2, \"quota\": 3,"            \
  " \"valid\": {\"from\": \"2026-01-01\"}, \"channels\": [\"app\", \"shop\"],"           \
  " \"script\": \"您的套餐{fee}元\"},"
#define REST                                                                                     \
  "{\"id\": \"games\", \"name\": \"Games\", \"segment\": \"interests HAS ANY ('game')\", "       \
  "\"value\": 40, \"tier\": 3,"                                                                  \
  " \"channels\": [\"app\"]},"                                                                   \
  "{\"id\": \"apple\", \"name\": \"Apple\", \"segment\": \"brand = 'Apple'\", \"value\": 10},"   \
  "{\"id\": \"ending\", \"name\": \"Ending\", \"segment\": \"days_until(contract_end) <= 60\", " \
  "\"value\": 20,"                                                                               \
  " \"valid\": {\"until\": \"2026-02-01\"}}]}"

const char catalogue_text[] = "{\"version\": \"v1\"" HEAD KEEP REST;
static const char smaller_text[] = "{\"version\": \"version 2\"" HEAD REST;
const int32_t today = 20542;
const int64_t noon = INT64_C(20542) * 86400 + 12 * 3600;

static void must(muster_status status, const muster_error* error) {
  if (status == MUSTER_OK) return;
  fprintf(stderr, "the world is wrong: %s\n", error->message);
  exit(2);
}

static muster_catalogue* read(const char* text) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_catalogue* catalogue = NULL;
  must(muster_catalogue_from_json(text, MUSTER_TERMINATED, NULL, &catalogue, &error), &error);
  return catalogue;
}

muster_catalogue* make_catalogue(void) { return read(catalogue_text); }
muster_catalogue* make_smaller_catalogue(void) {
  char text[sizeof smaller_text];
  memcpy(text, smaller_text, sizeof text);
  /* Without what speaks of the policy that is gone. */
  char* constants = strstr(text, "{\"policy\": \"keep\"");
  char* others = strstr(text, "{\"policy\": \"games\"");
  memset(constants, ' ', (size_t)(others - constants));
  return read(text);
}

muster_schema* make_schema(void) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_schema* schema = NULL;
  must(muster_schema_from_json(SCHEMA, MUSTER_TERMINATED, NULL, &schema, &error), &error);
  return schema;
}

muster_rules* make_rules(void) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_catalogue* catalogue = make_catalogue();
  muster_rules* rules = NULL;
  must(muster_catalogue_compile(catalogue, NULL, &rules, &error), &error);
  muster_catalogue_release(catalogue);
  return rules;
}

muster_user* make_user(void) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_schema* schema = make_schema();
  muster_user* user = NULL;
  must(muster_user_new(schema, &user, &error), &error);
  muster_schema_release(schema);
  const muster_text interests[] = {{"music", 5}, {"game", 4}};
  must(muster_user_set_number(user, "fee", 3, 128, &error), &error);
  must(muster_user_set_text(user, "brand", 5, "华为", MUSTER_TERMINATED, &error), &error);
  must(muster_user_set_bool(user, "ok", 2, 1, &error), &error);
  must(muster_user_set_texts(user, "interests", 9, interests, 2, &error), &error);
  must(muster_user_set_days(user, "contract_end", 12, today + 32, &error), &error);
  return user;
}

muster_engine* make_engine(muster_history* history) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_engine_options options = {sizeof options, NULL, 0, NULL, 0};
  options.history = history;
  muster_engine* engine = NULL;
  must(muster_engine_new(&options, &engine, &error), &error);
  muster_catalogue* catalogue = make_catalogue();
  must(muster_engine_deploy(engine, catalogue, &error), &error);
  muster_catalogue_release(catalogue);
  return engine;
}

muster_layout* make_layout(void) {
  const muster_column columns[] = {
      {"fee", 3, offsetof(subscriber, fee), MUSTER_NEVER_NULL, MUSTER_CELL_DOUBLE, 0},
      {"brand", 5, offsetof(subscriber, brand), offsetof(subscriber, brand_is_null),
       MUSTER_CELL_CHARS, 8},
      {"ok", 2, offsetof(subscriber, ok), MUSTER_NEVER_NULL, MUSTER_CELL_BOOL, 0},
      {"interests", 9, offsetof(subscriber, interests), MUSTER_NEVER_NULL, MUSTER_CELL_TEXTS, 0},
      {"contract_end", 12, offsetof(subscriber, contract_end),
       offsetof(subscriber, contract_end_is_null), MUSTER_CELL_INT32, 0}};
  muster_error error = MUSTER_ERROR_INIT;
  muster_schema* schema = make_schema();
  muster_layout* layout = NULL;
  must(muster_layout_new(schema, columns, 5, sizeof columns[0], &layout, &error), &error);
  muster_schema_release(schema);
  return layout;
}

subscriber make_subscriber(void) {
  static const muster_text interests[] = {{"music", 5}, {"game", 4}};
  subscriber one;
  memset(&one, 0, sizeof one);
  one.fee = 128;
  strcpy(one.brand, "华为");
  one.ok = 1;
  one.contract_end = today + 32;
  one.interests.data = interests;
  one.interests.size = 2;
  return one;
}
