/* NULL where it is not allowed, for every pointer of every function. */
#include "check.h"
#include "world.h"

static muster_error error = MUSTER_ERROR_INIT;

/* Which argument is NULL is said. */
#define EXPECT_NULL(name, call) EXPECT_ERROR(MUSTER_INVALID_ARGUMENT, "`" name "` is NULL", call)

static void of_schemas(void) {
  muster_schema* schema = make_schema();
  muster_schema* out = NULL;
  muster_schema_info info = {sizeof info, {0, 0}, 0, 0};
  muster_tag tag = {sizeof tag, {0, 0}, {0, 0}, 0, 0, 0, 0};
  muster_text text = {NULL, 0};
  size_t index = 0;
  int32_t days = 0;
  int64_t seconds = 0;
  EXPECT_NULL("days", muster_parse_date("2026-01-01", 10, NULL, &error));
  EXPECT_NULL("text", muster_parse_date(NULL, 10, &days, &error));
  EXPECT_NULL("seconds", muster_parse_moment("2026-01-01", 10, NULL, &error));
  EXPECT_NULL("text", muster_parse_moment(NULL, MUSTER_TERMINATED, &seconds, &error));
  EXPECT_NULL("out", muster_schema_from_json("{}", 2, NULL, NULL, &error));
  EXPECT_NULL("json", muster_schema_from_json(NULL, 2, NULL, &out, &error));
  EXPECT_NULL("schema", muster_schema_describe(NULL, &info, &error));
  EXPECT_NULL("out", muster_schema_describe(schema, NULL, &error));
  EXPECT_NULL("schema", muster_schema_tag(NULL, 0, &tag, &error));
  EXPECT_NULL("out", muster_schema_tag(schema, 0, NULL, &error));
  EXPECT_NULL("schema", muster_schema_find(NULL, "fee", 3, &index, &error));
  EXPECT_NULL("name", muster_schema_find(schema, NULL, 3, &index, &error));
  EXPECT_NULL("index", muster_schema_find(schema, "fee", 3, NULL, &error));
  EXPECT_NULL("schema", muster_schema_category(NULL, 1, 0, &text, &error));
  EXPECT_NULL("out", muster_schema_category(schema, 1, 0, NULL, &error));
  muster_schema_release(schema);
}

