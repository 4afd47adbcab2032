"""Many calls of each kind leave the resident size flat."""

from __future__ import annotations

import datetime as dt
import gc
import os
import pickle
from collections.abc import Callable
from typing import Any

import muster as ms
import numpy as np
import pytest

#: Calls of each kind are this many times those listed below; a million with MUSTER_LEAK_CALLS=100.
TIMES = int(os.environ.get("MUSTER_LEAK_CALLS", "1"))
GROWTH = 2 << 20  # bytes that pools and fragments may take
NOW = dt.datetime(2026, 3, 2, tzinfo=dt.timezone.utc)
ROW = {"loyal": True, "plan": "A", "likes": ["video"], "fee": 12.5, "since": "2026-02-20"}


def _resident() -> int:
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _frame() -> dict[str, Any]:
    return {
        "loyal": np.ones(500, bool),
        "plan": np.array(["A", None] * 250, dtype=object),
        "likes": np.array([["video"], None] * 250, dtype=object),
        "fee": np.linspace(0, 20, 500),
        "since": np.full(500, np.datetime64("2026-02-20")),
    }


def _calls(catalogue: ms.Catalogue) -> dict[str, tuple[int, Callable[[], object]]]:
    rules, engine = catalogue.compile(), ms.Engine(catalogue)
    users, prepared = catalogue.users(_frame()), rules.prepare(ROW)
    match = rules.match(users)
    ready = engine.prepare(ROW, key="c", now=NOW)
    record = engine.decide(ROW, key="c", now=NOW).record

    def refused() -> None:
        with pytest.raises(ms.RuleError):
            catalogue._core.compile_rules(["fe > 1"])
        with pytest.raises(ms.DataTypeError):
            catalogue.user({"fee": "x"})

    def out() -> None:
        pairs = match.pairs()
        pairs.__arrow_c_array__()
        pairs.__arrow_c_stream__()

    return {
        "user": (10_000, lambda: catalogue.user(ROW)),
        "match one": (10_000, lambda: rules.match_one(ROW)),
        "match prepared": (10_000, lambda: rules.match_one(prepared)),
        "decide": (5_000, lambda: engine.decide(ROW, key="c", now=NOW).offers),
        "decide prepared": (10_000, lambda: engine.decide(ready, now=NOW)),
        "prepare": (10_000, lambda: engine.prepare(ROW, now=NOW)),
        "replay": (2_000, lambda: engine.replay(record)),
        "explain record": (500, lambda: engine.explain(record, "fee")),
        "explain": (500, lambda: rules.explain(users, user=7, policy="fee")),
        "users": (200, lambda: catalogue.users(_frame())),
        "match": (200, lambda: (rules.match(users).counts(), match["fee"], match.rows())),
        "pairs out": (500, out),
        "funnel": (200, lambda: engine.funnel(users, now=NOW)),
        "compile": (200, lambda: ms.Catalogue(catalogue.json).compile()),
        "pickle": (200, lambda: pickle.loads(pickle.dumps(rules))),
        "refused": (1_000, refused),
    }


KINDS = ["user", "match one", "match prepared", "decide", "decide prepared", "prepare",
         "replay", "explain record", "explain", "users", "match", "pairs out", "funnel",
         "compile", "pickle", "refused"]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_flat(kind: str, every_type: ms.Catalogue) -> None:
    calls, call = _calls(every_type)[kind]
    for _ in range(calls // 2):
        call()
    gc.collect()
    before = _resident()
    for _ in range(calls * TIMES):
        call()
    gc.collect()
    assert _resident() - before < GROWTH
