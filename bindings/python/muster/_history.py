"""Who was contacted when, and what was taken."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Union, runtime_checkable

from . import _core
from ._given import number, text


@dataclass(frozen=True, slots=True)
class Contact:
    """A past contact."""

    at: dt.datetime  #: with a time zone
    policy: str
    channel: str
    outcome: str = "none"  #: or "accepted", "declined", "deferred", "unreachable", "expired"
    scope: str = "user"  #: whose it was: the user's own, or one of "account" or "household"

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a contact's moment needs a time zone")


@runtime_checkable
class CustomHistory(Protocol):
    """A history of your own; any object with these two functions will do.

    They are called while users are decided, from any thread; while one waits (for a database,
    say), others run. What they raise is raised by the call that decided.
    """

    def contacts(self, user: str) -> Iterable[Contact]:
        """The user's contacts, and those of others in the same account and household."""

    def taken(self, policy: str) -> tuple[int, float]:
        """Acceptances of a policy by all users so far, and what they cost."""


class MemoryHistory:
    """A history in memory. Thread-safe."""

    __slots__ = ("_core",)

    def __init__(self) -> None:
        self._core = _core.MemoryHistory()

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> MemoryHistory:
        """Reads CSV with columns user, at, policy, channel, and perhaps outcome, cost, account and
        household. Raises DataError, naming line and column."""
        history = cls()
        history._core.read_csv(Path(path).read_text(encoding="utf-8"))
        return history

    def place(self, user: str, account: str = "", household: str = "") -> None:
        """Puts a user in an account and a household, whose members' contacts count together."""
        self._core.place(
            text("a user's key", user), text("an account", account), text("a household", household)
        )

    def add(self, user: str, contact: Contact, cost: float = 0.0) -> None:
        """Adds a contact; one that was accepted counts as taken, at that cost."""
        self._core.add(text("a user's key", user), contact, number("a cost", cost))


History = Union[MemoryHistory, CustomHistory]


def core_of(history: History | None) -> _core.ContactHistory | None:
    """A history as the engine reads it."""
    if history is None:
        return None
    if isinstance(history, MemoryHistory):
        return history._core
    if not isinstance(history, CustomHistory):
        raise TypeError("a history has functions contacts(user) and taken(policy)")
    return _core.PythonHistory(history)