static void of_catalogues(void) {
  muster_catalogue* catalogue = make_catalogue();
  muster_user* user = make_user();
  muster_catalogue* out = NULL;
  muster_catalogue_info info = {sizeof info, {0, 0}, {0, 0}, {0, 0}, 0, 0, 0, 0, 0, 0};
  muster_schema* schema = NULL;
  muster_rules* rules = NULL;
  muster_policy policy = {
      sizeof policy, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, 0, 0, 0, 0, 0, 0, 0};
  muster_channel channel = {sizeof channel, {0, 0}, {0, 0}, 0, 0, 0};
  muster_finding finding = {sizeof finding, 0, 0, 0, 0, {0, 0}, {0, 0}};
  muster_buffer text = {NULL, 0, 0};
  size_t index = 0;
  EXPECT_NULL("out", muster_catalogue_from_json("{}", 2, NULL, NULL, &error));
  EXPECT_NULL("json", muster_catalogue_from_json(NULL, 2, NULL, &out, &error));
  EXPECT_NULL("out", muster_catalogue_read("x", 1, NULL, NULL, &error));
  EXPECT_NULL("path", muster_catalogue_read(NULL, 1, NULL, &out, &error));
  EXPECT_NULL("catalogue", muster_catalogue_describe(NULL, &info, &error));
  EXPECT_NULL("out", muster_catalogue_describe(catalogue, NULL, &error));
  EXPECT_NULL("catalogue", muster_catalogue_schema(NULL, &schema, &error));
  EXPECT_NULL("out", muster_catalogue_schema(catalogue, NULL, &error));
  EXPECT_NULL("catalogue", muster_catalogue_policy(NULL, 0, &policy, &error));
  EXPECT_NULL("out", muster_catalogue_policy(catalogue, 0, NULL, &error));
  EXPECT_NULL("catalogue", muster_catalogue_find_policy(NULL, "a", 1, &index, &error));
  EXPECT_NULL("id", muster_catalogue_find_policy(catalogue, NULL, 1, &index, &error));
  EXPECT_NULL("index", muster_catalogue_find_policy(catalogue, "a", 1, NULL, &error));
  EXPECT_NULL("catalogue", muster_catalogue_channel(NULL, 0, &channel, &error));
  EXPECT_NULL("out", muster_catalogue_channel(catalogue, 0, NULL, &error));
  EXPECT_NULL("catalogue", muster_catalogue_find_channel(NULL, "a", 1, &index, &error));
  EXPECT_NULL("id", muster_catalogue_find_channel(catalogue, NULL, 1, &index, &error));
  EXPECT_NULL("index", muster_catalogue_find_channel(catalogue, "a", 1, NULL, &error));
  EXPECT_NULL("catalogue", muster_catalogue_warning(NULL, 0, &finding, &error));
  EXPECT_NULL("catalogue", muster_catalogue_check_rule(NULL, "ok", 2, &error));
  EXPECT_NULL("rule", muster_catalogue_check_rule(catalogue, NULL, 2, &error));
  EXPECT_NULL("catalogue",
              muster_catalogue_explain_rule(NULL, "ok", 2, user, today, NULL, &text, &error));
  EXPECT_NULL("rule",
              muster_catalogue_explain_rule(catalogue, NULL, 2, user, today, NULL, &text, &error));
  EXPECT_NULL("user",
              muster_catalogue_explain_rule(catalogue, "ok", 2, NULL, today, NULL, &text, &error));
  EXPECT_NULL("text",
              muster_catalogue_explain_rule(catalogue, "ok", 2, user, today, NULL, NULL, &error));
  EXPECT_NULL("catalogue", muster_catalogue_compile(NULL, NULL, &rules, &error));
  EXPECT_NULL("out", muster_catalogue_compile(catalogue, NULL, NULL, &error));
  muster_user_free(user);
  muster_catalogue_release(catalogue);
}

static void of_rules(void) {
  muster_schema* schema = make_schema();
  muster_rules* rules = make_rules();
  muster_builder* builder = NULL;
  muster_rules* out = NULL;
  muster_schema* its = NULL;
  muster_rules_info info = {sizeof info, 0, 0, 0, {0, 0}};
  muster_buffer bytes = {NULL, 0, 0};
  uint32_t id = 0;
  EXPECT_NULL("schema", muster_builder_new(NULL, NULL, &builder, &error));
  EXPECT_NULL("out", muster_builder_new(schema, NULL, NULL, &error));
  EXPECT_OK(muster_builder_new(schema, NULL, &builder, &error));
  EXPECT_NULL("builder", muster_builder_define(NULL, "a", 1, "ok", 2, &error));
  EXPECT_NULL("name", muster_builder_define(builder, NULL, 1, "ok", 2, &error));
  EXPECT_NULL("rule", muster_builder_define(builder, "a", 1, NULL, 2, &error));
  EXPECT_NULL("builder", muster_builder_add(NULL, "ok", 2, &id, &error));
  EXPECT_NULL("rule", muster_builder_add(builder, NULL, 2, &id, &error));
  EXPECT_NULL("builder", muster_builder_compile(NULL, NULL, &out, &error));
  EXPECT_NULL("out", muster_builder_compile(builder, NULL, NULL, &error));
  EXPECT_NULL("rules", muster_rules_describe(NULL, &info, &error));
  EXPECT_NULL("out", muster_rules_describe(rules, NULL, &error));
  EXPECT_NULL("rules", muster_rules_schema(NULL, &its, &error));
  EXPECT_NULL("out", muster_rules_schema(rules, NULL, &error));
  EXPECT_NULL("rules", muster_rules_save(NULL, &bytes, &error));
  EXPECT_NULL("out", muster_rules_save(rules, NULL, &error));
  EXPECT_NULL("bytes", muster_rules_load(NULL, 1, NULL, NULL, &out, &error));
  EXPECT_NULL("out", muster_rules_load("", 0, NULL, NULL, NULL, &error));
  muster_builder_free(builder);
  muster_rules_release(rules);
  muster_schema_release(schema);
}

