"""Long work: progress, threads, and Ctrl-C."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import muster as ms
import numpy as np
import pytest

USERS, RULES = 400_000, 700


@pytest.fixture(scope="module")
def wide() -> tuple[ms.Catalogue, ms.Users]:
    """A population whose overlaps take longer than a moment."""
    tags = [{"name": f"n{i}", "type": "number"} for i in range(40)]
    rules = {f"P{i}": f"n{i % 40} > {i % 97} AND n{(i * 7 + 3) % 40} < {i % 89}"
             for i in range(RULES)}  # fmt: skip
    catalogue = ms.Catalogue.from_rules(tags, rules)
    random = np.random.default_rng(1)
    columns = {tag["name"]: random.integers(0, 100, USERS) for tag in tags}
    return catalogue, catalogue.users(columns)


def _late(work: Callable[[], object], after: float = 0.1) -> float:
    """Seconds from a signal in the middle of work until the work has ended."""
    sent = 0.0

    def interrupt() -> None:
        nonlocal sent
        sent = time.monotonic()
        os.kill(os.getpid(), signal.SIGINT)

    # Whoever started the tests may ignore the signal, as shells do in the background.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    timer = threading.Timer(after, interrupt)
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            for _ in range(100):  # whatever a machine needs for one
                work()
        late = time.monotonic() - sent
    finally:
        timer.join()
        signal.signal(signal.SIGINT, before)
    assert sent > 0
    return late


def test_a_signal_stops_work_within_100_ms(wide: tuple[ms.Catalogue, ms.Users]) -> None:
    catalogue, users = wide
    match = catalogue.compile().match(users)
    assert min(_late(match.overlaps) for _ in range(3)) < 0.1  # the best: a machine may be busy
    assert match.counts().shape == (RULES,)  # nothing is left behind


def test_a_signal_stops_a_diff_wherever_it_is(wide: tuple[ms.Catalogue, ms.Users]) -> None:
    """Matching, comparing, handing over; a few may be late, as a machine may be busy."""
    catalogue, users = wide
    tags = [{"name": tag.name, "type": tag.type} for tag in catalogue.tags]
    rules = {one.id: one.segment for one in catalogue.policies[:200]}
    before = ms.Catalogue.from_rules(tags, rules)
    after = ms.Catalogue.from_rules(tags, {one: rules[one] for one in rules if one[-1] != "0"})
    users.table()  # made once
    begin = time.monotonic()
    diff = before.diff(after, users)
    lasts = time.monotonic() - begin
    assert len(diff.user) > USERS and not diff.gained.any()
    parts = np.linspace(0.3, 1, 9)
    late = [_late(lambda: before.diff(after, users), part * lasts) for part in parts]
    assert sorted(late)[-3] < 0.1, late


def test_a_signal_stops_copying_users() -> None:
    """One batch of them, as planning reads it."""
    tags = [{"name": f"n{i}", "type": "number"} for i in range(40)]
    catalogue = ms.Catalogue.from_rules(tags, {"P": "n1 > 1"})
    users = {tag["name"]: np.zeros(1_000_000) for tag in tags}
    read = catalogue.users(users)
    assert min(_late(read._core.to_table) for _ in range(4)) < 0.1


def test_progress_is_told(wide: tuple[ms.Catalogue, ms.Users]) -> None:
    catalogue, users = wide
    told: list[tuple[int, int]] = []
    match = catalogue.compile().match(users)
    match.counts(progress=lambda done, total: told.append((done, total)))
    assert told and told[-1][0] == told[-1][1] > 0
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_progress_bars(wide: tuple[ms.Catalogue, ms.Users]) -> None:
    class Bar:  # as tqdm has it
        n, total = 0, None

        def update(self, n: int) -> None:
            self.n += n

    catalogue, users = wide
    bar: Any = Bar()
    catalogue.compile().match(users).counts(progress=bar)
    assert bar.n == bar.total > 0


def test_reading_users_tells_progress() -> None:
    catalogue = ms.Catalogue.from_rules([{"name": "n", "type": "number"}], {"P": "n > 1"})
    told: list[tuple[int, int]] = []
    users = {"n": np.arange(100_000)}
    catalogue.compile().match(users, progress=lambda done, total: told.append((done, total)))
    assert told and told[-1][0] == told[-1][1] > 0


def test_what_progress_raises_goes_on(wide: tuple[ms.Catalogue, ms.Users]) -> None:
    catalogue, users = wide

    def refuse(done: int, total: int) -> None:
        raise RuntimeError(f"enough at {done} of {total}")

    with pytest.raises(RuntimeError, match="^enough at"):
        catalogue.compile().match(users).overlaps(progress=refuse)


def test_other_threads_run_meanwhile(wide: tuple[ms.Catalogue, ms.Users]) -> None:
    """The GIL is free: another thread goes on counting while a batch runs."""
    catalogue, users = wide
    match = catalogue.compile().match(users)
    ticks, stop = 0, threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not stop.wait(0.001):
            ticks += 1

    other = threading.Thread(target=tick)
    other.start()
    begin = time.monotonic()
    match.counts(threads=1)
    for _ in range(5):
        match.counts(threads=1)
    lasted = time.monotonic() - begin
    stop.set()
    other.join()
    assert ticks > lasted / 0.001 / 20


def test_many_threads_share_a_rule_set(telco: ms.Catalogue, customers: dict[str, Any]) -> None:
    rules = telco.compile()
    expected = rules.match(customers).counts().tolist()
    found: list[list[int]] = []
    workers = [
        threading.Thread(target=lambda: found.append(rules.match(customers).counts().tolist()))
        for _ in range(8)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert found == [expected] * 8
