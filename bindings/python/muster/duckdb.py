"""Matching inside DuckDB's SQL: ``SELECT muster_match(users) FROM users``. Needs duckdb, pyarrow."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import numpy as np

from ._arrow import with_key
from ._catalogue import Catalogue

if TYPE_CHECKING:
    import duckdb


def register(
    con: duckdb.DuckDBPyConnection,
    catalogue: Catalogue,
    *,
    name: str = "muster_match",
    today: dt.date | None = None,
) -> None:
    """Adds a function of one user to a connection: the ids of the policies that fit, VARCHAR[].

    The user is a STRUCT with a field a tag, in any order and among others, of the types that
    ``Catalogue.users`` reads; the key is not asked for. A table's own name stands for its row::

        SELECT customer_id, muster_match(users) FROM users

    A user that is NULL is one of whom nothing is known.

    Args:
        today: for rules on days; the machine's own day at each call if None.

    Raises:
        DataError, DataTypeError: from the query, as DuckDB's own error with Muster's text in it.
    """
    import pyarrow as pa
    from duckdb.func import FunctionNullHandling, PythonUDFType

    rules = catalogue.compile()
    ids = pa.array(rules.policies, pa.string())

    def match(*users: Any) -> Any:
        (given,) = users
        whole = given.combine_chunks() if isinstance(given, pa.ChunkedArray) else given
        if not pa.types.is_struct(whole.type):
            raise TypeError(f"{name} takes one user, a STRUCT with a field a tag")
        names = [field.name for field in whole.type]
        batch = pa.RecordBatch.from_arrays(whole.flatten(), names=names)
        batch = with_key(batch, catalogue.key)
        first, found = rules.match(batch, today=today, threads=1).rows()
        return pa.ListArray.from_arrays(first.astype(np.int32), ids.take(pa.array(found)))

    con.create_function(
        name,
        match,
        None,  # any type: rows of one table differ from those of another
        con.type("VARCHAR[]"),
        type=PythonUDFType.ARROW,
        null_handling=FunctionNullHandling.SPECIAL,
    )