static void of_users(void) {
  muster_schema* schema = make_schema();
  muster_user* user = make_user();
  muster_user* out = NULL;
  muster_layout* layout = NULL;
  uint64_t unusable = 0;
  const muster_text one = {"game", 4};
  const muster_column column = {"fee", 3, 0, MUSTER_NEVER_NULL, MUSTER_CELL_DOUBLE, 0};
  const muster_pair pair = {"fee", 3, MUSTER_VALUE_TEXT, 0, 0, 0, NULL, 1, NULL, 0};
  EXPECT_NULL("schema", muster_user_new(NULL, &out, &error));
  EXPECT_NULL("out", muster_user_new(schema, NULL, &error));
  EXPECT_NULL("schema", muster_user_new_lenient(NULL, &out, &error));
  EXPECT_NULL("out", muster_user_new_lenient(schema, NULL, &error));
  EXPECT_NULL("user", muster_user_unusable(NULL, "fee", 3, &unusable, &error));
  EXPECT_NULL("count", muster_user_unusable(user, "fee", 3, NULL, &error));
  EXPECT_NULL("user", muster_user_clear(NULL, &error));
  EXPECT_NULL("user", muster_user_set(NULL, &pair, 1, &error));
  EXPECT_NULL("pairs", muster_user_set(user, NULL, 1, &error));
  EXPECT_NULL("text", muster_user_set(user, &pair, 1, &error));
  EXPECT_NULL("user", muster_user_set_null(NULL, "fee", 3, &error));
  EXPECT_NULL("user", muster_user_set_bool(NULL, "fee", 3, 1, &error));
  EXPECT_NULL("user", muster_user_set_integer(NULL, "fee", 3, 1, &error));
  EXPECT_NULL("user", muster_user_set_number(NULL, "fee", 3, 1, &error));
  EXPECT_NULL("user", muster_user_set_days(NULL, "fee", 3, 1, &error));
  EXPECT_NULL("user", muster_user_set_text(NULL, "fee", 3, "", 0, &error));
  EXPECT_NULL("user", muster_user_set_texts(NULL, "fee", 3, NULL, 0, &error));
  EXPECT_NULL("tag", muster_user_set_number(user, NULL, 3, 1, &error));
  EXPECT_NULL("text", muster_user_set_text(user, "fee", 3, NULL, 1, &error));
  EXPECT_NULL("texts", muster_user_set_texts(user, "fee", 3, NULL, 1, &error));
  EXPECT_ERROR(MUSTER_INVALID_ARGUMENT, "a count is larger than memory can hold",
               muster_user_set_texts(user, "interests", 9, &one, SIZE_MAX, &error));
  EXPECT_ERROR(MUSTER_INVALID_ARGUMENT, "a count is larger than memory can hold",
               muster_layout_new(schema, &column, SIZE_MAX, sizeof column, &layout, &error));
  EXPECT_NULL("schema", muster_layout_new(NULL, &column, 1, sizeof column, &layout, &error));
  EXPECT_NULL("columns", muster_layout_new(schema, NULL, 1, sizeof column, &layout, &error));
  EXPECT_NULL("out", muster_layout_new(schema, &column, 1, sizeof column, NULL, &error));
  EXPECT_NULL("schema",
              muster_layout_new_lenient(NULL, &column, 1, sizeof column, &layout, &error));
  EXPECT_NULL("layout", muster_layout_unusable(NULL, "fee", 3, &unusable, &error));
  muster_user_free(user);
  muster_schema_release(schema);
}

