#!/bin/sh
# What `make test` leaves out: the tests under AddressSanitizer and UBSan, ledgers in PostgreSQL, the
# rooms with threads under ThreadSanitizer, the one-definition rule, the ABI for C, and everything with
# the oldest supported Clang.
# usage: tools/test-all.sh JOBS [CMAKE_ARG…]
set -eu
cd "$(dirname "$0")/.."
jobs=$1
shift

say() { printf '== %s\n' "$*" >&2; }

say AddressSanitizer and UBSan
cmake --preset dev "$@" > /dev/null
cmake --build --preset dev -j "$jobs"
ctest --preset dev -j "$jobs"

# Both stores of the ledger; many threads and processes, and 200 writers killed on each, which
# sanitizers would make take a quarter of an hour.
say Ledgers in SQLite and PostgreSQL
cmake --preset release "$@" > /dev/null
cmake --build --preset release -j "$jobs" --target engage_tests
MUSTER_TEST_LONG=1 tools/with-postgres.sh build/release/tests/engage_tests --gtest_brief=1

say ThreadSanitizer
cmake --preset tsan -DMUSTER_CLI=OFF "$@" > /dev/null
cmake --build --preset tsan -j "$jobs" --target core_tests match_tests tags_tests \
  decide_tests plan_tests engage_tests
build/tsan/tests/core_tests --gtest_brief=1
build/tsan/tests/tags_tests --gtest_brief=1
# Of the matcher's tests those that use threads; the others would take a quarter of an hour.
build/tsan/tests/match_tests --gtest_brief=1 \
  --gtest_filter='*Threads*:AudienceEngine.*:*AroundWordAndTileEnds*'
build/tsan/tests/decide_tests --gtest_brief=1 --gtest_filter='EngineSwap.*:*Threads*:MemoryHistory.*'
build/tsan/tests/plan_tests --gtest_brief=1
tools/with-postgres.sh build/tsan/tests/engage_tests --gtest_brief=1 \
  --gtest_filter='Governor*:In/Concurrency.OneOfMany*:In/Ledger*'

# Two types of one name in different files: only a linker that knows types can tell.
say One definition of everything
cmake --preset release -B build/odr -DCMAKE_CXX_COMPILER=g++ -DCMAKE_BUILD_TYPE=Debug \
  -DCMAKE_CXX_FLAGS_DEBUG="-O0 -flto=$jobs -Werror=odr -Werror=lto-type-mismatch" \
  -DMUSTER_TESTS=OFF -DMUSTER_BENCH=OFF "$@" > /dev/null
cmake --build build/odr -j "$jobs" --target muster_cli

say "libmuster_c: its ABI; a million calls of each kind"
cmake --preset release "$@" > /dev/null
tools/check-abi.sh build/release
cmake --build build/release -j "$jobs" --target c_leaks
build/release/tests/c_leaks 1000000

say Clang 14
cmake --preset release -B build/clang -DCMAKE_CXX_COMPILER=clang++-14 -DMUSTER_WERROR=ON \
  -DMUSTER_BENCH=OFF "$@" > /dev/null
cmake --build build/clang -j "$jobs"
ctest --test-dir build/clang -j "$jobs" --output-on-failure -E '^install'

say Python with every companion
CMAKE_BUILD_PARALLEL_LEVEL=$jobs tools/test-python.sh all
