#!/bin/sh
# Whether muster.h and core/error.hpp have the same codes under the same names.
# usage: statuses.sh SOURCE
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# "unknown_tag 81", one a line.
sed -n '/^  MUSTER_OK = 0,/,/^};/s/^  MUSTER_\([A-Z_0-9]*\) = \([0-9]*\).*$/\1 \2/p' \
  "$1/bindings/c/include/muster.h" | sed 1d | tr 'A-Z' 'a-z' > "$work/c"
sed -n '/^enum class Errc/,/^};/s/^  \([a-z_0-9]*\) = \([0-9]*\),.*$/\1 \2/p' \
  "$1/include/muster/core/error.hpp" > "$work/cpp"
[ "$(wc -l < "$work/cpp")" -gt 40 ] || { echo "error.hpp could not be read" >&2; exit 1; }
diff "$work/cpp" "$work/c"
