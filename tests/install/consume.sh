#!/bin/sh
# Uses the library the way others do, with the programs of the README and of docs/engaging.md, and
# compares what they print with what these say they print.
# usage: consume.sh HOW SOURCE BUILD WORK [CMAKE_ARG…]
#   HOW: find_package, static (find_package of a static build), add_subdirectory or pkg_config
set -eu
how=$1 source=$2 build=$3 work=$4
shift 4

rm -rf "$work"
mkdir -p "$work"
# The first program of a document and what it prints.
example() {
  for part in cpp text; do
    awk '/^```'"$part"'/ { on = 1; next } /^```/ { if (on) exit } on' "$source/$1" > "$work/$2.$part"
    [ -s "$work/$2.$part" ] || { echo "$1 has no example" >&2; exit 1; }
  done
  mv "$work/$2.text" "$work/$2.expected"
}
example README.md readme
example docs/engaging.md engage

# Says nothing unless it fails; then everything, and stops.
quietly() { "$@" > "$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }; }
configure() {
  quietly cmake -G Ninja -S "$1" -B "$work/build" -DREADME_PROGRAM="$work/readme.cpp" \
    -DENGAGE_PROGRAM="$work/engage.cpp" "$@"
}
install_from() { quietly cmake --install "$1" --prefix "$work/prefix"; }
# The compiler among the CMake arguments.
compiler() {
  for argument; do
    case $argument in -DCMAKE_CXX_COMPILER=*) echo "${argument#*=}"; return ;; esac
  done
  echo c++
}
cxx=$(compiler "$@")
# A program with what pkg-config says of a package.
compile() {
  # shellcheck disable=SC2046 — flags, one word each
  quietly "$cxx" -std=c++20 "$work/$1.cpp" $(pkg-config --cflags --libs "$2") \
    -Wl,-rpath,"$(pkg-config --variable=libdir "$2")" -o "$work/build/$1"
}

# How it is put together is what is asked of a build of its own, not how fast it is.
soon_built() { quietly "$@" -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O0; }

case $how in
  find_package)
    install_from "$build"
    configure "$source/tests/install/find_package" -DCMAKE_PREFIX_PATH="$work/prefix" "$@" ;;
  static)
    soon_built cmake -G Ninja -S "$source" -B "$work/static" -DBUILD_SHARED_LIBS=OFF \
      -DMUSTER_TESTS=OFF -DMUSTER_CLI=OFF "$@"
    quietly cmake --build "$work/static"
    install_from "$work/static"
    configure "$source/tests/install/find_package" -DCMAKE_PREFIX_PATH="$work/prefix" "$@" ;;
  add_subdirectory)
    soon_built configure "$source/tests/install/add_subdirectory" -DMUSTER_SOURCE="$source" "$@" ;;
  pkg_config)
    install_from "$build"
    PKG_CONFIG_PATH=$(dirname "$(find "$work/prefix" -name muster.pc)")
    export PKG_CONFIG_PATH
    mkdir -p "$work/build"
    compile readme muster
    if pkg-config --exists muster_engage; then compile engage muster_engage; fi
    # shellcheck disable=SC2046 — flags, one word each
    quietly cc -std=c99 "$source/examples/c/popup.c" $(pkg-config --cflags --libs muster_c) \
      -Wl,-rpath,"$(pkg-config --variable=libdir muster_c)" -o "$work/build/popup"
    popup=$work/build/popup ;;
  *) echo "unknown way to use the library: $how" >&2; exit 2 ;;
esac

[ "$how" = pkg_config ] || quietly cmake --build "$work/build"
prints() {
  (cd "$work" && "build/$1") > "$work/$1.actual"
  diff "$work/$1.expected" "$work/$1.actual"
}
prints readme
engage=$(find "$work" -name muster_engage.pc -path "*/prefix/*")
if [ -n "$engage" ]; then prints engage; fi

# For C the example of docs/c.md.
if [ "$how" = find_package ]; then
  quietly cmake -G Ninja -S "$source/examples/c" -B "$work/c" -DCMAKE_PREFIX_PATH="$work/prefix"
  quietly cmake --build "$work/c"
  popup=$work/c/popup
fi
if [ -n "${popup-}" ]; then
  "$source/tests/c/prints.sh" "$source/docs/c.md" "$popup" "$source/examples/c/catalogue.json"
fi

# The day of three customers; what it tells is checked by the tests of the tool.
if [ "$how" = find_package ] && [ -n "$engage" ]; then
  quietly cmake -G Ninja -S "$source/examples/engagement" -B "$work/day" \
    -DCMAKE_PREFIX_PATH="$work/prefix" "$@"
  quietly cmake --build "$work/day"
fi

# The examples of docs/embedding.md and docs/deciding.md, built from the installed package alone.
shown() { awk '/^```text/ { on = 1; next } /^```/ { on = 0 } on' "$source/docs/$1"; }
if [ "$how" = find_package ]; then
  quietly cmake -G Ninja -S "$source/examples/embedding" -B "$work/examples" \
    -DCMAKE_PREFIX_PATH="$work/prefix" "$@"
  quietly cmake --build "$work/examples"
  (cd "$source/examples/telco"
   "$work/examples/popup" catalogue.json customers.csv 1 2 51
   "$work/examples/planning" catalogue.json customers.csv) > "$work/actual.txt"
  shown embedding.md | diff - "$work/actual.txt"
  "$work/examples/deciding" > "$work/actual.txt"
  shown deciding.md | diff - "$work/actual.txt"
fi
