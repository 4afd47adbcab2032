/* Who was contacted when. */
#include <math.h>
#include <pthread.h>

#include "check.h"
#include "world.h"

/* Of a view: how many channels the first offer may use, or 0 where nothing is offered. */
static size_t channels_of(muster_engine* engine, const char* key) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_user* user = make_user();
  muster_subject subject = {sizeof subject, key, MUSTER_TERMINATED, user, NULL, NULL};
  muster_view* view = NULL;
  EXPECT_OK(muster_engine_decide(engine, &subject, noon, NULL, &view, &error));
  muster_offer offer;
  memset(&offer, 0, sizeof offer);
  offer.size = sizeof offer;
  EXPECT_OK(muster_view_offer(view, 0, &offer, &error));
  EXPECT_TEXT("keep", offer.policy);
  muster_view_release(view);
  muster_user_free(user);
  return offer.channels;
}

static void contacts_in_memory_count(void) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_history* history = NULL;
  EXPECT_OK(muster_history_new(&history, &error));
  muster_engine* engine = make_engine(history);
  EXPECT_EQ(2, channels_of(engine, "ming"));
  muster_contact contact = {noon - 3600, {"games", 5}, {"app", 3}, MUSTER_OUTCOME_DECLINED, 0};
  EXPECT_OK(muster_history_add(history, "ming", 4, &contact, 0, &error));
  EXPECT_EQ(1, channels_of(engine, "ming"));
  EXPECT_EQ(2, channels_of(engine, "hong"));
  EXPECT_OK(muster_history_read_csv(history,
                                    "user,at,policy,channel\nhong,2026-03-30T08:00:00Z,games,app\n",
                                    MUSTER_TERMINATED, &error));
  EXPECT_EQ(1, channels_of(engine, "hong"));
  EXPECT_OK(muster_history_place(history, "hong", 4, "a1", 2, "", 0, &error));
  EXPECT_STATUS(MUSTER_CSV_SYNTAX,
                muster_history_read_csv(history, "user,at,policy,channel\n\"", 24, &error));
  contact.outcome = 6;
  EXPECT_ERROR(MUSTER_INVALID_ARGUMENT, "`outcome` is none",
               muster_history_add(history, "ming", 4, &contact, 0, &error));
  contact.outcome = 0;
  contact.scope = -1;
  EXPECT_ERROR(MUSTER_INVALID_ARGUMENT, "`scope` is none",
               muster_history_add(history, "ming", 4, &contact, 0, &error));
  contact.scope = 0;
  EXPECT_ERROR(MUSTER_INVALID_ARGUMENT,
               "a contact's cost must be a number from 0 to 1000000000000, not nan",
               muster_history_add(history, "ming", 4, &contact, (double)NAN, &error));
  EXPECT_ERROR(MUSTER_INVALID_ARGUMENT,
               "a contact's cost must be a number from 0 to 1000000000000, not -1",
               muster_history_add(history, "ming", 4, &contact, -1, &error));
  muster_engine_release(engine);
  muster_history_retain(history);
  muster_history_release(history);
  muster_history_release(history);
  muster_error_clear(&error);
}

/* A history of this program's own: one contact of everybody, a quota that may be used up. */
typedef struct own {
  int contacts_fail, taken_fails, released, expected, asked;
  int32_t outcome;
  uint64_t acceptances;
  double cost;
  int pages;    /* after the first each has a contact that counts no more */
  int by_other; /* whether another thread shows them */
} own;

/* What a thread is to show. */
typedef struct showing {
  const own* its;
  muster_see see;
  void* see_context;
} showing;

static void* show(void* context) {
  const showing* its = context;
  const muster_contact contact = {noon - 60, {"games", 5}, {"app", 3}, its->its->outcome, 0};
  its->see(its->see_context, &contact, 1);
  return NULL;
}

static int own_contacts(void* context, muster_text user, muster_see see, void* see_context) {
  own* its = context;
  EXPECT_TEXT("ming", user);
  showing first = {its, see, see_context};
  ++its->asked;
  if (its->by_other) {
    pthread_t other;
    EXPECT_EQ(0, pthread_create(&other, NULL, show, &first));
    pthread_join(other, NULL);
  } else {
    show(&first);
  }
  for (int page = 1; page < its->pages; ++page) {
    const muster_contact old = {noon - 60 * 86400, {"games", 5}, {"app", 3}, 0, 0};
    see(see_context, &old, 1);
  }
  return its->contacts_fail;
}

static int own_taken(void* context, muster_text policy, uint64_t* acceptances, double* cost) {
  own* its = context;
  EXPECT(policy.size > 0);
  *acceptances = its->acceptances;
  *cost = its->cost;
  return its->taken_fails;
}

static void own_expect(void* context, muster_text user) {
  EXPECT_TEXT("ming", user);
  ++((own*)context)->expected;
}

static void own_released(void* context) { ++((own*)context)->released; }

