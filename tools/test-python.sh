#!/bin/sh
# Installs the Python package into a fresh virtual environment and runs its tests.
# usage: tools/test-python.sh [core|all]
#   core  NumPy alone (make test)
#   all   every optional companion, Spark's executors and a browser as well (make test-all)
set -eu
cd "$(dirname "$0")/.."
what=${1:-core}
package=bindings/python
venv=build/python-$what

rm -rf "$venv"
python3 -m venv "$venv"
# Compiled where earlier runs left what has not changed.
"$venv/bin/pip" install -q --disable-pip-version-check -C build-dir="$PWD/build/python" \
  "./$package" pytest
case $what in
  core)
    "$venv/bin/python" -m pytest -q "$package/tests" --ignore "$package/tests/extra" ;;
  all)
    "$venv/bin/pip" install -q --disable-pip-version-check -r "$package/tests/extra/requirements.txt"
    "$venv/bin/python" -m pytest -q "$package/tests" ;;
  *)
    echo "usage: tools/test-python.sh [core|all]" >&2
    exit 2 ;;
esac
