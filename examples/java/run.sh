#!/bin/sh
# Compiles and runs the popup in Java. usage: run.sh JNA.jar DIRECTORY-OF-LIBMUSTER_C CATALOGUE
set -eu
[ $# = 3 ] || { sed -n '2s/.*usage/usage/p' "$0" >&2; exit 2; }
jna=$1 library=$2 catalogue=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
here=$(dirname "$0")
javac -cp "$jna" -d "$work" "$here/Muster.java" "$here/Popup.java"
java -cp "$jna:$work" -Djna.library.path="$library" Popup "$catalogue"
