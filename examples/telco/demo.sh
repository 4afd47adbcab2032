#!/bin/sh
# The example, told step by step. usage: demo.sh PATH-TO-MUSTER
set -eu
muster=$1
case $muster in /*) ;; *) muster=$PWD/$muster ;; esac
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

bold= dim= plain=
if [ -t 1 ]; then bold=$(printf '\033[1m') dim=$(printf '\033[2m') plain=$(printf '\033[0m'); fi
title() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }
told() {
  printf '%s$ muster %s%s\n' "$dim" "$*" "$plain" >&3
  "$muster" "$@"
}
exec 3>&1

title "A retention team's catalogue: is it right?"
told check catalogue.json

title "Whom is each policy for, among 7 043 real customers?"
told analyse catalogue.json --users customers.csv --top 5

title "What is there for these three?"
told match catalogue.json --users customers.csv > "$work/matches.csv"
for user in 50 51 116; do
  sed -n "$((user + 1))p" customers.csv | tr -d '"' | awk -F, -v user="$user" '{
    printf "customer %s: %s months, %s, internet %s, pays %s by %s\n",
           user, $6, $16, $9, $19, tolower($18) }'
  # Ids to names: each policy of the catalogue begins with both on one line.
  awk -F, -v user="$user" '$1 == user { print $2 }' "$work/matches.csv" |
    while read -r id; do
      sed -n "s/.*\"id\": \"$id\", \"name\": \"\([^\"]*\)\".*/  $id  \1/p" catalogue.json
    done
done

title "Why does one policy fit a customer …"
told explain catalogue.json --users customers.csv --user 51 --policy R26

title "… and another not, and what would change that?"
told explain catalogue.json --users customers.csv --user 51 --policy R18

title "How fast? On these customers, and on a made-up city with 224 tags and 1 000 policies:"
told match catalogue.json --users customers.csv --out /dev/null --stats
cd "$work"
told generate --users 50000 --seed 1 --policies 1000 --out city
told match city/catalogue.json --users city/users.csv --today 2026-01-01 --out /dev/null --stats