static void of_matching(void) {
  muster_rules* rules = make_rules();
  muster_layout* layout = make_layout();
  muster_user* user = make_user();
  muster_matcher* matcher = NULL;
  uint64_t bits[1] = {0}, out[1];
  uint32_t id = 0;
  size_t count = 0;
  int32_t matches = 0;
  EXPECT_NULL("rules", muster_matcher_new(NULL, &matcher, &error));
  EXPECT_NULL("out", muster_matcher_new(rules, NULL, &error));
  EXPECT_OK(muster_matcher_new(rules, &matcher, &error));
  EXPECT_NULL("rules", muster_encode_user(NULL, user, today, bits, 1, &error));
  EXPECT_NULL("user", muster_encode_user(rules, NULL, today, bits, 1, &error));
  EXPECT_NULL("bits", muster_encode_user(rules, user, today, NULL, 1, &error));
  EXPECT_NULL("rules", muster_encode_row(NULL, layout, "", today, bits, 1, &error));
  EXPECT_NULL("layout", muster_encode_row(rules, NULL, "", today, bits, 1, &error));
  EXPECT_NULL("row", muster_encode_row(rules, layout, NULL, today, bits, 1, &error));
  EXPECT_NULL("matcher", muster_match(NULL, bits, 1, &id, 1, &count, &error));
  EXPECT_NULL("bits", muster_match(matcher, NULL, 1, &id, 1, &count, &error));
  EXPECT_NULL("ids", muster_match(matcher, bits, 1, NULL, 1, &count, &error));
  EXPECT_NULL("count", muster_match(matcher, bits, 1, &id, 1, NULL, &error));
  EXPECT_NULL("matcher", muster_match_bitmap(NULL, bits, 1, out, 1, &error));
  EXPECT_NULL("bits", muster_match_bitmap(matcher, NULL, 1, out, 1, &error));
  EXPECT_NULL("out", muster_match_bitmap(matcher, bits, 1, NULL, 1, &error));
  EXPECT_NULL("rules", muster_match_rule(NULL, bits, 1, 0, &matches, &error));
  EXPECT_NULL("bits", muster_match_rule(rules, NULL, 1, 0, &matches, &error));
  EXPECT_NULL("matches", muster_match_rule(rules, bits, 1, 0, NULL, &error));
  EXPECT_NULL("matcher",
              muster_changed(NULL, bits, bits, 1, &id, 1, &count, &id, 1, &count, &error));
  EXPECT_NULL("before",
              muster_changed(matcher, NULL, bits, 1, &id, 1, &count, &id, 1, &count, &error));
  EXPECT_NULL("after",
              muster_changed(matcher, bits, NULL, 1, &id, 1, &count, &id, 1, &count, &error));
  EXPECT_NULL("entered",
              muster_changed(matcher, bits, bits, 1, NULL, 1, &count, &id, 1, &count, &error));
  EXPECT_NULL("left",
              muster_changed(matcher, bits, bits, 1, &id, 1, &count, NULL, 1, &count, &error));
  EXPECT_NULL("entered_count",
              muster_changed(matcher, bits, bits, 1, &id, 1, NULL, &id, 1, &count, &error));
  EXPECT_NULL("left_count",
              muster_changed(matcher, bits, bits, 1, &id, 1, &count, &id, 1, NULL, &error));
  muster_matcher_free(matcher);
  muster_user_free(user);
  muster_layout_release(layout);
  muster_rules_release(rules);
}

static void of_histories(void) {
  muster_history* history = NULL;
  const muster_contact none = {0, {NULL, 1}, {NULL, 0}, 0, 0};
  const muster_contact one = {0, {"a", 1}, {"b", 1}, 0, 0};
  EXPECT_NULL("out", muster_history_new(NULL, &error));
  EXPECT_NULL("functions", muster_history_implement(NULL, &history, &error));
  EXPECT_OK(muster_history_new(&history, &error));
  EXPECT_NULL("history", muster_history_place(NULL, "a", 1, "b", 1, "c", 1, &error));
  EXPECT_NULL("user", muster_history_place(history, NULL, 1, "b", 1, "c", 1, &error));
  EXPECT_NULL("account", muster_history_place(history, "a", 1, NULL, 1, "c", 1, &error));
  EXPECT_NULL("household", muster_history_place(history, "a", 1, "b", 1, NULL, 1, &error));
  EXPECT_NULL("history", muster_history_add(NULL, "a", 1, &one, 0, &error));
  EXPECT_NULL("user", muster_history_add(history, NULL, 1, &one, 0, &error));
  EXPECT_NULL("contact", muster_history_add(history, "a", 1, NULL, 0, &error));
  EXPECT_NULL("policy", muster_history_add(history, "a", 1, &none, 0, &error));
  EXPECT_NULL("history", muster_history_read_csv(NULL, "", 0, &error));
  EXPECT_NULL("csv", muster_history_read_csv(history, NULL, 1, &error));
  muster_history_release(history);
}

