#!/bin/sh
# What `make test` leaves out, stage by stage:
#   asan    the tests under AddressSanitizer and UBSan, with the oldest supported Clang
#   ledger  ledgers in SQLite and PostgreSQL; many threads and processes, 200 writers killed on each
#   tsan    the rooms with threads under ThreadSanitizer
#   odr     one definition of everything, by a linker that knows types
#   c       the ABI of libmuster_c; a million calls of each kind that takes microseconds
#   clang   everything as it is released, with the oldest supported Clang
#   python  the Python package with every companion, Spark's executors and a browser
#   crm     the example CRM against the installed package, both flows in a browser
# usage: tools/test-all.sh JOBS "STAGE…" [CMAKE_ARG…]
set -eu
cd "$(dirname "$0")/.."
jobs=$1
stages=$2
shift 2

asan() {
  cmake --preset dev -DCMAKE_CXX_COMPILER=clang++-14 -DCMAKE_C_COMPILER=clang-14 "$@" > /dev/null
  cmake --build --preset dev -j "$jobs"
  ctest --preset dev -j "$jobs"
}

# Not under sanitizers, which would make it take a quarter of an hour.
ledger() {
  cmake --preset release "$@" > /dev/null
  cmake --build --preset release -j "$jobs" --target engage_tests
  MUSTER_TEST_LONG=1 tools/with-postgres.sh build/release/tests/engage_tests --gtest_brief=1
}

tsan() {
  cmake --preset tsan -DMUSTER_CLI=OFF "$@" > /dev/null
  cmake --build --preset tsan -j "$jobs" --target core_tests match_tests tags_tests \
    decide_tests plan_tests engage_tests
  build/tsan/tests/core_tests --gtest_brief=1
  build/tsan/tests/tags_tests --gtest_brief=1
  # Of the matcher's tests those that use threads; the others would take a quarter of an hour.
  build/tsan/tests/match_tests --gtest_brief=1 \
    --gtest_filter='*Threads*:AudienceEngine.*:*AroundWordAndTileEnds*'
  build/tsan/tests/decide_tests --gtest_brief=1 \
    --gtest_filter='EngineSwap.*:*Threads*:MemoryHistory.*'
  build/tsan/tests/plan_tests --gtest_brief=1
  build/tsan/tests/engage_tests --gtest_brief=1 \
    --gtest_filter='Governor*:In/Concurrency.OneOfMany*:In/Ledger*:In/DesksTogether.*-*Processes*'
}

odr() {
  cmake --preset release -B build/odr -DCMAKE_CXX_COMPILER=g++ -DCMAKE_BUILD_TYPE=Debug \
    -DCMAKE_CXX_FLAGS_DEBUG="-O0 -flto=$jobs -Werror=odr -Werror=lto-type-mismatch" \
    -DMUSTER_TESTS=OFF -DMUSTER_BENCH=OFF "$@" > /dev/null
  cmake --build build/odr -j "$jobs" --target muster_cli
}

c() {
  cmake --preset release "$@" > /dev/null
  tools/check-abi.sh build/release
  cmake --build build/release -j "$jobs" --target c_leaks
  build/release/tests/c_leaks 1000000
}

clang() {
  cmake --preset release -B build/clang -DCMAKE_CXX_COMPILER=clang++-14 -DMUSTER_WERROR=ON \
    -DMUSTER_BENCH=OFF -DMUSTER_CRM=ON "$@" > /dev/null
  cmake --build build/clang -j "$jobs"
  ctest --test-dir build/clang -j "$jobs" --output-on-failure -E '^install'
}

python() {
  CMAKE_BUILD_PARALLEL_LEVEL=$jobs tools/test-python.sh all
}

crm() {
  tools/test-crm.sh "$jobs" "$@"
}

for stage in $stages; do
  case $stage in
    asan | ledger | tsan | odr | c | clang | python | crm) ;;
    *) echo "no stage '$stage'" >&2; exit 2 ;;
  esac
  printf '== %s\n' "$stage" >&2
  "$stage" "$@"
done
