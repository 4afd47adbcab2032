#!/bin/sh
# Measures the Python package beside DuckDB, Polars and NumPy, in a virtual environment of its own.
# usage: tools/bench-python.sh OUT [arguments of bench/python/audience.py]
set -eu
cd "$(dirname "$0")/.."
out=$1
shift
venv=build/bench-python
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
# Compiled where earlier runs left what has not changed.
"$venv/bin/pip" install -q --disable-pip-version-check -C build-dir="$PWD/build/python" \
  -r bench/python/requirements.txt ./bindings/python
mkdir -p "$out"
"$venv/bin/python" bench/python/audience.py --json "$out/python.json" "$@"
"$venv/bin/python" bench/python/one_user.py
