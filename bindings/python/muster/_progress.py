"""Telling callers how far long work is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, Union, runtime_checkable

Told = Callable[[int, int], Any]


@runtime_checkable
class Bar(Protocol):
    """A progress bar, such as tqdm's."""

    n: Any
    total: Any

    def update(self, n: int, /) -> Any: ...


#: A function of (done, total), or a bar such as ``tqdm()``; None tells nobody.
Progress = Union[Told, Bar, None]


def told(progress: Progress) -> Told | None:
    """A function of (done, total) that tells whatever progress is."""
    if progress is None:
        return None
    if not isinstance(progress, Bar):
        if not callable(progress):
            what = type(progress).__name__
            raise TypeError(f"progress is a function of (done, total) or a bar, not {what}")
        return progress
    bar = progress

    def tell(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    return tell
