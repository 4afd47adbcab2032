"""Who answers: each takes an Arrow table and gives, for every rule, how many users it is true for,
or all (rule, user) pairs as two arrays, by rule, then user (from 0).

What depends on the rules alone is done when a contender is made, as far as it can be.
"""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow as pa
from workload import FLAGS, NUMBERS, Rule

SLICE = 1 << 16  # users that NumPy works on at a time: their masks stay in the second-level cache


class Muster:
    def __init__(self, rules: list[Rule], threads: int) -> None:
        import muster

        tags = [{"name": f"t{k}", "type": "bool"} for k in range(FLAGS)]
        tags += [{"name": f"n{k}", "type": "number"} for k in range(NUMBERS)]
        policies = [
            {"id": f"R{i}", "name": f"R{i}", "segment": rule.text()} for i, rule in enumerate(rules)
        ]
        catalogue = json.dumps({"schema": {"tags": tags}, "policies": policies})
        self._rules = muster.Catalogue(catalogue).compile()
        self._threads = threads

    def counts(self, table: pa.Table) -> np.ndarray:
        return self._rules.match(table, threads=self._threads).counts(threads=self._threads)

    def pairs(self, table: pa.Table) -> tuple[np.ndarray, np.ndarray]:
        match = self._rules.match(table, threads=self._threads)
        return pa.record_batch(match.pairs(threads=self._threads))

    @staticmethod
    def by_rule(pairs: pa.RecordBatch) -> tuple[np.ndarray, np.ndarray]:
        rule = pairs["policy"].indices.to_numpy()
        order = np.argsort(rule, kind="stable")
        return rule[order], pairs["user"].to_numpy()[order] - 1


class DuckDB:
    """One query for all rules."""

    def __init__(self, rules: list[Rule], threads: int) -> None:
        import duckdb

        self._rules = rules
        self._connection = duckdb.connect(config={"threads": threads})

    def counts(self, table: pa.Table) -> np.ndarray:
        self._connection.register("users", table)
        counts = ", ".join(f"count(*) FILTER (WHERE {r.text()})" for r in self._rules)
        return np.array(self._connection.execute(f"SELECT {counts} FROM users").fetchall()[0])