static void of_engines(void) {
  muster_engine* engine = make_engine(NULL);
  muster_catalogue* catalogue = make_catalogue();
  muster_user* user = make_user();
  muster_subject subject = {sizeof subject, "a", 1, user, NULL, NULL};
  muster_subject keyless = {sizeof keyless, "a", 1, NULL, NULL, NULL};
  muster_deployment held = {{0, 0}, 0, 0};
  muster_buffer text = {NULL, 0, 0};
  muster_gate gate = {sizeof gate, 0, 0};
  muster_view* view = NULL;
  size_t count = 0;
  EXPECT_NULL("out", muster_engine_new(NULL, NULL, &error));
  EXPECT_NULL("engine", muster_engine_deploy(NULL, catalogue, &error));
  EXPECT_NULL("catalogue", muster_engine_deploy(engine, NULL, &error));
  EXPECT_NULL("engine", muster_engine_roll_back(NULL, &error));
  EXPECT_NULL("engine", muster_engine_deployments(NULL, &held, 1, &count, &text, &error));
  EXPECT_NULL("out", muster_engine_deployments(engine, NULL, 1, &count, &text, &error));
  EXPECT_NULL("count", muster_engine_deployments(engine, &held, 1, NULL, &text, &error));
  EXPECT_NULL("texts", muster_engine_deployments(engine, &held, 1, &count, NULL, &error));
  EXPECT_NULL("engine", muster_engine_catalogue(NULL, &catalogue, &error));
  EXPECT_NULL("out", muster_engine_catalogue(engine, NULL, &error));
  EXPECT_NULL("engine", muster_engine_decide(NULL, &subject, noon, NULL, &view, &error));
  EXPECT_NULL("subject", muster_engine_decide(engine, NULL, noon, NULL, &view, &error));
  EXPECT_NULL("layout", muster_engine_decide(engine, &keyless, noon, NULL, &view, &error));
  EXPECT_NULL("out", muster_engine_decide(engine, &subject, noon, NULL, NULL, &error));
  EXPECT_NULL("engine",
              muster_engine_check(NULL, &subject, "a", 1, "b", 1, noon, 0, &gate, &text, &error));
  EXPECT_NULL("subject",
              muster_engine_check(engine, NULL, "a", 1, "b", 1, noon, 0, &gate, &text, &error));
  EXPECT_NULL("policy", muster_engine_check(engine, &subject, NULL, 1, "b", 1, noon, 0, &gate,
                                            &text, &error));
  EXPECT_NULL("channel", muster_engine_check(engine, &subject, "a", 1, NULL, 1, noon, 0, &gate,
                                             &text, &error));
  EXPECT_NULL("out",
              muster_engine_check(engine, &subject, "a", 1, "b", 1, noon, 0, NULL, &text, &error));
  EXPECT_NULL("engine", muster_engine_replay(NULL, "", 0, &view, &error));
  EXPECT_NULL("record", muster_engine_replay(engine, NULL, 1, &view, &error));
  EXPECT_NULL("out", muster_engine_replay(engine, "", 0, NULL, &error));
  EXPECT_NULL("engine", muster_engine_explain(NULL, "", 0, "a", 1, 0, NULL, &text, &error));
  EXPECT_NULL("record", muster_engine_explain(engine, NULL, 1, "a", 1, 0, NULL, &text, &error));
  EXPECT_NULL("policy", muster_engine_explain(engine, "", 0, NULL, 1, 0, NULL, &text, &error));
  EXPECT_NULL("text", muster_engine_explain(engine, "", 0, "a", 1, 0, NULL, NULL, &error));
  muster_user_free(user);
  muster_catalogue_release(catalogue);
  muster_engine_release(engine);
}

