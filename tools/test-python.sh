#!/bin/sh
# Builds the Python package, installs it into a fresh virtual environment and runs its tests.
# usage: tools/test-python.sh [core|all]
#   core  NumPy alone (make test)
#   all   every optional companion, Spark's executors and a browser as well (make test-all)
set -eu
cd "$(dirname "$0")/.."
what=${1:-core}
case $what in
  core | all) ;;
  *)
    echo "usage: tools/test-python.sh [core|all]" >&2
    exit 2 ;;
esac
package=bindings/python
fresh=build/python-$what

# What builds the wheel stays from run to run, so that only what has changed is compiled again.
if ! [ -e build/venv/ready ]; then
  python3 -m venv build/venv
  build/venv/bin/python -m pip -q --disable-pip-version-check install \
    'scikit-build-core>=0.10' 'pybind11>=3.0,<4'
  touch build/venv/ready
fi
rm -rf build/wheel "$fresh"
build/venv/bin/python -m pip -q --disable-pip-version-check wheel --no-build-isolation --no-deps \
  -C build-dir="$PWD/build/py" -w build/wheel "./$package"

python3 -m venv "$fresh"
install() { "$fresh/bin/python" -m pip -q --disable-pip-version-check install "$@"; }
install build/wheel/*.whl pytest
if [ "$what" = all ]; then
  install -r "$package/tests/extra/requirements.txt"
  "$fresh/bin/python" -m pytest -q "$package/tests"
  # A million calls of what is quick, and a hundred times as many as above of the rest.
  MUSTER_LEAK_CALLS=100 "$fresh/bin/python" -m pytest -q "$package/tests/test_leaks.py"
else
  "$fresh/bin/python" -m pytest -q "$package/tests" --ignore "$package/tests/extra"
fi
