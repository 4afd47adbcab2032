#include "check.h"
#include "world.h"

static void holds_catalogues(void) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_engine_options options = {sizeof options, NULL, 2, "scalar", 6};
  muster_engine* engine = NULL;
  EXPECT_OK(muster_engine_new(&options, &engine, &error));
  muster_catalogue* running = NULL;
  EXPECT_ERROR(MUSTER_NO_CATALOGUE, "the engine has no catalogue yet",
               muster_engine_catalogue(engine, &running, &error));
  muster_catalogue* first = make_catalogue();
  muster_catalogue* second = make_smaller_catalogue();
  EXPECT_OK(muster_engine_deploy(engine, first, &error));
  EXPECT_STATUS(MUSTER_NO_CATALOGUE, muster_engine_roll_back(engine, &error));
  EXPECT_OK(muster_engine_deploy(engine, second, &error));

  muster_deployment held[3];
  memset(held, 0x55, sizeof held);
  muster_buffer texts = {NULL, 0, 0};
  size_t count = 0;
  EXPECT_OK(muster_engine_deployments(engine, held, 3, &count, &texts, &error));
  EXPECT_EQ(2, count);
  EXPECT_TEXT("v1", held[0].version);
  EXPECT_TEXT("version 2", held[1].version);
  EXPECT_EQ(0, held[0].running);
  EXPECT_EQ(1, held[1].running);
  EXPECT(held[0].content_hash != held[1].content_hash);
  EXPECT_EQ(0x55555555, held[2].running);
  EXPECT_OK(muster_engine_deployments(engine, NULL, 0, &count, &texts, &error));
  EXPECT_EQ(2, count);
  muster_buffer_free(&texts);

  EXPECT_OK(muster_engine_roll_back(engine, &error));
  EXPECT_OK(muster_engine_catalogue(engine, &running, &error));
  muster_catalogue_info info = {sizeof info, {0, 0}, {0, 0}, {0, 0}, 0, 0, 0, 0, 0, 0};
  EXPECT_OK(muster_catalogue_describe(running, &info, &error));
  EXPECT_TEXT("v1", info.version);
  muster_catalogue_release(running);
  muster_catalogue_release(first);
  muster_catalogue_release(second);
  muster_engine_retain(engine);
  muster_engine_release(engine);
  muster_engine_release(engine);
  muster_error_clear(&error);
}

static void a_catalogue_that_can_not_be_leaves_the_running_one(void) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_limits limits;
  memset(&limits, 0, sizeof limits);
  limits.size = sizeof limits;
  limits.bits = 1;
  muster_engine* engine = NULL;
  EXPECT_OK(muster_engine_new(NULL, &engine, &error));
  muster_catalogue* small = make_smaller_catalogue();
  muster_catalogue* large = NULL;
  EXPECT_OK(muster_catalogue_from_json(catalogue_text, MUSTER_TERMINATED, &limits, &large, &error));
  EXPECT_OK(muster_engine_deploy(engine, small, &error));
  EXPECT_STATUS(MUSTER_LIMIT, muster_engine_deploy(engine, large, &error));
  muster_catalogue* running = NULL;
  EXPECT_OK(muster_engine_catalogue(engine, &running, &error));
  muster_catalogue_release(running);
  muster_catalogue_release(small);
  muster_catalogue_release(large);
  muster_engine_release(engine);
  muster_error_clear(&error);
}

/* What a decision says, as JSON. */
static void decide(const muster_engine* engine, const muster_subject* subject,
                   const muster_decide_options* options, muster_buffer* json) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_view* view = NULL;
  EXPECT_OK(muster_engine_decide(engine, subject, noon, options, &view, &error));
  EXPECT_OK(muster_view_json(view, json, &error));
  muster_view_release(view);
}

static void users_and_rows_are_decided_alike_and_replayed(void) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_engine* engine = make_engine(NULL);
  muster_user* user = make_user();
  muster_layout* layout = make_layout();
  subscriber one = make_subscriber();
  muster_subject by_user = {sizeof by_user, "ming", 4, user, NULL, NULL};
  muster_subject by_row = {sizeof by_row, "ming", 4, NULL, layout, &one};
  muster_buffer of_user = {NULL, 0, 0}, of_row = {NULL, 0, 0}, again = {NULL, 0, 0};
  muster_buffer record = {NULL, 0, 0}, text = {NULL, 0, 0};
  muster_decide_options options = {sizeof options, 7, &record};
  decide(engine, &by_user, &options, &of_user);
  EXPECT(record.size > 0);
  options.record = NULL;
  decide(engine, &by_row, &options, &of_row);
  EXPECT_BYTES(of_user.data, of_row.data, of_row.size);

  muster_view* view = NULL;
  EXPECT_OK(muster_engine_replay(engine, record.data, record.size, &view, &error));
  EXPECT_OK(muster_view_json(view, &again, &error));
  EXPECT_BYTES(of_user.data, again.data, again.size);
  muster_view_release(view);

  muster_reason reason = -1;
  EXPECT_OK(muster_engine_explain(engine, record.data, record.size, "apple", 5, MUSTER_ENGLISH,
                                  &reason, &text, &error));
  EXPECT_STRING("not_in_segment", muster_reason_name(reason));
  EXPECT(strstr(text.data, "brand = 'Apple'") != NULL);
  EXPECT_OK(muster_engine_explain(engine, record.data, record.size, "ending", 6, MUSTER_CHINESE,
                                  NULL, &text, &error));
  EXPECT(strstr(text.data, "ending（Ending）：") == text.data);
  EXPECT_STATUS(MUSTER_UNKNOWN_POLICY,
                muster_engine_explain(engine, record.data, record.size, "none", 4, MUSTER_ENGLISH,
                                      &reason, &text, &error));
  record.data[record.size - 1] ^= 1;
  EXPECT_STATUS(MUSTER_CORRUPT,
                muster_engine_replay(engine, record.data, record.size, &view, &error));

  muster_buffer_free(&of_user);
  muster_buffer_free(&of_row);
  muster_buffer_free(&again);
  muster_buffer_free(&record);
  muster_buffer_free(&text);
  muster_layout_release(layout);
  muster_user_free(user);
  muster_engine_release(engine);
  muster_error_clear(&error);
}

