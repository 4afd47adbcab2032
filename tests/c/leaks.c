/* Whether calls of each kind leave the memory in use and the resident size as they were.
   usage: c_leaks [CALLS] */
#include <malloc.h>
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "people.h"
#include "world.h"

int failures = 0;

/* The resident size may breathe, and the allocator's caches count as memory in use: of a million
   calls, seven bytes a call of the rarest kinds are seen. */
enum { allowed_kilobytes = 1024, allowed_bytes = 32768 };

/* What all kinds of calls work with. */
typedef struct bench {
  muster_rules* rules;
  muster_matcher* matcher;
  muster_layout* layout;
  muster_user* user;
  muster_engine* engine;
  muster_catalogue* catalogue;
  subscriber row;
  muster_error error;
  muster_buffer text, record, saved;
  uint64_t bits[1];
} bench;

static long resident_kilobytes(void) {
  long pages = 0;
  FILE* file = fopen("/proc/self/statm", "r");
  if (file == NULL || fscanf(file, "%*d %ld", &pages) != 1) FAILED("there is no /proc");
  if (file != NULL) fclose(file);
  return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

/* 0 where memory is another allocator's, as a sanitizer's. */
static size_t bytes_in_use(void) {
  const struct mallinfo2 all = mallinfo2();
  return all.uordblks + all.hblkhd;
}

static muster_subject subject_of(const bench* its) {
  muster_subject subject = {sizeof subject, "ming", 4, NULL, NULL, NULL};
  subject.layout = its->layout;
  subject.row = &its->row;
  return subject;
}

static void encode_user(bench* its) {
  muster_encode_user(its->rules, its->user, today, its->bits, 1, &its->error);
}
static void encode_row(bench* its) {
  muster_encode_row(its->rules, its->layout, &its->row, today, its->bits, 1, &its->error);
}
static void match(bench* its) {
  uint32_t ids[4];
  size_t count;
  muster_match(its->matcher, its->bits, 1, ids, 4, &count, &its->error);
}
static void changed(bench* its) {
  const uint64_t before[1] = {0};
  uint32_t entered[4], left[4];
  size_t entering, leaving;
  muster_changed(its->matcher, before, its->bits, 1, entered, 4, &entering, left, 4, &leaving,
                 &its->error);
}
static void set_and_fail(bench* its) {
  muster_user_set_text(its->user, "brand", 5, "Appel", 5, &its->error);
  muster_user_set_text(its->user, "brand", 5, "华为", MUSTER_TERMINATED, &its->error);
}
static void check_rule(bench* its) {
  muster_catalogue_check_rule(its->catalogue, "fe = 1 AND brnd = 'x'", MUSTER_TERMINATED,
                              &its->error);
}
static void decide(bench* its) {
  const muster_subject subject = subject_of(its);
  muster_decide_options options = {sizeof options, 1, &its->record};
  muster_view* view = NULL;
  muster_engine_decide(its->engine, &subject, noon, &options, &view, &its->error);
  muster_view_json(view, &its->text, &its->error);
  muster_view_release(view);
}
static void replay(bench* its) {
  muster_view* view = NULL;
  muster_engine_replay(its->engine, its->record.data, its->record.size, &view, &its->error);
  muster_view_release(view);
}
static void explain(bench* its) {
  muster_engine_explain(its->engine, its->record.data, its->record.size, "apple", 5, MUSTER_CHINESE,
                        NULL, &its->text, &its->error);
}
static void check(bench* its) {
  const muster_subject subject = subject_of(its);
  muster_gate gate = {sizeof gate, 0, 0};
  muster_engine_check(its->engine, &subject, "apple", 5, "app", 3, noon, MUSTER_ENGLISH, &gate,
                      &its->text, &its->error);
}
static void deploy(bench* its) { muster_engine_deploy(its->engine, its->catalogue, &its->error); }
static void load(bench* its) {
  muster_catalogue* catalogue = make_catalogue();
  muster_rules* rules = NULL;
  muster_catalogue_compile(catalogue, NULL, &rules, &its->error);
  muster_rules_save(rules, &its->saved, &its->error);
  muster_rules_release(rules);
  muster_catalogue_release(catalogue);
}
static void load_saved(bench* its) {
  muster_rules* rules = NULL;
  muster_rules_load(its->saved.data, its->saved.size, NULL, NULL, &rules, &its->error);
  muster_rules_release(rules);
  muster_rules_load(its->saved.data, its->saved.size - 1, NULL, NULL, &rules, &its->error);
}
static void build(bench* its) {
  muster_schema* schema = make_schema();
  muster_builder* builder = NULL;
  muster_rules* rules = NULL;
  muster_builder_new(schema, NULL, &builder, &its->error);
  muster_builder_add(builder, "fee > 3 AND brand = 'Apple'", MUSTER_TERMINATED, NULL, &its->error);
  muster_builder_add(builder, "fee > 'three'", MUSTER_TERMINATED, NULL, &its->error);
  muster_builder_compile(builder, NULL, &rules, &its->error);
  muster_rules_release(rules);
  muster_builder_free(builder);
  muster_schema_release(schema);
}
static void remember(bench* its) {
  const muster_contact contact = {noon - 60, {"games", 5}, {"app", 3}, 0, 0};
  const muster_subject subject = subject_of(its);
  muster_history* history = NULL;
  muster_history_new(&history, &its->error);
  muster_history_add(history, "ming", 4, &contact, 0, &its->error);
  muster_engine* engine = make_engine(history);
  muster_history_release(history);
  muster_view* view = NULL;
  muster_engine_decide(engine, &subject, noon, NULL, &view, &its->error);
  muster_view_release(view);
  muster_engine_release(engine);
}

static void drop(struct ArrowSchema* type, struct ArrowArray* array, muster_status status) {
  if (status != MUSTER_OK) return;
  array->release(array);
  type->release(type);
}

static void populate(bench* its) {
  struct ArrowSchema type;
  struct ArrowArray array;
  struct ArrowArrayStream stream;
  muster_population* population = NULL;
  muster_audience* audience = NULL;
  make_people(&type, &array, "u");
  muster_population_from_array(its->rules, &type, &array, today, NULL, NULL, &population,
                               &its->error);
  muster_audience_new(its->rules, its->catalogue, &audience, &its->error);
  drop(&type, &array,
       muster_audience_pairs(audience, population, NULL, &type, &array, &its->error));
  muster_population_release(population);
  make_people_stream(&stream);
  muster_population_from_stream(its->rules, &stream, today, NULL, NULL, &population, &its->error);
  drop(&type, &array,
       muster_audience_counts(audience, population, NULL, &type, &array, &its->error));
  drop(&type, &array,
       muster_audience_bitmaps(audience, population, NULL, &type, &array, &its->error));
  muster_population_release(population);
  muster_audience_release(audience);
}

/* The sizes after a first tenth of the calls are those after all of them. */
static void measure(const char* name, void (*call)(bench*), bench* its, long calls) {
  for (long i = 0; i < calls / 10 + 20; ++i) call(its);
  const long before = resident_kilobytes();
  const size_t used = bytes_in_use();
  for (long i = 0; i < calls; ++i) call(its);
  const long grown = resident_kilobytes() - before;
  const long kept = (long)(bytes_in_use() - used);
  if (grown > allowed_kilobytes) FAILED("%s: %ld calls cost %ld KB", name, calls, grown);
  if (kept > allowed_bytes) FAILED("%s: %ld calls keep %ld bytes", name, calls, kept);
}

int main(int argc, char** argv) {
  const long calls = argc > 1 ? atol(argv[1]) : 50000;
  bench its;
  memset(&its, 0, sizeof its);
  its.error.size = sizeof its.error;
  its.rules = make_rules();
  its.layout = make_layout();
  its.user = make_user();
  its.engine = make_engine(NULL);
  its.catalogue = make_catalogue();
  its.row = make_subscriber();
  muster_error error = MUSTER_ERROR_INIT;
  EXPECT_OK(muster_matcher_new(its.rules, &its.matcher, &error));
  measure("encode_user", encode_user, &its, calls);
  measure("encode_row", encode_row, &its, calls);
  measure("match", match, &its, calls);
  measure("changed", changed, &its, calls);
  measure("set_and_fail", set_and_fail, &its, calls);
  measure("decide", decide, &its, calls);
  measure("replay", replay, &its, calls);
  /* What takes longer, less often. */
  measure("check_rule", check_rule, &its, calls / 10);
  measure("check", check, &its, calls / 10);
  measure("explain", explain, &its, calls / 50);
  measure("deploy", deploy, &its, calls / 200);
  measure("load", load, &its, calls / 200);
  measure("load_saved", load_saved, &its, calls / 200);
  measure("build", build, &its, calls / 200);
  measure("remember", remember, &its, calls / 200);
  measure("populate", populate, &its, calls / 200);
  muster_error_clear(&its.error);
  muster_buffer_free(&its.text);
  muster_buffer_free(&its.record);
  muster_buffer_free(&its.saved);
  muster_matcher_free(its.matcher);
  muster_rules_release(its.rules);
  muster_layout_release(its.layout);
  muster_user_free(its.user);
  muster_engine_release(its.engine);
  muster_catalogue_release(its.catalogue);
  return failures != 0;
}
