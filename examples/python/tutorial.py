# %% [markdown]
# # Who is each offer for?
#
# 7 043 real subscribers of a telecom operator, and a retention team's catalogue: 15 segments, 28
# policies. Open this file as a notebook (VS Code, Jupytext), or run it: `python tutorial.py`.

# %%
import csv
import datetime as dt
import json
import sys
from pathlib import Path

import muster as ms
import numpy as np

telco = Path(__file__).parents[1] / "telco"
report_to = Path(sys.argv[1] if len(sys.argv) > 1 else "report.html")

# %% [markdown]
# ## Customers in
#
# Any data frame will do: pandas, polars, pyarrow, a DuckDB relation. Here NumPy alone.

# %%
catalogue = ms.Catalogue.load(telco / "catalogue.json")
with open(telco / "customers.csv", encoding="utf-8", newline="") as file:
    rows = list(csv.DictReader(file))


def column(tag: ms.Tag) -> np.ndarray:
    cells = [row[tag.name] for row in rows]
    if tag.type == "number":
        return np.array([float(cell or "nan") for cell in cells])  # NaN is NULL
    if tag.type == "bool":
        return np.array([cell in ("1", "Yes") for cell in cells])
    return np.array(cells, dtype=object)


df = {tag.name: column(tag) for tag in catalogue.tags if not tag.derived}
users = catalogue.users(df)  # read once, used again and again
print(catalogue, "for", len(users), "users")

# %% [markdown]
# ## Audiences
#
# All users against all policies. In a notebook, `match` shows itself as a table.

# %%
rules = catalogue.compile()
match = rules.match(users)
for policy, count in sorted(zip(match.policies, match.counts()), key=lambda one: one[1], reverse=True)[:5]:
    print(f"{policy}  {count:5,}")

# %% [markdown]
# A rule need not be in the catalogue, and a mask is an ordinary array. Do those leave whom the
# catalogue calls at risk? (`churn` is what happened afterwards; no policy asks for it.)

# %%
at_risk = rules.audience("SEGMENT(at_risk)", users)
print(f"at risk: {at_risk.sum():,}; left: {df['churn'][at_risk].mean():.0%}", end=" ")
print(f"against {df['churn'][~at_risk].mean():.0%} of the others")

# %% [markdown]
# ## Overlaps
#
# Which policies compete for the same people?

# %%
overlaps = match.overlaps()
for a, b, shared in overlaps.most(3):
    print(f"{a} and {b} share {shared:,} users")

# %% [markdown]
# ## Why, and why not
#
# Users are named by the row number from 1, as this schema has no key column.

# %%
left_out = int(np.flatnonzero(~match["R07"])[0]) + 1
why = rules.explain(users, user=left_out, policy="R07")
print(why)

# %% [markdown]
# ## Decisions
#
# The same answer for every channel, as a hotline would ask for it. Give the catalogue channels and
# values first; `docs/catalogue.md` lists all there is to set.

# %%
whole = json.loads("\n".join(
    line for line in catalogue.json.decode().splitlines() if not line.lstrip().startswith("//")
))  # fmt: skip
whole["channels"] = [{"id": "hotline", "name": "Hotline", "kind": "digital"},
                     {"id": "shop", "name": "Shop", "kind": "own_shop"}]  # fmt: skip
for policy in whole["policies"]:
    policy["value"] = 40 if policy["id"] in ("R01", "R24", "R26") else 10
    policy["script"] = "{contract}, {tenure} months: " + policy["name"]
selling = ms.Catalogue(json.dumps(whole))

engine = ms.Engine(selling)
caller = {name: values[50] for name, values in df.items()}  # user 51
now = dt.datetime(2026, 3, 2, 10, 30, tzinfo=dt.timezone.utc)
decision = engine.decide(caller, channel="hotline", key="51", now=now)
for offer in decision.offers:
    print("primary  " if offer.primary else "secondary", offer.policy, "—", offer.script)
print(engine.check(caller, "R07", "shop", key="51", now=now).text)

# %% [markdown]
# ## What would change?
#
# Before a new catalogue is deployed: who gains, who loses?

# %%
for policy in whole["policies"]:
    if policy["id"] == "R01":
        policy["segment"] = "SEGMENT(at_risk) AND tenure BETWEEN 3 AND 36"
diff = selling.diff(ms.Catalogue(json.dumps(whole)), df)
for one in diff.changed():
    print(f"{one.policy}: {one.before:,} → {one.after:,} (+{one.gained}, −{one.lost})")

# %% [markdown]
# ## The report
#
# Audiences, overlaps and funnel on one page, readable offline.

# %%
print("written to", ms.report(selling, df, report_to, now=now).name)
