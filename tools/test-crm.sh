#!/bin/sh
# Installs the library, builds the example CRM against it as others would, drives it in a browser.
# usage: tools/test-crm.sh JOBS [CMAKE_ARG…]
set -eu
cd "$(dirname "$0")/.."
jobs=$1
shift
work=$PWD/build/crm

# -Wno-restrict: GCC 12 sees overlaps in std::string that are not there.
warnings='-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wno-restrict -Werror'

cmake --preset release "$@" > /dev/null
cmake --build --preset release -j "$jobs"
rm -rf "$work/prefix"
cmake --install build/release --prefix "$work/prefix" > /dev/null

cmake -G Ninja -S examples/crm -B "$work/program" -DCMAKE_PREFIX_PATH="$work/prefix" \
  -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS="$warnings" > /dev/null
cmake --build "$work/program" -j "$jobs"

python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip -q --disable-pip-version-check install pytest
"$work/venv/bin/python" -m pytest -q examples/crm/tests --program "$work/program/muster_crm"
