"""A dict of NumPy arrays as an Arrow record batch: zero-copy for numbers and booleans."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import numpy as np

from . import _core
from ._errors import DataError, DataTypeError

_FORMATS = {
    "b1": "C",  # a byte each, 0 or 1
    "i1": "c", "u1": "C", "i2": "s", "u2": "S", "i4": "i", "u4": "I", "i8": "l", "u8": "L",
    "f2": "e", "f4": "f", "f8": "g",
}  # fmt: skip


def _bitmap(mask: Any) -> Any:
    """Arrow's validity of a mask that is True where values are missing; None where none is."""
    if mask is None or not np.any(mask):
        return None
    return np.packbits(~np.asarray(mask, dtype=bool), bitorder="little")


def _text(name: str, texts: list[str]) -> _core.Column:
    data = [text.encode() for text in texts]
    ends = np.cumsum([len(one) for one in data], dtype=np.int64)
    offsets = np.concatenate([np.zeros(1, np.int64), ends])
    buffer = np.frombuffer(b"".join(data) or b"\0", dtype=np.uint8)
    return _core.Column(name, "U", len(texts), [None, offsets, buffer])


def _dictionary(name: str, codes: Any, texts: list[str], mask: Any) -> _core.Column:
    return _core.Column(
        name, "i", len(codes), [_bitmap(mask), codes], dictionary=[_text(name, texts)]
    )


def _texts(name: str, values: Any, mask: Any) -> _core.Column:
    codes, texts = _core.intern(values.tolist())
    missing = codes < 0
    return _dictionary(name, codes, texts, missing if mask is None else missing | mask)


def _sets(name: str, values: Any) -> _core.Column:
    known, offsets, codes, texts = _core.intern_sets(values.tolist())
    members = _dictionary("item", codes, texts, None)
    return _core.Column(name, "+l", len(known), [_bitmap(known == 0), offsets], [members])


def _dates(name: str, values: Any, mask: Any) -> _core.Column:
    days = values.astype("datetime64[D]")
    missing = np.isnat(days)
    whole = np.where(missing, 0, days.astype(np.int64)).astype(np.int32)
    return _core.Column(
        name, "tdD", len(whole), [_bitmap(missing if mask is None else missing | mask), whole]
    )


def _refused(name: str, what: str) -> DataTypeError:
    return DataTypeError(f"column '{name}' can not be read from an array of {what}", "wrong_type")


def _booleans(name: str, values: Any, missing: Any) -> _core.Column:
    for value in values[~missing]:
        if not isinstance(value, (bool, np.bool_)):
            raise _refused(name, f"bool and {type(value).__name__}")
    return _fixed(name, np.where(missing, False, values).astype(bool), missing)


def _numbers(name: str, values: Any, missing: Any) -> _core.Column:
    filled = np.array(np.where(missing, 0, values).tolist())
    if filled.dtype.kind == "O":  # of Decimal, or of integers beyond 64 bits
        try:
            filled = filled.astype(np.float64)
        except OverflowError as wrong:
            raise _refused(name, "so large an int") from wrong
    return _fixed(name, filled, missing)


def _day(value: Any) -> Any:
    """A moment with a time zone lies in its day by UTC."""
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        return value.astimezone(dt.timezone.utc).date()
    return value


def _objects(name: str, values: Any, mask: Any) -> _core.Column:
    """Objects are whatever the first that is not missing is."""
    missing = np.fromiter(map(_core.is_nothing, values), dtype=bool, count=len(values))
    if mask is not None:
        missing |= mask
    values = np.where(missing, None, values)
    first = next((value for value, gone in zip(values, missing) if not gone), None)
    if first is None:
        return _core.Column(name, "n", len(values), [])
    if isinstance(first, str):
        return _texts(name, values, None)
    if isinstance(first, (list, tuple, set, frozenset, np.ndarray)):
        return _sets(name, values)
    if isinstance(first, (bool, np.bool_)):
        return _booleans(name, values, missing)
    if isinstance(first, (dt.date, np.datetime64)):
        return _dates(name, np.array(list(map(_day, values)), dtype="datetime64[D]"), None)
    if isinstance(first, (int, float, np.number, Decimal)):
        return _numbers(name, values, missing)
    raise _refused(name, type(first).__name__)


def _fixed(name: str, values: Any, mask: Any) -> _core.Column:
    kind = _FORMATS.get(values.dtype.str[1:])
    if kind is None:
        raise _refused(name, str(values.dtype))
    native = np.ascontiguousarray(values, dtype=values.dtype.newbyteorder("="))
    return _core.Column(name, kind, len(native), [_bitmap(mask), native])


def _array(values: Any) -> Any:
    """Lists of lists are sets, one a user; NumPy would take them for a matrix."""
    if not isinstance(values, list) or not any(isinstance(one, (list, tuple)) for one in values):
        return np.asarray(values)
    array = np.empty(len(values), dtype=object)
    for at, value in enumerate(values):
        array[at] = value
    return array


def column(name: str, values: Any) -> _core.Column:
    """An array as an Arrow column; what a mask hides, NaN, NaT and None are NULL."""
    mask = np.ma.getmaskarray(values) if isinstance(values, np.ma.MaskedArray) else None
    array = _array(values)
    if array.ndim != 1:
        raise DataError(f"column '{name}' has {array.ndim} dimensions instead of 1", "bad_cell")
    if array.dtype.kind == "M":
        return _dates(name, array, mask)
    if array.dtype.kind == "U":
        return _texts(name, array, mask)
    if array.dtype.kind == "O":
        return _objects(name, array, mask)
    return _fixed(name, array, mask)


def batch(columns: Mapping[str, Any]) -> _core.Array:
    """A dict of arrays of one length as something with ``__arrow_c_array__``."""
    made = []
    for name, values in columns.items():
        if not isinstance(name, str):
            what = type(name).__name__
            raise DataTypeError(f"a column is named by a str, not by {what}", "wrong_type")
        try:
            made.append(column(name, values))
        except (TypeError, ValueError) as wrong:
            if isinstance(wrong, (DataError, DataTypeError)):
                raise
            raise DataTypeError(f"column '{name}': {wrong}", "wrong_type") from wrong
    length = made[0].length if made else 0
    for one in made:
        if one.length != length:
            raise DataError(
                f"column '{one.name}' has {one.length} values, column '{made[0].name}' {length}",
                "bad_cell",
            )
    return _core.struct_of(made, length)
