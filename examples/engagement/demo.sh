#!/bin/sh
# A day in the life of three customers over one ledger, then what the ledger says of each.
# usage: demo.sh PATH-TO-MUSTER PATH-TO-MUSTER_DAY
set -eu
day=$2
case $day in /*) ;; *) day=$PWD/$day ;; esac
. "$(dirname "$0")/../telling.sh"
ln -s "$PWD/../retention/catalogue.json" "$PWD/shops.json" "$work"
cd "$work"
"$muster" generate --users 2000 --seed 11 --for catalogue.json --out . 2> said

title "A day in the life of three customers 三位客户的一天: every channel writes to one ledger"
printf '%s$ muster_day%s%s\n' "$dim" "$(shown catalogue.json users.csv shops.json day.ledger)" "$plain"
"$day" catalogue.json users.csv shops.json day.ledger

title "The same day as the ledger kept it: SIM change 换卡 (tasks that were only planned left out)"
told timeline day.ledger --user C00000731 --catalogue catalogue.json | grep -v 'planned$'

title "Handset 换机"
told timeline day.ledger --user C00000229 --catalogue catalogue.json | grep -v 'planned$'

title "Broadband 宽带"
told timeline day.ledger --user C00000712 --catalogue catalogue.json | grep -v 'planned$'
