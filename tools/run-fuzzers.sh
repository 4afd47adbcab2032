#!/bin/sh
# Runs every fuzz target in a folder for some seconds over a copy of its seed corpus.
# usage: tools/run-fuzzers.sh FOLDER SECONDS
set -eu
cd "$(dirname "$0")/.."
folder=$1
seconds=$2
passed=0
for target in "$folder"/fuzz_*; do
  [ -x "$target" ] || continue
  name=$(basename "$target" | sed 's/^fuzz_//')
  work=build/fuzz/corpus/$name
  mkdir -p "$work"
  seeds=fuzz/corpus/$name
  [ -d "$seeds" ] || { echo "no seed corpus for $name" >&2; exit 1; }
  log=build/fuzz/$name.log
  if ! "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 \
      -artifact_prefix=build/fuzz/ "$work" "$seeds" > "$log" 2>&1; then
    tail -40 "$log" >&2
    echo "fuzz target $name failed" >&2
    exit 1
  fi
  echo "fuzz $name: $(grep -o '^Done [0-9]* runs' "$log" || tail -1 "$log")"
  passed=$((passed + 1))
done
[ "$passed" -gt 0 ] || { echo "no fuzz targets in $folder" >&2; exit 1; }
