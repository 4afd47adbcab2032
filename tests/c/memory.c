/* Whether running out of memory, anywhere, is a status and nothing worse: the calls below are made
 * again and again, each time with one more allocation that succeeds before one fails. */
#include <stdlib.h>

#include "check.h"
#include "world.h"

int failures = 0;

/* The C library's own, which this program's malloc stands before. */
void* __libc_malloc(size_t size);
void* __libc_realloc(void* memory, size_t size);
void* __libc_memalign(size_t alignment, size_t size);

static long left = -1; /* allocations until one fails; negative: none does */

static int fails(void) {
  if (left < 0) return 0;
  if (left == 0) {
    left = -1;
    return 1;
  }
  --left;
  return 0;
}

void* malloc(size_t size) { return fails() ? NULL : __libc_malloc(size); }
void* realloc(void* memory, size_t size) { return fails() ? NULL : __libc_realloc(memory, size); }
void* aligned_alloc(size_t alignment, size_t size) {
  return fails() ? NULL : __libc_memalign(alignment, size);
}

static muster_error error = MUSTER_ERROR_INIT;

/* What every try works with, made while there is memory. */
typedef struct bench {
  muster_catalogue* catalogue;
  muster_schema* schema;
  muster_user* user;
  muster_layout* layout;
  muster_engine* engine;
  muster_buffer record;
  subscriber row;
} bench;

static muster_status load(bench* its) {
  (void)its;
  muster_catalogue* catalogue = NULL;
  const muster_status status =
      muster_catalogue_from_json(catalogue_text, MUSTER_TERMINATED, NULL, &catalogue, &error);
  muster_catalogue_release(catalogue);
  return status;
}

static muster_status compile(bench* its) {
  muster_rules* rules = NULL;
  const muster_status status = muster_catalogue_compile(its->catalogue, NULL, &rules, &error);
  muster_rules_release(rules);
  return status;
}

static muster_status fill_user(bench* its) {
  const muster_text interests[] = {{"music", 5}, {"game", 4}};
  muster_user* user = NULL;
  muster_status status = muster_user_new(its->schema, &user, &error);
  if (status == MUSTER_OK) {
    status = muster_user_set_texts(user, "interests", 9, interests, 2, &error);
  }
  muster_user_free(user);
  return status;
}

static muster_status fail(bench* its) {
  const muster_status status = muster_user_set_text(its->user, "brand", 5, "Appel", 5, &error);
  return status == MUSTER_UNKNOWN_CATEGORY ? MUSTER_OK : status;
}

static muster_status decide(bench* its) {
  muster_subject subject = {sizeof subject, "ming", 4, NULL, NULL, NULL};
  subject.layout = its->layout;
  subject.row = &its->row;
  muster_decide_options options = {sizeof options, 1, &its->record};
  muster_view* view = NULL;
  muster_buffer json = {NULL, 0, 0};
  muster_status status = muster_engine_decide(its->engine, &subject, noon, &options, &view, &error);
  if (status == MUSTER_OK) status = muster_view_json(view, &json, &error);
  muster_view_release(view);
  muster_buffer_free(&json);
  return status;
}

static muster_status deploy(bench* its) {
  return muster_engine_deploy(its->engine, its->catalogue, &error);
}

/* How many failures there were until the call had enough. */
static void try_out(const char* name, muster_status (*call)(bench*), bench* its) {
  enum { enough = 100000 };
  for (long allocations = 0; allocations < enough; ++allocations) {
    left = allocations;
    const muster_status status = call(its);
    const int failed = left < 0;
    left = -1;
    if (status == MUSTER_OK && !failed) {
      if (allocations == 0) FAILED("%s needs no memory", name);
      return;
    }
    if (status != MUSTER_OK && status != MUSTER_OUT_OF_MEMORY) {
      FAILED("%s gives %s: %s", name, muster_status_name(status), error.message);
    }
  }
  FAILED("%s never has enough", name);
}

int main(void) {
  bench its;
  memset(&its, 0, sizeof its);
  its.catalogue = make_catalogue();
  its.schema = make_schema();
  its.user = make_user();
  its.layout = make_layout();
  its.engine = make_engine(NULL);
  its.row = make_subscriber();
  try_out("load", load, &its);
  try_out("compile", compile, &its);
  try_out("fill_user", fill_user, &its);
  try_out("fail", fail, &its);
  try_out("decide", decide, &its);
  try_out("deploy", deploy, &its);
  muster_buffer_free(&its.record);
  muster_engine_release(its.engine);
  muster_layout_release(its.layout);
  muster_user_free(its.user);
  muster_schema_release(its.schema);
  muster_catalogue_release(its.catalogue);
  muster_error_clear(&error);
  return failures != 0;
}
