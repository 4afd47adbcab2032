"""Programs end quietly while threads that nobody waits for are in the middle of work."""

from __future__ import annotations

import subprocess
import sys

import pytest

WORLD = """
import datetime as dt, threading, time
import muster as ms, numpy as np
tags = [{"name": f"n{i}", "type": "number"} for i in range(20)]
rules = {f"P{i}": f"n{i % 20} > {i % 97}" for i in range(300)}
catalogue = ms.Catalogue.from_rules(tags, rules)
users = {f"n{i}": np.arange(100_000) % 100 for i in range(20)}
now = dt.datetime(2026, 3, 1, tzinfo=dt.timezone.utc)
busy = threading.Event()

class History:
    def contacts(self, user):
        busy.set()
        time.sleep(0.001)
        return []
    def taken(self, policy):
        return 0, 0.0

def tell(done, total):
    busy.set()
    sum(range(10_000))

def forever(work):
    while True:
        work()
        busy.set()
"""

WORK = {
    "batches": "lambda: catalogue.overlaps(users)",
    "telling": "lambda: catalogue.overlaps(users, progress=tell)",
    "asking a history": "lambda: catalogue.funnel(users, history=History(), now=now)",
    "reading catalogues": "lambda: ms.Catalogue(catalogue.json)",
    "converting": "lambda: catalogue.users(users).table()",
}


@pytest.mark.parametrize("work", WORK)
def test_a_program_ends_amid_work(work: str) -> None:
    script = f"""{WORLD}
for _ in range(3):
    threading.Thread(target=forever, args=({WORK[work]},), daemon=True).start()
assert busy.wait(60)
time.sleep(0.1)
print("end")
"""
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=120)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"end\n", b"")