class DuckDBEach(DuckDB):
    """One query a rule."""

    def counts(self, table: pa.Table) -> np.ndarray:
        self._connection.register("users", table)
        query = "SELECT count(*) FROM users WHERE "
        return np.array(
            [self._connection.execute(query + r.text()).fetchall()[0][0] for r in self._rules]
        )

    def pairs(self, table: pa.Table) -> tuple[np.ndarray, np.ndarray]:
        numbered = table.append_column("user", pa.array(np.arange(len(table))))
        self._connection.register("numbered", numbered)
        query = "SELECT user FROM numbered WHERE "
        found = [
            self._connection.execute(query + r.text()).fetchnumpy()["user"] for r in self._rules
        ]
        return _joined(found)

    @staticmethod
    def by_rule(pairs: tuple[np.ndarray, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        order = np.lexsort((pairs[1], pairs[0]))
        return pairs[0][order], pairs[1][order]


class Polars:
    """Lazy, all rules in one collect. Its threads are those of the process, set beforehand."""

    def __init__(self, rules: list[Rule], threads: int) -> None:
        import polars as pl

        if pl.thread_pool_size() != threads:
            raise RuntimeError(f"polars has {pl.thread_pool_size()} threads, not {threads}")
        self._pl = pl
        self._masks = [self._mask(rule) for rule in rules]

    def _mask(self, rule: Rule):
        pl = self._pl
        parts = [pl.col(f"t{k}") for k in rule.all] + [~pl.col(f"t{k}") for k in rule.none]
        if rule.any:
            parts.append(pl.any_horizontal(*[pl.col(f"t{k}") for k in rule.any]))
        if rule.number:
            n, low, high = rule.number
            parts += [pl.col(f"n{n}") >= low, pl.col(f"n{n}") < high]
        mask = parts[0]
        for part in parts[1:]:
            mask = mask & part
        return mask

    def counts(self, table: pa.Table) -> np.ndarray:
        frame = self._pl.from_arrow(table).lazy()
        sums = [mask.sum().alias(str(i)) for i, mask in enumerate(self._masks)]
        return np.array(frame.select(sums).collect().row(0))

    def pairs(self, table: pa.Table) -> tuple[np.ndarray, np.ndarray]:
        frame = self._pl.from_arrow(table).lazy()
        found = [mask.arg_true().implode().alias(str(i)) for i, mask in enumerate(self._masks)]
        return _joined([column[0].to_numpy() for column in frame.select(found).collect()])

    @staticmethod
    def by_rule(pairs: tuple[np.ndarray, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        return pairs


class NumPy:
    """Arrays of one byte a boolean, slices of users dealt out to threads."""

    def __init__(self, rules: list[Rule], threads: int) -> None:
        self._rules = rules
        self._threads = threads

    def _columns(self, table: pa.Table) -> dict[str, np.ndarray]:
        return {name: table[name].to_numpy() for name in table.column_names}

    def _mask(self, rule: Rule, columns: dict[str, np.ndarray], part: slice) -> np.ndarray:
        mask = np.ones(part.stop - part.start, dtype=bool)
        for k in rule.all:
            mask &= columns[f"t{k}"][part]
        for k in rule.none:
            mask &= ~columns[f"t{k}"][part]
        if rule.any:
            some = columns[f"t{rule.any[0]}"][part].copy()
            for k in rule.any[1:]:
                some |= columns[f"t{k}"][part]
            mask &= some
        if rule.number:
            n, low, high = rule.number
            values = columns[f"n{n}"][part]
            mask &= (values >= low) & (values < high)
        return mask

    def _for_slices(self, users: int, work):
        parts = [slice(at, min(at + SLICE, users)) for at in range(0, users, SLICE)]
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(work, parts))

    def counts(self, table: pa.Table) -> np.ndarray:
        columns = self._columns(table)

        def count(part: slice) -> list[int]:
            return [np.count_nonzero(self._mask(r, columns, part)) for r in self._rules]

        return np.sum(self._for_slices(len(table), count), axis=0)

    def pairs(self, table: pa.Table) -> tuple[np.ndarray, np.ndarray]:
        columns = self._columns(table)

        def find(part: slice) -> list[np.ndarray]:
            return [np.flatnonzero(self._mask(r, columns, part)) + part.start for r in self._rules]

        found = self._for_slices(len(table), find)
        return _joined([np.concatenate(of_rule) for of_rule in zip(*found)])

    @staticmethod
    def by_rule(pairs: tuple[np.ndarray, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        return pairs


class NumPyPacked:
    """What a patient expert writes: bitwise operations on Arrow's own bitmaps, each bound of a
    number packed once, ones counted by ``bitwise_count``."""

    def __init__(self, rules: list[Rule], threads: int) -> None:
        self._rules = rules
        self._threads = threads
        numbers = [rule.number for rule in rules if rule.number]
        self._bounds = sorted({(n, bound) for n, low, high in numbers for bound in (low, high)})

    def _flag(self, table: pa.Table, name: str) -> np.ndarray:
        column = table[name].combine_chunks()
        if column.offset or column.null_count:
            raise RuntimeError(f"column {name} is sliced or has NULLs")
        return np.frombuffer(column.buffers()[1], dtype=np.uint8)[: (len(column) + 7) // 8]

    def counts(self, table: pa.Table) -> np.ndarray:
        flags = [self._flag(table, f"t{k}") for k in range(FLAGS)]
        numbers = [table[f"n{k}"].to_numpy() for k in range(NUMBERS)]
        known = np.packbits(np.ones(len(table), dtype=bool), bitorder="little")

        def pack(bound: tuple[int, int]) -> np.ndarray:
            return np.packbits(numbers[bound[0]] >= bound[1], bitorder="little")

        def count(rule: Rule) -> int:
            mask = known.copy()
            for k in rule.all:
                mask &= flags[k]
            for k in rule.none:
                mask &= ~flags[k]
            if rule.any:
                mask &= np.bitwise_or.reduce([flags[k] for k in rule.any])
            if rule.number:
                n, low, high = rule.number
                mask &= bounds[n, low] & ~bounds[n, high]
            return int(np.bitwise_count(mask).sum())

        with ThreadPoolExecutor(self._threads) as pool:
            bounds = dict(zip(self._bounds, pool.map(pack, self._bounds)))
            return np.array(list(pool.map(count, self._rules)))


def _joined(found: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    sizes = [len(users) for users in found]
    return np.repeat(np.arange(len(found)), sizes), np.concatenate(found)


def prepare(threads: int) -> None:
    """What has to be settled before a contender is imported."""
    os.environ["POLARS_MAX_THREADS"] = str(threads)
