#!/bin/sh
# Runs every benchmark program of a folder, keeps JSON, prints a summary.
# usage: tools/run-bench.sh FOLDER OUT [short]
#   short: small sizes and little time; every answer is still checked.
set -eu
cd "$(dirname "$0")/.."
folder=$1 out=$2 mode=${3:-full}
mkdir -p "$out"
flags=
[ "$mode" = full ] || flags="--benchmark_min_time=0.01"
for program in "$folder"/bench_*; do
  [ -x "$program" ] || continue
  name=$(basename "$program" | sed 's/^bench_//')
  echo "== $name" >&2
  if [ "$mode" = full ]; then filter=.; else filter='-/1000000$|/wide/100000|100000$'; fi
  MUSTER_BENCH_MODE=$mode "$program" $flags --benchmark_filter="$filter" \
    --benchmark_out="$out/$name.json" --benchmark_out_format=json > "$out/$name.txt" ||
    { cat "$out/$name.txt" >&2; exit 1; }
  if grep -q 'error_occurred.*true' "$out/$name.json"; then
    grep -B3 'error_message' "$out/$name.json" >&2
    exit 1
  fi
done
python3 tools/bench_summary.py "$out"
