#!/bin/sh
# Whether the codes of muster.h are codes of core/error.hpp, by name and number.
# usage: statuses.sh SOURCE
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# "unknown_tag 81", one a line.
sed -n '/^  MUSTER_OK = 0,/,/^};/s/^  MUSTER_\([A-Z_0-9]*\) = \([0-9]*\).*$/\1 \2/p' \
  "$1/bindings/c/include/muster.h" | sed 1d | tr 'A-Z' 'a-z' | LC_ALL=C sort > "$work/c"
sed -n '/^enum class Errc/,/^};/s/^  \([a-z_0-9]*\) = \([0-9]*\),.*$/\1 \2/p' \
  "$1/include/muster/core/error.hpp" | LC_ALL=C sort > "$work/cpp"
[ "$(wc -l < "$work/c")" -gt 40 ] || { echo "muster.h could not be read" >&2; exit 1; }
LC_ALL=C comm -23 "$work/c" "$work/cpp" > "$work/wrong"
[ ! -s "$work/wrong" ] || { echo "not in error.hpp:" >&2; cat "$work/wrong" >&2; exit 1; }
