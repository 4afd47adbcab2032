/* Every test of the C library. usage: c_tests [SUITE…] */
#include "check.h"

int failures = 0;

#define SUITES(DO) \
  DO(library)      \
  DO(error)        \
  DO(structs)      \
  DO(schema)       \
  DO(catalogue)    \
  DO(rules)        \
  DO(user)         \
  DO(layout) DO(match) DO(history) DO(engine) DO(view) DO(wrong_use) DO(threads) DO(population)

#define DECLARE(suite) void test_##suite(void);
SUITES(DECLARE)

static int wanted(const char* suite, int argc, char** argv) {
  if (argc < 2) return 1;
  for (int i = 1; i < argc; ++i) {
    if (strcmp(argv[i], suite) == 0) return 1;
  }
  return 0;
}

int main(int argc, char** argv) {
  int suites = 0;
#define RUN(suite)                  \
  if (wanted(#suite, argc, argv)) { \
    test_##suite();                 \
    ++suites;                       \
  }
  SUITES(RUN)
  if (suites == 0) {
    fprintf(stderr, "there is no such suite\n");
    return 2;
  }
  return failures != 0;
}
