#!/bin/sh
# The example, told step by step. usage: demo.sh PATH-TO-MUSTER
set -eu
. "$(dirname "$0")/../telling.sh"

title "A retention team's catalogue: is it right?"
told check catalogue.json

title "What a slip of the pen looks like:"
told audience catalogue.json --users customers.csv \
  --rule "contrct = 'Month-to-month' AND internet_service = 'Fibre optic'" || true

title "Whom is each policy for, among 7 043 real customers?"
told analyse catalogue.json --users customers.csv --top 5

title "An idea that is not in the catalogue, and whether it finds those who left a month later:"
told audience catalogue.json --users customers.csv \
  --rule "tenure >= 0" --rule "churn" \
  --rule "SEGMENT(at_risk) AND tenure < 12" --rule "SEGMENT(at_risk) AND tenure < 12 AND churn" |
  tee "$work/counts"
awk -F'\t' '$1 ~ /^[1-4]$/ { n[$1] = $2 }
  END { printf "of all customers %.0f %% left, of this audience %.0f %%\n",
               100 * n[2] / n[1], 100 * n[4] / n[3] }' "$work/counts"

title "All pairs of customer and policy, as CSV:"
cp catalogue.json customers.csv "$work"
cd "$work"
told match catalogue.json --users customers.csv --out matches.csv
echo "matches.csv: $(($(wc -l < matches.csv) - 1)) lines, of these for three customers:"
for user in 50 51 116; do
  sed -n "$((user + 1))p" customers.csv | tr -d '"' | awk -F, -v user="$user" '{
    printf "customer %s: %s months, %s, internet %s, pays %s by %s\n",
           user, $6, $16, $9, $19, tolower($18) }'
  # Ids to names: each policy of the catalogue begins with both on one line.
  awk -F, -v user="$user" '$1 == user { print $2 }' matches.csv |
    while read -r id; do
      sed -n "s/.*\"id\": \"$id\", \"name\": \"\([^\"]*\)\".*/  $id  \1/p" catalogue.json
    done
done

title "Why does one policy fit a customer …"
told explain catalogue.json --users customers.csv --user 51 --policy R26

title "… and another not, and what would change that?"
told explain catalogue.json --users customers.csv --user 51 --policy R18

title "How fast? These customers; then a made-up city, 224 tags and 1 000 policies:"
told match catalogue.json --users customers.csv --out /dev/null --stats
told generate --users 50000 --seed 1 --policies 1000 --out city
told match city/catalogue.json --users city/users.csv --today 2026-01-01 --out /dev/null --stats
