/* Threads that decide while the catalogue is exchanged. */
#include <pthread.h>

#include "check.h"
#include "world.h"

enum { deciders = 3, decisions = 400, swaps = 40 };

typedef struct shared {
  muster_engine* engine;
  uint64_t hashes[2]; /* of the catalogues there are */
} shared;

/* How many decisions failed, or came from no catalogue there is. */
static void* decide_often(void* context) {
  const shared* its = context;
  muster_error error = MUSTER_ERROR_INIT;
  muster_user* user = make_user();
  muster_subject subject = {sizeof subject, "ming", 4, user, NULL, NULL};
  size_t wrong = 0;
  for (int i = 0; i < decisions; ++i) {
    muster_view* view = NULL;
    muster_view_info info;
    memset(&info, 0, sizeof info);
    info.size = sizeof info;
    if (muster_engine_decide(its->engine, &subject, noon, NULL, &view, &error) != MUSTER_OK ||
        muster_view_describe(view, &info, &error) != MUSTER_OK ||
        (info.content_hash != its->hashes[0] && info.content_hash != its->hashes[1])) {
      ++wrong;
    }
    muster_view_release(view);
  }
  muster_user_free(user);
  return (void*)wrong;
}

static uint64_t hash_of(const muster_catalogue* catalogue) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_catalogue_info info = {sizeof info, {0, 0}, {0, 0}, {0, 0}, 0, 0, 0, 0, 0, 0};
  EXPECT_OK(muster_catalogue_describe(catalogue, &info, &error));
  return info.content_hash;
}

void test_threads(void) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_catalogue* first = make_catalogue();
  muster_catalogue* second = make_smaller_catalogue();
  shared its = {make_engine(NULL), {hash_of(first), hash_of(second)}};
  pthread_t threads[deciders];
  for (int i = 0; i < deciders; ++i) {
    EXPECT_EQ(0, pthread_create(&threads[i], NULL, decide_often, &its));
  }
  for (int i = 0; i < swaps; ++i) {
    EXPECT_OK(muster_engine_deploy(its.engine, i % 2 == 0 ? second : first, &error));
    if (i % 5 == 0) EXPECT_OK(muster_engine_roll_back(its.engine, &error));
  }
  for (int i = 0; i < deciders; ++i) {
    void* wrong = NULL;
    EXPECT_EQ(0, pthread_join(threads[i], &wrong));
    EXPECT(wrong == NULL);
  }
  muster_engine_release(its.engine);
  muster_catalogue_release(first);
  muster_catalogue_release(second);
}
