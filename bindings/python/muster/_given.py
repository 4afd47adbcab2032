"""What callers give, as the core takes it; else an error in words."""

from __future__ import annotations

import math
import operator
import sys
from typing import Union

from . import _core
from ._errors import DataError, NotFoundError


Octets = Union[bytes, bytearray, memoryview]


def text(what: str, value: object) -> str:
    """A str that UTF-8 can hold."""
    if not isinstance(value, str):
        raise TypeError(f"{what} is a str, not {type(value).__name__}")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError as wrong:  # half of a surrogate pair
            raise DataError(f"{what}: {wrong.reason}", "wrong_type") from wrong
    return value


def position(policy: object, policies: tuple[str, ...]) -> int:
    """Where a policy stands among all. Raises NotFoundError."""
    wanted = text("a policy's id", policy)
    try:
        return policies.index(wanted)
    except ValueError:
        close = _core.meant(wanted, policies)
        hint = f"; did you mean '{close}'?" if close else ""
        raise NotFoundError(f"there is no policy '{wanted}'{hint}", "unknown_policy") from None


def count(what: str, value: object, most: int = sys.maxsize) -> int:
    """An integer from 0 on."""
    try:
        number = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise TypeError(f"{what} is an int, not {type(value).__name__}") from None
    if not 0 <= number <= most:
        raise ValueError(f"{what} is from 0 to {most}, not {number}")
    return number


def number(what: str, value: object) -> float:
    try:
        return math.fsum((value,))  # type: ignore[arg-type]  # takes no str, as float() does
    except TypeError:
        raise TypeError(f"{what} is a number, not {type(value).__name__}") from None


def octets(what: str, value: object) -> bytes:
    """Bytes of anything that holds some."""
    if isinstance(value, bytes):
        return value
    try:
        return bytes(memoryview(value))  # type: ignore[arg-type]
    except TypeError:
        raise TypeError(f"{what} is bytes, not {type(value).__name__}") from None
