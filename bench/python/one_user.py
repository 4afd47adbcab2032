"""How long one user takes from Python, against 1 000 rules: prepared, checked, from a dict; matched
and decided.

Times are of the processor, the best of several runs, in microseconds. The bars: a prepared user
within 3 µs over what the extension itself takes, a dict of 200 tags within 30 µs in all.

usage: one_user.py
"""

from __future__ import annotations

import datetime as dt
import sys
import time
import timeit
from typing import Any, Callable

import contenders
import muster
import workload

RUNS = 15
NOW = dt.datetime(2026, 3, 2, tzinfo=dt.timezone.utc)


def microseconds(call: Callable[[], Any], times: int) -> float:
    runs = timeit.repeat(call, number=times, repeat=RUNS, timer=time.process_time)
    return min(runs) / times * 1e6


def decide(catalogue: Any, row: dict[str, Any]) -> float:
    """What a decision for a prepared user takes beyond the extension's own time."""
    engine = muster.Engine(catalogue)
    user = engine.prepare(row, key="u", now=NOW)
    assert engine.decide(user, now=NOW) == engine.decide(row, key="u", now=NOW)
    at = int(NOW.timestamp())
    parts = (user._core, user._prepared, user.key, at, 0)
    extension = microseconds(lambda: engine._core.decide(*parts), 2_000)
    whole = microseconds(lambda: engine.decide(user, now=NOW), 2_000)
    print(f"  decided     {whole:8.2f} µs, the extension alone {extension:.2f}")
    return whole - extension


def main() -> None:
    rules = contenders.Muster(workload.rules(1_000), 1)._rules
    row = workload.users(1).to_pylist()[0]
    user, prepared = rules.user(row), rules.prepare(row)
    expected = rules.match_one(prepared)
    if not rules.match_one(user) == rules.match_one(row) == expected:
        sys.exit("error: a dict, a user and a prepared user have different answers")

    extension = microseconds(lambda: rules._matcher.match(prepared), 5_000)
    whole = microseconds(lambda: rules.match_one(prepared), 5_000)
    from_dict = microseconds(lambda: rules.match_one(row), 500)
    print(f"{len(expected)} of {len(rules)} policies fit; {len(row)} tags")
    print(f"  prepared    {whole:8.2f} µs, the extension alone {extension:.2f}")
    print(f"  user        {microseconds(lambda: rules.match_one(user), 2_000):8.2f} µs")
    print(f"  dict        {from_dict:8.2f} µs")
    over = decide(rules.catalogue, row)
    if whole - extension > 3 or from_dict > 30 or over > 3:
        sys.exit("error: slower than the bars")


if __name__ == "__main__":
    main()
