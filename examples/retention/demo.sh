#!/bin/sh
# Decisions for three made-up subscribers, step by step. usage: demo.sh PATH-TO-MUSTER
set -eu
. "$(dirname "$0")/../telling.sh"
now=2026-01-05T10:30:00+08:00

title "A retention team's whole catalogue, and subscribers made up for it"
told check catalogue.json
"$muster" generate --users 2000 --seed 11 --for catalogue.json --out "$work" 2> "$work/said"
users=$work/users.csv
ln -s "$PWD/catalogue.json" "$PWD/history.csv" "$work"
cd "$work"

title "What should these three be offered on a Monday morning, as the hotline shows it?"
for user in C00000018 C00000080 C00000751; do
  told decide catalogue.json --users users.csv --history history.csv --at "$now" \
    --user "$user" --channel hotline
done

title "The special-offer zone shows the same view, in its own words"
told decide catalogue.json --users users.csv --history history.csv --at "$now" \
  --user C00000018 --channel special_zone

title "How that came about, for one of them; and why not the handset subsidy?"
told decide catalogue.json --users users.csv --history history.csv --at "$now" \
  --user C00000080 --why T01 --record decision.mdr

title "The same decision, from its record alone, in Chinese"
told replay catalogue.json decision.mdr --why D228 --language zh | tail -n 8

title "A policy can not be had by asking for it"
told gate catalogue.json --users users.csv --at "$now" --user C00000018 --policy D168 --channel shop
told gate catalogue.json --users users.csv --at "$now" --user C00000751 --policy D168 --channel shop

title "And among all of them, which step removes how many?"
told funnel catalogue.json --users users.csv --history history.csv --at "$now" | sed -n '1,8p;$p'
