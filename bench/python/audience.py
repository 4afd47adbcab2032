"""How long 1 000 rules over 1 000 000 users take, from an Arrow table to the answer.

One process, equal threads. Every answer is compared with Muster's, and Muster's with the check
sum of the workload. A time is the best of several runs, by the clock and of the processors, which
says more on a busy machine; what depends on the rules alone (Muster's compiling, Polars'
expressions) is not in it, and shown apart for Muster.

With MUSTER_BENCH_MODE=short, a tenth of the users.

usage: audience.py [--users N] [--rules N] [--threads N] [--runs N] [--skip NAME]… [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from typing import Any, Callable

import contenders
import numpy as np
import workload

SHORT = os.environ.get("MUSTER_BENCH_MODE") == "short"
CHECKED_USERS, CHECKED_RULES, CHECK_SUM = 1_000, 1_000, 12_033

COUNTS = {
    "Muster": contenders.Muster,
    "DuckDB, one query": contenders.DuckDB,
    "DuckDB, a query a rule": contenders.DuckDBEach,
    "Polars": contenders.Polars,
    "NumPy": contenders.NumPy,
    "NumPy, packed by hand": contenders.NumPyPacked,
}
PAIRS = {
    name: COUNTS[name] for name in ("Muster", "DuckDB, a query a rule", "Polars", "NumPy")
}


def best_times(work: Callable[[], Any], runs: int) -> tuple[float, float, Any]:
    """Seconds by the clock and of the processors, of the quickest runs; slow work runs once."""
    best, busy, answer = float("inf"), float("inf"), None
    for _ in range(runs):
        begin, begin_busy = time.perf_counter(), time.process_time()
        answer = work()
        best = min(best, time.perf_counter() - begin)
        busy = min(busy, time.process_time() - begin_busy)
        if best > 10:
            break
    return best, busy, answer


def fail(what: str) -> None:
    sys.exit(f"error: {what}")


def check_workload(rules: list[workload.Rule]) -> None:
    few = contenders.Muster(rules[:CHECKED_RULES], 1).counts(workload.users(CHECKED_USERS))
    if len(rules) >= CHECKED_RULES and int(few.sum()) != CHECK_SUM:
        fail(f"{int(few.sum())} matches where the workload has {CHECK_SUM}")


def run(title: str, of: dict[str, type], rules, table, options, timed, normal, equal) -> dict:
    """Times all contenders and prints a table of them."""
    print(f"\n{title}: {len(rules)} rules, {len(table)} users, {options.threads} threads")
    times, expected = {}, None
    for name, make in of.items():
        if name in options.skip:
            continue
        contender = make(rules, options.threads)
        best, busy, answer = best_times(lambda: timed(contender, table), options.runs)
        times[name] = {"wall": best, "cpu": busy}
        answer = normal(contender, answer)
        if expected is None:
            expected = answer
        elif not equal(answer, expected):
            fail(f"{name} gives another answer than Muster")
        ratio = {kind: of / times["Muster"][kind] for kind, of in times[name].items()}
        print(
            f"  {name:<24}{best * 1e3:>12,.1f} ms{ratio['wall']:>9,.1f}x"
            f"{busy * 1e3:>12,.1f} ms of processors{ratio['cpu']:>9,.1f}x",
            flush=True,
        )
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--users", type=int, default=100_000 if SHORT else 1_000_000)
    parser.add_argument("--rules", type=int, default=1_000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--skip", action="append", default=[], help="a contender that takes long")
    parser.add_argument("--json", help="keeps the times, in seconds")
    options = parser.parse_args()
    contenders.prepare(options.threads)

    rules = workload.rules(options.rules)
    check_workload(rules)
    table = workload.users(options.users)
    compiling, _, _ = best_times(lambda: contenders.Muster(rules, 1), 3)
    print(f"Muster compiles the rules in {compiling * 1e3:,.1f} ms")
    times = {
        "compile": compiling,
        "counts": run(
            "Counts", COUNTS, rules, table, options,
            lambda contender, users: contender.counts(users),
            lambda _, answer: answer.astype(np.uint64),
            np.array_equal,
        ),
        "pairs": run(
            "Pairs", PAIRS, rules, table, options,
            lambda contender, users: contender.pairs(users),
            lambda contender, answer: contender.by_rule(answer),
            lambda a, b: all(map(np.array_equal, a, b)),
        ),
    }
    if options.json:
        with open(options.json, "w", encoding="utf-8") as out:
            json.dump(times, out, indent=1)


if __name__ == "__main__":
    main()
