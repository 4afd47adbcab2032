"""Matching inside DuckDB's SQL: ``SELECT muster_match(users) FROM users``. Needs duckdb, pyarrow."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import numpy as np

from ._catalogue import Catalogue

if TYPE_CHECKING:
    import duckdb

_TYPES = {
    "bool": "BOOLEAN",
    "category": "VARCHAR",
    "set": "VARCHAR[]",
    "number": "DOUBLE",
    "date": "DATE",
}


def struct_type(catalogue: Catalogue) -> str:
    """The SQL type of a user: a STRUCT with a field for each tag that is not derived."""
    fields = [
        '"' + tag.name.replace('"', '""') + '" ' + _TYPES[tag.type]
        for tag in catalogue.tags
        if not tag.derived
    ]
    return f"STRUCT({', '.join(fields)})"


def register(
    con: duckdb.DuckDBPyConnection,
    catalogue: Catalogue,
    *,
    name: str = "muster_match",
    today: dt.date | None = None,
) -> None:
    """Adds a function of one user to a connection: the ids of the policies that fit, VARCHAR[].

    The user is a STRUCT with a field for each tag that is not derived, in any order and among
    others; a table's own name stands for its row::

        SELECT customer_id, muster_match(users) FROM users

    Args:
        today: for rules on days; the machine's own day at each call if None.

    Raises:
        DataError, DataTypeError: from the query, as DuckDB's own error with Muster's text in it.
    """
    import pyarrow as pa

    rules = catalogue.compile()
    ids = pa.array(rules.policies, pa.string())

    def match(users: Any) -> Any:
        columns = users.combine_chunks() if isinstance(users, pa.ChunkedArray) else users
        names = [field.name for field in columns.type]
        batch = pa.RecordBatch.from_arrays(columns.flatten(), names=names)
        first, found = rules.match(batch, today=today, threads=1).rows()
        offsets = pa.array(first.astype(np.int32))
        return pa.ListArray.from_arrays(offsets, ids.take(pa.array(found)))

    con.create_function(
        name,
        match,
        [con.type(struct_type(catalogue))],
        con.type("VARCHAR[]"),
        type="arrow",  # type: ignore[arg-type]
        null_handling="special",  # type: ignore[arg-type]
    )
