"""The synthetic workload of bench/workload.hpp, to the bit: users as Arrow columns, W1's rules."""

from __future__ import annotations

import bisect
import itertools
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

FLAGS = 200
NUMBERS = 4
_GAMMA = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1
_DRAWS = FLAGS + NUMBERS  # of random numbers a user


def _mix(z):
    """splitmix64's output for states, as integers or as an array of uint64."""
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & _MASK
    z = (z ^ z >> 27) * 0x94D049BB133111EB & _MASK
    return z ^ z >> 31


def _mix_array(z: np.ndarray) -> np.ndarray:
    z = (z ^ z >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ z >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return z ^ z >> np.uint64(31)


def users(count: int) -> pa.Table:
    """Booleans t0 … t199 and int64s n0 … n3; column k's draws are every 204th of one sequence."""
    firsts = np.arange(count, dtype=np.uint64) * np.uint64(_DRAWS) + np.uint64(1)
    columns = {}
    for k in range(_DRAWS):
        draws = _mix_array((firsts + np.uint64(k)) * np.uint64(_GAMMA) + np.uint64(42))
        if k < FLAGS:
            chance = 0.7 / np.sqrt(k + 1.0)
            columns[f"t{k}"] = pa.array((draws >> np.uint64(11)) * 2.0**-53 < chance)
        else:
            below = (draws >> np.uint64(32)) * np.uint64(100) >> np.uint64(32)
            columns[f"n{k - FLAGS}"] = pa.array(below.astype(np.int64))
    return pa.table(columns)


@dataclass
class Rule:
    """All of ``all``, none of ``none``, one of ``any`` if there are any, and a range if any."""

    all: list[int] = field(default_factory=list)
    none: list[int] = field(default_factory=list)
    any: list[int] = field(default_factory=list)
    number: tuple[int, int, int] | None = None  # which, low <= n < high

    def text(self) -> str:
        """As a rule, which is as SQL."""
        parts = [f"t{k}" for k in self.all] + [f"NOT t{k}" for k in self.none]
        if self.any:
            parts.append("(" + " OR ".join(f"t{k}" for k in self.any) + ")")
        if self.number:
            n, low, high = self.number
            parts.append(f"n{n} >= {low} AND n{n} < {high}")
        return " AND ".join(parts)


class _Random:
    def __init__(self, seed: int) -> None:
        self._state = seed

    def next(self) -> int:
        self._state = self._state + _GAMMA & _MASK
        return _mix(self._state)

    def u(self) -> float:
        return (self.next() >> 11) * 2.0**-53

    def below(self, bound: int) -> int:
        return (self.next() >> 32) * bound >> 32


_SUMS = list(itertools.accumulate(1 / np.sqrt(k + 1.0) for k in range(FLAGS)))


def _pick(random: _Random, used: set[int]) -> int:
    while True:
        flag = min(bisect.bisect_left(_SUMS, random.u() * _SUMS[-1]), FLAGS - 1)
        if flag not in used:
            used.add(flag)
            return flag


def _rule(random: _Random) -> Rule:
    rule, used = Rule(), set()
    kind, size, group = random.u(), 3 + random.below(6), 0
    if 0.6 <= kind < 0.8:
        group = 2 + random.below(min(3, size - 2))
    ranged = kind >= 0.8
    for _ in range(size - min(size, group + ranged)):
        flag = _pick(random, used)
        (rule.none if random.u() < 0.2 else rule.all).append(flag)
    rule.any = [_pick(random, used) for _ in range(group)]
    if ranged:
        number, width = random.below(NUMBERS), 1 + random.below(5)
        low = random.below(11 - width)
        rule.number = (number, 10 * low, 10 * (low + width))
    return rule


def rules(count: int) -> list[Rule]:
    random = _Random(7920)
    return [_rule(random) for _ in range(count)]
