#!/bin/sh
# The whole test suite under AddressSanitizer and UBSan, the threaded part of it under
# ThreadSanitizer, and the release build with the oldest supported Clang.
# usage: tools/test-all.sh JOBS
set -eu
cd "$(dirname "$0")/.."
jobs=$1
launch=
command -v ccache > /dev/null && launch=-DCMAKE_CXX_COMPILER_LAUNCHER=ccache

for preset in dev tsan; do
  cmake --preset "$preset" $launch > /dev/null
  cmake --build --preset "$preset" -j "$jobs"
  ctest --preset "$preset" -j "$jobs"
done

cmake --preset release -B build/clang -DCMAKE_CXX_COMPILER=clang++-14 -DMUSTER_WERROR=ON \
  -DMUSTER_BENCH=OFF $launch > /dev/null
cmake --build build/clang -j "$jobs"
ctest --test-dir build/clang -j "$jobs" --output-on-failure