static void ones_own_counts(void) {
  muster_error error = MUSTER_ERROR_INIT;
  own state;
  memset(&state, 0, sizeof state);
  const muster_history_functions functions = {sizeof functions, &state,     own_contacts,
                                              own_taken,        own_expect, own_released};
  muster_history* history = NULL;
  EXPECT_OK(muster_history_implement(&functions, &history, &error));
  muster_engine* engine = make_engine(history);
  const muster_contact none = {0, {"a", 1}, {"b", 1}, 0, 0};
  EXPECT_ERROR(MUSTER_INVALID_ARGUMENT, "`history` is not one in memory",
               muster_history_add(history, "ming", 4, &none, 0, &error));
  muster_history_release(history);
  EXPECT_EQ(0, state.released);
  EXPECT_EQ(1, channels_of(engine, "ming"));
  EXPECT_EQ(1, state.asked);
  EXPECT_EQ(1, state.expected);
  state.pages = 3;
  EXPECT_EQ(1, channels_of(engine, "ming"));
  state.by_other = 1;
  EXPECT_EQ(1, channels_of(engine, "ming"));

  muster_user* user = make_user();
  muster_subject subject = {sizeof subject, "ming", 4, user, NULL, NULL};
  muster_view* view = NULL;
  state.contacts_fail = 17;
  EXPECT_ERROR(MUSTER_CALLBACK_FAILED, "the history failed with 17",
               muster_engine_decide(engine, &subject, noon, NULL, &view, &error));
  state.contacts_fail = 0;
  state.taken_fails = -3;
  EXPECT_ERROR(MUSTER_CALLBACK_FAILED, "the history failed with -3",
               muster_engine_decide(engine, &subject, noon, NULL, &view, &error));
  muster_gate gate = {sizeof gate, 0, 0};
  EXPECT_ERROR(MUSTER_CALLBACK_FAILED, "the history failed with -3",
               muster_engine_check(engine, &subject, "keep", 4, "app", 3, noon, MUSTER_ENGLISH,
                                   &gate, NULL, &error));
  state.taken_fails = 0;
  state.outcome = 6;
  for (state.by_other = 0; state.by_other < 2; ++state.by_other) {
    EXPECT_ERROR(MUSTER_INVALID_ARGUMENT,
                 "the history showed a contact that is none: `outcome` is none",
                 muster_engine_decide(engine, &subject, noon, NULL, &view, &error));
  }
  state.outcome = 0;
  state.cost = (double)NAN;
  EXPECT_ERROR(MUSTER_INVALID_ARGUMENT,
               "the history gave nan for what was taken of policy 'keep', which is no cost",
               muster_engine_decide(engine, &subject, noon, NULL, &view, &error));
  state.cost = -0.5;
  EXPECT_ERROR(MUSTER_INVALID_ARGUMENT,
               "the history gave -0.5 for what was taken of policy 'keep', which is no cost",
               muster_engine_check(engine, &subject, "keep", 4, "app", 3, noon, MUSTER_ENGLISH,
                                   &gate, NULL, &error));
  state.cost = (double)INFINITY;
  EXPECT_STATUS(MUSTER_INVALID_ARGUMENT,
                muster_engine_decide(engine, &subject, noon, NULL, &view, &error));
  state.cost = 0;
  EXPECT(view == NULL);
  state.acceptances = 3;
  EXPECT_OK(muster_engine_check(engine, &subject, "keep", 4, "app", 3, noon, MUSTER_ENGLISH, &gate,
                                NULL, &error));
  EXPECT_EQ(0, gate.allowed);
  EXPECT_STRING("quota_used_up", muster_reason_name(gate.reason));
  muster_user_free(user);
  muster_engine_release(engine);
  EXPECT_EQ(1, state.released);
  muster_error_clear(&error);
}

static void what_is_missing_is_refused(void) {
  muster_error error = MUSTER_ERROR_INIT;
  own state;
  memset(&state, 0, sizeof state);
  muster_history_functions functions = {sizeof functions, &state,     NULL,
                                        own_taken,        own_expect, own_released};
  muster_history* history = NULL;
  EXPECT_ERROR(MUSTER_INVALID_ARGUMENT, "`contacts` is NULL",
               muster_history_implement(&functions, &history, &error));
  functions.contacts = own_contacts;
  functions.taken = NULL;
  EXPECT_ERROR(MUSTER_INVALID_ARGUMENT, "`taken` is NULL",
               muster_history_implement(&functions, &history, &error));
  EXPECT_EQ(0, state.released);
  EXPECT(history == NULL);
  /* Of a program whose header knew no `released`. */
  functions.taken = own_taken;
  functions.size = offsetof(muster_history_functions, released);
  EXPECT_OK(muster_history_implement(&functions, &history, &error));
  muster_history_release(history);
  EXPECT_EQ(0, state.released);
  muster_error_clear(&error);
}

void test_history(void) {
  contacts_in_memory_count();
  ones_own_counts();
  what_is_missing_is_refused();
}