static void of_views(void) {
  muster_view_info info = {sizeof info, {0, 0}, {0, 0}, 0, 0, 0, 0, 0, 0, 0};
  muster_offer offer;
  muster_offer_channel channel;
  muster_omission omission;
  muster_catalogue* catalogue = NULL;
  muster_buffer text = {NULL, 0, 0};
  EXPECT_NULL("view", muster_view_describe(NULL, &info, &error));
  EXPECT_NULL("view", muster_view_offer(NULL, 0, &offer, &error));
  EXPECT_NULL("view", muster_view_channel(NULL, 0, 0, &channel, &error));
  EXPECT_NULL("view", muster_view_script(NULL, 0, "a", 1, &text, &error));
  EXPECT_NULL("view", muster_view_omission(NULL, 0, &omission, &error));
  EXPECT_NULL("view", muster_view_catalogue(NULL, &catalogue, &error));
  EXPECT_NULL("view", muster_view_json(NULL, &text, &error));
}

static void of_view_results(void) {
  muster_engine* engine = make_engine(NULL);
  muster_user* user = make_user();
  muster_subject subject = {sizeof subject, "a", 1, user, NULL, NULL};
  muster_view* view = NULL;
  EXPECT_OK(muster_engine_decide(engine, &subject, noon, NULL, &view, &error));
  EXPECT_NULL("out", muster_view_describe(view, NULL, &error));
  EXPECT_NULL("out", muster_view_offer(view, 0, NULL, &error));
  EXPECT_NULL("out", muster_view_channel(view, 0, 0, NULL, &error));
  EXPECT_NULL("out", muster_view_script(view, 0, "app", 3, NULL, &error));
  EXPECT_NULL("channel", muster_view_script(view, 0, NULL, 3, NULL, &error));
  EXPECT_NULL("out", muster_view_omission(view, 0, NULL, &error));
  EXPECT_NULL("out", muster_view_catalogue(view, NULL, &error));
  EXPECT_NULL("out", muster_view_json(view, NULL, &error));
  muster_view_release(view);
  muster_user_free(user);
  muster_engine_release(engine);
}

static void of_errors(void) {
  muster_error empty = MUSTER_ERROR_INIT;
  muster_buffer text = {NULL, 0, 0};
  muster_finding finding = {sizeof finding, 0, 0, 0, 0, {0, 0}, {0, 0}};
  EXPECT_EQ(MUSTER_INVALID_ARGUMENT, muster_error_message(NULL, &text));
  EXPECT_EQ(MUSTER_INVALID_ARGUMENT, muster_error_message(&empty, NULL));
  EXPECT_EQ(MUSTER_INVALID_ARGUMENT, muster_error_finding(NULL, 0, &finding));
  EXPECT_EQ(MUSTER_INVALID_ARGUMENT, muster_error_render(NULL, 0, "", 0, "", 0, &text));
}

static void releasing_nothing_is_allowed(void) {
  muster_error_clear(NULL);
  muster_buffer_free(NULL);
  muster_schema_retain(NULL);
  muster_schema_release(NULL);
  muster_catalogue_retain(NULL);
  muster_catalogue_release(NULL);
  muster_builder_free(NULL);
  muster_rules_retain(NULL);
  muster_rules_release(NULL);
  muster_user_free(NULL);
  muster_layout_retain(NULL);
  muster_layout_release(NULL);
  muster_matcher_free(NULL);
  muster_history_retain(NULL);
  muster_history_release(NULL);
  muster_engine_retain(NULL);
  muster_engine_release(NULL);
  muster_view_retain(NULL);
  muster_view_release(NULL);
}

void test_wrong_use(void) {
  of_schemas();
  of_catalogues();
  of_rules();
  of_users();
  of_matching();
  of_histories();
  of_engines();
  of_views();
  of_view_results();
  of_errors();
  releasing_nothing_is_allowed();
  muster_error_clear(&error);
}
