"""Data frames of every make: equal to the dict of arrays, columns zero-copy or not."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from typing import Any

import duckdb
import muster as ms
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from tqdm import tqdm


def _polars(columns: dict[str, Any]) -> Any:
    return pl.DataFrame(columns)


def _polars_categorical(columns: dict[str, Any]) -> Any:
    return _polars(columns).with_columns(pl.col(pl.String).cast(pl.Categorical))


def _pandas(columns: dict[str, Any]) -> Any:
    return pd.DataFrame(columns)


def _pandas_categorical(columns: dict[str, Any]) -> Any:
    frame = _pandas(columns)
    texts = [name for name in frame if columns[name].dtype == object]
    return frame.astype({name: "category" for name in texts})


def _arrow(columns: dict[str, Any]) -> Any:
    return pa.table(columns)


def _sliced(columns: dict[str, Any]) -> Any:
    """Chunks of odd sizes, each a slice of something larger."""
    table = _arrow(columns)
    cuts = [0, 1, 8, 77, 1000, 1001, 5555, table.num_rows]
    pieces = [
        pa.concat_tables([table.slice(0, 3), table.slice(a, b - a)]).combine_chunks().slice(3)
        for a, b in zip(cuts, cuts[1:])
    ]
    return pa.concat_tables(pieces)


def _string_views(columns: dict[str, Any]) -> Any:
    table = _arrow(columns)
    views = [
        pa.string_view() if field.type == pa.string() else field.type for field in table.schema
    ]
    return table.cast(pa.schema(list(zip(table.column_names, views))))


def _large_strings(columns: dict[str, Any]) -> Any:
    table = _arrow(columns)
    large = [pa.large_string() if one.type == pa.string() else one.type for one in table.schema]
    return table.cast(pa.schema(list(zip(table.column_names, large))))


def _record_batch(columns: dict[str, Any]) -> Any:
    return _arrow(columns).combine_chunks().to_batches()[0]


def _duckdb(columns: dict[str, Any]) -> Any:
    table = _arrow(columns)
    return duckdb.connect().from_arrow(table)


@pytest.mark.parametrize(
    "frame",
    [
        _polars, _polars_categorical, _pandas, _pandas_categorical, _arrow, _sliced,
        _string_views, _large_strings, _record_batch, _duckdb,
    ],
)  # fmt: skip
def test_frames(
    frame: Callable[[dict[str, Any]], Any], telco: ms.Catalogue, customers: dict[str, Any]
) -> None:
    rules = telco.compile()
    first, matched = rules.match(frame(customers)).rows()
    expected_first, expected = rules.match(customers).rows()
    assert np.array_equal(first, expected_first) and np.array_equal(matched, expected)


def test_pairs_go_out_by_arrow(telco: ms.Catalogue, customers: dict[str, Any]) -> None:
    match = telco.compile().match(customers)
    pairs = match.pairs()
    table = pa.table(pairs)
    assert table.column_names == ["user", "policy"] and table.num_rows == len(pairs)
    assert pa.record_batch(pairs).equals(table.to_batches()[0])  # as often as one likes
    first, rules = match.rows()
    users = np.repeat(np.arange(len(match)), np.diff(first.astype(int))) + 1
    assert np.array_equal(table["user"].to_numpy(), users)
    assert table["policy"].to_pylist() == [match.policies[rule] for rule in rules]
    counted = pl.DataFrame(pairs).group_by("policy").len()
    sizes = dict(zip(counted["policy"].cast(pl.String), counted["len"]))
    assert sizes == dict(zip(match.policies, match.counts().tolist()))


def test_pairs_outlive_everything(telco: ms.Catalogue, customers: dict[str, Any]) -> None:
    table = pa.table(telco.compile().match(dict(customers)).pairs())
    assert table["policy"].combine_chunks().validate(full=True) is None


def test_scipy(telco: ms.Catalogue, customers: dict[str, Any]) -> None:
    match = telco.compile().match(customers)
    matrix = match.to_scipy()
    assert matrix.shape == (7043, 28) and matrix.dtype == bool
    assert np.array_equal(matrix[:, 6].toarray().ravel(), match["R07"])


def test_keys_name_the_users() -> None:
    keyed = ms.Catalogue.from_rules(
        [{"name": "fee", "type": "number"}], {"P": "fee > 1"}, key="customer"
    )
    table = pa.table({"customer": ["ann", "bob", "cy"], "fee": [1, 2, 3]})
    rules = keyed.compile()
    assert pa.table(rules.match(table).pairs())["user"].to_pylist() == ["bob", "cy"]
    assert rules.explain(table, user="bob", policy="P").matches


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pa.array([b"A"]), "plan"),
        (pa.array([1.5]), "plan"),
        (pa.array([["A"]]), "plan"),
        (pa.array([{"A": 1}]), "plan"),
    ],
)
def test_what_can_not_be_read_names_the_column(
    every_type: ms.Catalogue, column: Any, expected: str
) -> None:
    with pytest.raises(ms.DataTypeError, match=expected):
        every_type.users(pa.table({"plan": column}))


def test_a_producer_that_fails(every_type: ms.Catalogue) -> None:
    def broken() -> Any:
        yield pa.record_batch({"fee": [1.0]})
        raise RuntimeError("the disk is full")

    reader = pa.RecordBatchReader.from_batches(pa.schema([("fee", pa.float64())]), broken())
    with pytest.raises(ms.FileError, match="the disk is full"):
        every_type.users(reader)


def test_a_row_of_a_frame_is_a_user(telco: ms.Catalogue, customers: dict[str, Any]) -> None:
    rules = telco.compile()
    frame = pd.DataFrame(customers)
    missing = frame["total_charges"].isna().to_numpy().argmax()
    for at in (0, 17, missing):
        expected = [
            policy for policy in rules.policies if rules.match(frame[at : at + 1])[policy][0]
        ]
        assert rules.match_one(frame.iloc[at].to_dict()) == expected
        assert rules.match_one(pl.DataFrame(customers).row(at, named=True)) == expected


def test_pandas_missing_values_of_one_user(every_type: ms.Catalogue) -> None:
    row = {"loyal": pd.NA, "since": pd.NaT, "fee": pd.NA, "plan": None}
    assert every_type.compile().match_one(row) == ["unknown"]
    stamp = {"since": pd.Timestamp("2026-02-20"), "fee": 1}
    assert every_type.compile().match_one(stamp, today=dt.date(2026, 3, 1)) == ["since"]


def test_tqdm(telco: ms.Catalogue, customers: dict[str, Any]) -> None:
    with open(os.devnull, "w") as nowhere, tqdm(file=nowhere) as bar:
        telco.compile().match(customers, progress=bar)
        assert bar.n == bar.total and bar.n > 0
