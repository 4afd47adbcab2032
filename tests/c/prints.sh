#!/bin/sh
# Whether a command prints what a file holds. usage: prints.sh FILE COMMAND…
set -eu
expected=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$@" > "$work/printed"
diff "$expected" "$work/printed"
