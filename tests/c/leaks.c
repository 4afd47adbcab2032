/* Whether calls of each kind leave the resident size as it was. usage: c_leaks [CALLS] */
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "people.h"
#include "world.h"

int failures = 0;

enum { allowed_kilobytes = 1024 };

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
  muster_buffer text, record;
  uint64_t bits[1];
} bench;

static long resident_kilobytes(void) {
  long pages = 0;
  FILE* file = fopen("/proc/self/statm", "r");
  if (file == NULL || fscanf(file, "%*d %ld", &pages) != 1) FAILED("there is no /proc");
  if (file != NULL) fclose(file);
  return pages * (sysconf(_SC_PAGESIZE) / 1024);
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
  muster_rules_save(rules, &its->text, &its->error);
  muster_rules_release(rules);
  muster_catalogue_release(catalogue);
}

static void populate(bench* its) {
  struct ArrowSchema type;
  struct ArrowArray array;
  muster_population* population = NULL;
  muster_audience* audience = NULL;
  make_people(&type, &array, "u");
  muster_population_from_array(its->rules, &type, &array, today, NULL, NULL, &population,
                               &its->error);
  muster_audience_new(its->rules, its->catalogue, &audience, &its->error);
  if (muster_audience_pairs(audience, population, NULL, &type, &array, &its->error) == MUSTER_OK) {
    array.release(&array);
    type.release(&type);
  }
  muster_audience_release(audience);
  muster_population_release(population);
}

/* The size after a first tenth of the calls is that after all of them. */
static void measure(const char* name, void (*call)(bench*), bench* its, long calls) {
  for (long i = 0; i < calls / 10 + 20; ++i) call(its);
  const long before = resident_kilobytes();
  for (long i = 0; i < calls; ++i) call(its);
  const long grown = resident_kilobytes() - before;
  if (grown > allowed_kilobytes) FAILED("%s: %ld calls cost %ld KB", name, calls, grown);
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
  measure("set_and_fail", set_and_fail, &its, calls);
  measure("check_rule", check_rule, &its, calls / 10);
  measure("decide", decide, &its, calls / 10);
  measure("check", check, &its, calls / 50);
  measure("deploy", deploy, &its, calls / 200);
  measure("load", load, &its, calls / 200);
  measure("populate", populate, &its, calls / 200);
  muster_error_clear(&its.error);
  muster_buffer_free(&its.text);
  muster_buffer_free(&its.record);
  muster_matcher_free(its.matcher);
  muster_rules_release(its.rules);
  muster_layout_release(its.layout);
  muster_user_free(its.user);
  muster_engine_release(its.engine);
  muster_catalogue_release(its.catalogue);
  return failures != 0;
}
