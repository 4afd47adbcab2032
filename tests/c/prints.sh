#!/bin/sh
# Whether a command prints what a document says: its first block of text.
# usage: prints.sh DOCUMENT.md COMMAND…
set -eu
document=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
awk '/^```text/ { on = 1; next } /^```/ { if (on) exit } on' "$document" > "$work/expected"
[ -s "$work/expected" ] || { echo "$document shows nothing" >&2; exit 1; }
"$@" > "$work/printed"
diff "$work/expected" "$work/printed"
