#!/bin/sh
# The old way of working and Muster's, on the same made-up people. usage: demo.sh PATH-TO-MUSTER
set -eu
. "$(dirname "$0")/../telling.sh"
ln -s "$PWD/../retention/catalogue.json" "$work"
cd "$work"

title "The same 600 people for four weeks: each channel for itself, and over one ledger"
told simulate catalogue.json --users 600 --weeks 4 --seed 1
