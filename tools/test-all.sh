#!/bin/sh
# What `make test` leaves out: the tests under AddressSanitizer and UBSan, the rooms with threads
# under ThreadSanitizer, and everything built with the oldest supported Clang.
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

say ThreadSanitizer
cmake --preset tsan -DMUSTER_CLI=OFF "$@" > /dev/null
cmake --build --preset tsan -j "$jobs" --target core_tests match_tests tags_tests
build/tsan/tests/core_tests --gtest_brief=1
build/tsan/tests/tags_tests --gtest_brief=1
# Of the matcher's tests those that use threads; the others would take a quarter of an hour.
build/tsan/tests/match_tests --gtest_brief=1 \
  --gtest_filter='*Threads*:AudienceEngine.*:*AroundWordAndTileEnds*'

say Clang 14
cmake --preset release -B build/clang -DCMAKE_CXX_COMPILER=clang++-14 -DMUSTER_WERROR=ON \
  -DMUSTER_BENCH=OFF "$@" > /dev/null
cmake --build build/clang -j "$jobs"
ctest --test-dir build/clang -j "$jobs" --output-on-failure -E '^install'
