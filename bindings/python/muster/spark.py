"""Matching on Apache Spark: the rules travel to the executors, each user is matched where it is.

Needs PySpark 4 and pyarrow, and Muster on every worker.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from ._arrow import with_key
from ._catalogue import Catalogue
from ._rule_set import RuleSet

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

    Batches = Iterator[pa.RecordBatch]

#: Rule sets of this worker by the hash of their bytes, so that a task does not load them again.
_loaded: dict[bytes, RuleSet] = {}
MAX_LOADED = 8  #: the oldest is dropped for a ninth


def _rules_of(digest: bytes, saved: bytes) -> RuleSet:
    rules = _loaded.get(digest)
    if rules is None:
        while len(_loaded) >= MAX_LOADED:
            _loaded.pop(next(iter(_loaded)))
        rules = _loaded[digest] = RuleSet.from_bytes(saved)
    return rules


def _shipped(rules: RuleSet) -> Callable[[], RuleSet]:
    """A function that pickles as the rules' bytes and gives the worker's copy of them."""
    saved = rules.to_bytes()
    digest = hashlib.blake2b(saved, digest_size=16).digest()
    return lambda: _rules_of(digest, saved)


def _key_columns(df: DataFrame, catalogue: Catalogue, key: str | list[str] | None) -> list[str]:
    key = key or catalogue.key
    if not key:
        raise ValueError("the schema has no key column: say which columns name a user (key=)")
    keys = [key] if isinstance(key, str) else list(key)
    for one in keys:
        if one not in df.columns:
            raise ValueError(f"there is no column '{one}' to name users by")
    return keys


def match(
    df: DataFrame,
    catalogue: Catalogue,
    *,
    key: str | list[str] | None = None,
    today: dt.date | None = None,
) -> DataFrame:
    """Every (user, policy) that match: a frame of the key's columns and ``policy``, a string.

    Args:
        df: a column a tag, by name; see ``Catalogue.users`` for their types.
        key: columns that name a user; the schema's key column if None.
        today: for rules on days; settled here, so that all executors agree.

    Raises:
        ValueError: no such key. What a worker raises comes as Spark's own error, with the text.
    """
    from pyspark.sql.types import StringType, StructField, StructType

    keys = _key_columns(df, catalogue, key)
    rules, day = _shipped(catalogue.compile()), _day(today)

    def matched(batches: Batches) -> Batches:
        import pyarrow as pa

        here = rules()
        ids = pa.array(here.policies, pa.string())
        for batch in batches:
            first, found = here.match(_keyed(batch, here), today=day, threads=1).rows()
            counts = first[1:] - first[:-1]
            users = pa.array(_repeat(counts))
            columns = [batch.column(one).take(users) for one in keys]
            columns.append(ids.take(pa.array(found)))
            yield pa.RecordBatch.from_arrays(columns, names=[*keys, "policy"])

    fields = [df.schema[one] for one in keys]
    return df.mapInArrow(matched, StructType([*fields, StructField("policy", StringType(), False)]))


def audience(
    df: DataFrame, catalogue: Catalogue, rule: str, *, today: dt.date | None = None
) -> DataFrame:
    """The rows of users for whom a rule is TRUE; it may name the catalogue's segments.

    Raises:
        RuleError: here, not on a worker.
    """
    one = _one_rule(catalogue, rule)
    rules, day = _shipped(one.compile()), _day(today)

    def fitting(batches: Batches) -> Batches:
        import pyarrow as pa

        here = rules()
        for batch in batches:
            mask = here.match(_keyed(batch, here), today=day, threads=1)[here.policies[0]]
            yield batch.filter(pa.array(mask))

    return df.mapInArrow(fitting, df.schema)


def _one_rule(catalogue: Catalogue, rule: str) -> Catalogue:
    """A catalogue of that rule alone. Raises RuleError."""
    catalogue._core.compile_rules([rule])
    schema = json.loads(catalogue.schema_json)
    return Catalogue.from_rules(
        schema["tags"], {"rule": rule}, key=schema.get("key", ""), segments=catalogue.segments
    )


def _keyed(batch: pa.RecordBatch, rules: RuleSet) -> pa.RecordBatch:
    """Who is named otherwise, or not at all, needs no key column."""
    return with_key(batch, rules.catalogue.key)


def _day(today: dt.date | None) -> dt.date:
    return dt.date.today() if today is None else today


def _repeat(counts: Any) -> Any:
    """Each position as often as its count says."""
    return np.repeat(np.arange(len(counts), dtype=np.int64), counts.astype(np.int64))
