#!/bin/sh
# Installs the Debian packages listed in the given files, or says which are missing.
# usage: tools/setup.sh LIST…
set -eu

missing=
for package in $(cat "$@" | sed 's/#.*//'); do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
    missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -ne 0 ]; then
  echo "missing packages:$missing" >&2
  echo "install them as root: apt-get install$missing" >&2
  exit 1
fi
echo "installing:$missing" >&2
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086 — one word a package
apt-get install -y -qq --no-install-recommends $missing >&2
