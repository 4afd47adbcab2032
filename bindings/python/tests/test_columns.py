"""Dicts of NumPy arrays: every kind of array that a tag reads, and what is refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import muster as ms
import numpy as np
import pytest

TODAY = dt.date(2026, 3, 1)
OBJ = object


def _arr(*values: Any, dtype: Any = OBJ) -> Any:
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made.astype(dtype)


def _days(*texts: str) -> Any:
    return np.array(texts, dtype="datetime64[D]")


@pytest.mark.parametrize(
    ("tag", "column", "rule", "expected"),
    [
        ("loyal", np.array([True, False]), "loyal", [True, False]),
        ("loyal", np.array([1, 0], np.int8), "loyal", [True, False]),
        ("loyal", _arr(True, None, False), "loyal", [True, False, False]),
        ("loyal", _arr(True, None, False), "not_loyal", [False, False, True]),
        ("loyal", np.ma.array([True, True], mask=[False, True]), "loyal", [True, False]),
        ("plan", _arr("A", None, "大流量", "B"), "plan", [True, False, True, False]),
        ("plan", _arr("A", float("nan"), "B"), "not_plan", [False, False, True]),
        ("plan", np.array(["B", "大流量"]), "plan", [False, True]),
        ("plan", np.ma.array(["A", "A"], mask=[True, False]), "plan", [False, True]),
        ("likes", _arr(["video"], None, {"game"}, ("game", "video"), []), "likes",
         [True, False, False, True, False]),
        ("likes", [["video"], None, ["game", "video"]], "likes", [True, False, True]),
        ("likes", [["video"], ["game"]], "likes", [True, False]),
        ("fee", [9, None, 10], "fee", [False, False, True]),
        ("fee", np.array([9.5, np.nan, 10]), "fee", [False, False, True]),
        ("fee", np.array([9.5, np.nan, 10]), "unknown", [False, True, False]),
        ("fee", np.array([9, 10], np.uint8), "fee", [False, True]),
        ("fee", np.array([9, 10], ">i4"), "fee", [False, True]),
        ("fee", np.array([9, 10], np.float16), "fee", [False, True]),
        ("fee", np.array([9, 10, 11, 12])[::2], "fee", [False, True]),
        ("fee", np.ma.array([10, 10], mask=[True, False]), "fee", [False, True]),
        ("fee", _arr(12, None, 9.5), "fee", [True, False, False]),
        ("fee", _arr(None, None), "unknown", [True, True]),
        ("fee", _arr(Decimal("9.5"), Decimal("10"), None), "fee", [False, True, False]),
        ("fee", _arr(10**30, 9), "fee", [True, False]),
        ("since", _days("2026-02-20", "NaT", "2025-01-01"), "since", [True, False, False]),
        ("since", _days("2026-02-20", "2025-01-01").astype("datetime64[ns]"), "since",
         [True, False]),
        ("since", _arr(dt.date(2026, 2, 20), None), "since", [True, False]),
        ("since", _arr(dt.date(2026, 2, 20), float("nan")), "since", [True, False]),
    ],
)  # fmt: skip
def test_arrays(
    every_type: ms.Catalogue, tag: str, column: Any, rule: str, expected: list[bool]
) -> None:
    match = every_type.compile().match({tag: column}, today=TODAY)
    assert match[rule].tolist() == expected


@pytest.mark.parametrize(
    ("columns", "kind", "text"),
    [
        ({"fee": np.array(["12"])}, ms.DataTypeError, "fee"),
        ({"plan": np.array([1.5])}, ms.DataTypeError, "plan"),
        ({"fee": np.array([1j])},
         ms.DataTypeError, "column 'fee' can not be read from an array of complex128"),
        ({"fee": _arr(object)},
         ms.DataTypeError, "column 'fee' can not be read from an array of type"),
        ({"plan": _arr("A", 3)}, ms.DataTypeError, "column 'plan': expected str, not int"),
        ({"fee": np.zeros((2, 2))}, ms.DataError, "column 'fee' has 2 dimensions instead of 1"),
        ({"fee": np.zeros(2), "loyal": np.zeros(3, bool)},
         ms.DataError, "column 'loyal' has 3 values, column 'fee' 2"),
        ({"plan": _arr("A", "C")}, ms.DataError, "plan"),
        ({"loyal": _arr(True, "False")},
         ms.DataTypeError, "column 'loyal' can not be read from an array of bool and str"),
        ({"likes": _arr(["game"], "video")},
         ms.DataTypeError, "column 'likes': expected a collection of str, not str"),
        ({"fee": _arr(10**400)},
         ms.DataTypeError, "column 'fee' can not be read from an array of so large an int"),
        ({1: np.zeros(2)}, ms.DataTypeError, "a column is named by a str, not by int"),
    ],
)  # fmt: skip
def test_what_can_not_be_read_names_its_column(
    every_type: ms.Catalogue, columns: Any, kind: Any, text: str
) -> None:
    with pytest.raises(kind) as refused:
        every_type.compile().match(columns)
    assert text in str(refused.value)


def test_a_missing_column_is_named(telco: ms.Catalogue, customers: dict[str, Any]) -> None:
    rest = {name: column for name, column in customers.items() if name != "tenure"}
    with pytest.raises(ms.DataError, match="tenure") as refused:
        telco.users(rest)
    assert refused.value.code == "missing_column"


def test_something_that_is_no_frame(telco: ms.Catalogue) -> None:
    with pytest.raises(TypeError, match="__arrow_c_stream__ or __arrow_c_array__.*not as int"):
        telco.users(3)


def test_memory_of_arrays_is_kept_while_it_is_read(every_type: ms.Catalogue) -> None:
    users = every_type.users({"fee": np.full(100_000, 12.0)})
    junk = [np.zeros(100_000) for _ in range(8)]
    assert every_type.compile().match(users)["fee"].all() and junk


def test_integers_that_nothing_holds_are_refused() -> None:
    catalogue = ms.Catalogue.from_rules([{"name": "n", "type": "number"}], {"P": "n > 1"})
    with pytest.raises(ms.DataError, match="'n' has 18446744073709551615 in row 2, which neither"):
        catalogue.users({"n": np.array([1, 2**64 - 1], dtype=np.uint64)})
    exact = {"n": np.array([2**63, 0], dtype=np.uint64)}
    assert catalogue.compile().match(exact).counts().tolist() == [1]
