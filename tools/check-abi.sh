#!/bin/sh
# Compares libmuster_c with the ABI that programs were linked with, bindings/c/abi: fails where
# something was changed or removed. With `renew`, writes what is there now instead.
# usage: tools/check-abi.sh BUILD [renew]   (BUILD: a configured build of the release preset)
set -eu
cd "$(dirname "$0")/.."
build=$1 baseline=bindings/c/abi/$(uname -m).abi

cmake --build "$build" --target muster_c_abi > /dev/null
library=$build/bindings/c/abi/libmuster_c.so
current=$build/bindings/c/abi/current.abi
# Types that muster.h does not show are the library's own business.
abidw --exported-interfaces-only --headers-dir bindings/c/include --drop-private-types \
  --no-show-locs --no-corpus-path --no-comp-dir-path --out-file "$current" "$library"
# Units of one build are named by where it lies, which is nobody's ABI.
sed -i "s| path='$PWD/| path='|" "$current"

if [ "${2-}" = renew ]; then
  mkdir -p "$(dirname "$baseline")"
  cp "$current" "$baseline"
elif [ ! -f "$baseline" ]; then
  echo "there is no baseline for $(uname -m): make abi" >&2
else
  abidiff --no-added-syms "$baseline" "$current" || {
    echo "libmuster_c breaks what was linked with it; see CONTRIBUTING.md" >&2
    exit 1
  }
fi
