/* Whether running out of memory, anywhere, is a status and nothing worse: the calls below are made
 * again and again, each time with one more allocation that succeeds before one fails. */
#include <stdlib.h>

#include "check.h"
#include "people.h"
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
  muster_rules* rules;
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

static muster_subject subject_of(const bench* its) {
  muster_subject subject = {sizeof subject, "ming", 4, NULL, NULL, NULL};
  subject.layout = its->layout;
  subject.row = &its->row;
  return subject;
}

static muster_status decide(bench* its) {
  const muster_subject subject = subject_of(its);
  muster_decide_options options = {sizeof options, 1, &its->record};
  muster_view* view = NULL;
  muster_buffer json = {NULL, 0, 0};
  muster_status status = muster_engine_decide(its->engine, &subject, noon, &options, &view, &error);
  if (status == MUSTER_OK) status = muster_view_json(view, &json, &error);
  muster_view_release(view);
  muster_buffer_free(&json);
  return status;
}

static muster_status check(bench* its) {
  const muster_subject subject = subject_of(its);
  muster_gate gate = {sizeof gate, 0, 0};
  muster_buffer text = {NULL, 0, 0};
  const muster_status status = muster_engine_check(its->engine, &subject, "apple", 5, "app", 3,
                                                   noon, MUSTER_ENGLISH, &gate, &text, &error);
  muster_buffer_free(&text);
  return status;
}

static muster_status explain(bench* its) {
  muster_buffer text = {NULL, 0, 0};
  const muster_status status =
      muster_engine_explain(its->engine, its->record.data, its->record.size, "apple", 5,
                            MUSTER_CHINESE, NULL, &text, &error);
  muster_buffer_free(&text);
  return status;
}

static muster_status save_and_load(bench* its) {
  muster_buffer saved = {NULL, 0, 0};
  muster_rules* rules = NULL;
  muster_status status = muster_rules_save(its->rules, &saved, &error);
  if (status == MUSTER_OK) {
    status = muster_rules_load(saved.data, saved.size, NULL, NULL, &rules, &error);
  }
  muster_rules_release(rules);
  muster_buffer_free(&saved);
  return status;
}

static muster_status remember(bench* its) {
  (void)its;
  const muster_contact contact = {noon - 60, {"games", 5}, {"app", 3}, 0, 0};
  muster_history* history = NULL;
  muster_status status = muster_history_new(&history, &error);
  if (status == MUSTER_OK) {
    status = muster_history_add(history, "ming", 4, &contact, 0, &error);
  }
  muster_history_release(history);
  return status;
}

/* What was given is released once, however the call ends. */
static muster_status populate(bench* its) {
  struct ArrowSchema type;
  struct ArrowArray array;
  muster_population* population = NULL;
  muster_audience* audience = NULL;
  const long allocations = left; /* the producer has what it needs */
  left = -1;
  make_people(&type, &array, "u");
  left = allocations;
  released = 0;
  muster_status status = muster_population_from_array(its->rules, &type, &array, today, NULL, NULL,
                                                      &population, &error);
  if (status == MUSTER_OK) {
    status = muster_audience_new(its->rules, its->catalogue, &audience, &error);
  }
  if (status == MUSTER_OK) {
    status = muster_audience_pairs(audience, population, NULL, &type, &array, &error);
  }
  if (status == MUSTER_OK) {
    array.release(&array);
    type.release(&type);
  }
  muster_audience_release(audience);
  muster_population_release(population);
  if (type.release != NULL || array.release != NULL) FAILED("what was given is left to its giver");
  if (released != 2) FAILED("%d of 2 were released", released);
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
  its.rules = make_rules();
  its.user = make_user();
  its.layout = make_layout();
  its.engine = make_engine(NULL);
  its.row = make_subscriber();
  try_out("load", load, &its);
  try_out("compile", compile, &its);
  try_out("fill_user", fill_user, &its);
  try_out("fail", fail, &its);
  try_out("decide", decide, &its);
  try_out("check", check, &its);
  try_out("explain", explain, &its);
  try_out("save_and_load", save_and_load, &its);
  try_out("remember", remember, &its);
  try_out("populate", populate, &its);
  try_out("deploy", deploy, &its);
  muster_buffer_free(&its.record);
  muster_engine_release(its.engine);
  muster_layout_release(its.layout);
  muster_user_free(its.user);
  muster_schema_release(its.schema);
  muster_rules_release(its.rules);
  muster_catalogue_release(its.catalogue);
  muster_error_clear(&error);
  return failures != 0;
}