static void the_gate_says_why_not(void) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_engine* engine = make_engine(NULL);
  muster_user* user = make_user();
  muster_subject subject = {sizeof subject, "ming", 4, user, NULL, NULL};
  muster_gate gate = {sizeof gate, 7, 7};
  muster_buffer text = {NULL, 0, 0};
  EXPECT_OK(muster_engine_check(engine, &subject, "keep", 4, "shop", 4, noon, MUSTER_ENGLISH, &gate,
                                &text, &error));
  EXPECT_EQ(1, gate.allowed);
  EXPECT_EQ(0, text.size);
  EXPECT_OK(muster_engine_check(engine, &subject, "apple", 5, "shop", 4, noon, MUSTER_ENGLISH,
                                &gate, &text, &error));
  EXPECT_EQ(0, gate.allowed);
  EXPECT_STRING("not_in_segment", muster_reason_name(gate.reason));
  EXPECT_BYTES("requires brand = 'Apple', this user has '华为'", text.data, text.size);
  EXPECT_ERROR(MUSTER_UNKNOWN_CHANNEL, "the catalogue has no channel 'sms'",
               muster_engine_check(engine, &subject, "keep", 4, "sms", 3, noon, MUSTER_ENGLISH,
                                   &gate, &text, &error));
  EXPECT_ERROR(MUSTER_UNKNOWN_POLICY, "the catalogue has no policy 'sale'",
               muster_engine_check(engine, &subject, "sale", 4, "app", 3, noon, MUSTER_ENGLISH,
                                   &gate, &text, &error));
  EXPECT_ERROR(
      MUSTER_INVALID_ARGUMENT, "`language` is none",
      muster_engine_check(engine, &subject, "keep", 4, "app", 3, noon, 2, &gate, &text, &error));
  muster_buffer_free(&text);
  muster_user_free(user);
  muster_engine_release(engine);
  muster_error_clear(&error);
}

static void refuses_subjects_it_can_not_use(void) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_engine* engine = make_engine(NULL);
  muster_user* user = make_user();
  muster_layout* layout = make_layout();
  subscriber one = make_subscriber();
  strcpy(one.brand, "Appel");
  muster_view* view = NULL;
  muster_subject subject = {sizeof subject, "ming", 4, NULL, layout, &one};
  EXPECT_ERROR(MUSTER_UNKNOWN_CATEGORY,
               "the tag 'brand' has no category 'Appel'; did you mean 'Apple'?",
               muster_engine_decide(engine, &subject, noon, NULL, &view, &error));
  subject.user = user;
  EXPECT_ERROR(MUSTER_INVALID_ARGUMENT, "`subject` has both a user and a layout",
               muster_engine_decide(engine, &subject, noon, NULL, &view, &error));
  subject.user = NULL;
  subject.layout = NULL;
  EXPECT_ERROR(MUSTER_INVALID_ARGUMENT, "`layout` is NULL",
               muster_engine_decide(engine, &subject, noon, NULL, &view, &error));

  muster_schema* other = NULL;
  EXPECT_OK(muster_schema_from_json("{\"tags\": [{\"name\": \"ok\", \"type\": \"bool\"}]}",
                                    MUSTER_TERMINATED, NULL, &other, &error));
  const muster_column column = {"ok", 2, 0, MUSTER_NEVER_NULL, MUSTER_CELL_BOOL, 0};
  muster_layout* small = NULL;
  EXPECT_OK(muster_layout_new(other, &column, 1, sizeof column, &small, &error));
  subject.layout = small;
  EXPECT_ERROR(MUSTER_SCHEMA_MISMATCH, "the user is of another schema than the running catalogue",
               muster_engine_decide(engine, &subject, noon, NULL, &view, &error));
  EXPECT(view == NULL);
  muster_layout_release(small);
  muster_schema_release(other);
  muster_layout_release(layout);
  muster_user_free(user);
  muster_engine_release(engine);
  muster_error_clear(&error);
}

void test_engine(void) {
  holds_catalogues();
  a_catalogue_that_can_not_be_leaves_the_running_one();
  users_and_rows_are_decided_alike_and_replayed();
  the_gate_says_why_not();
  refuses_subjects_it_can_not_use();
}
