"""Histories of one's own that answer nonsense are refused in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import muster as ms
import pytest

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.timezone.utc)
CATALOGUE = ms.Catalogue("""{"schema": {"tags": [{"name": "a", "type": "bool"}]},
  "channels": [{"id": "c", "name": "c", "kind": "digital"}],
  "contact_rules": [{"id": "weekly", "kind": "cap", "most": 1, "of": "channel",
                     "within": {"weeks": 1}}],
  "policies": [{"id": "P", "name": "P", "segment": "a", "quota": 1}]}""")


class Told:
    """A history that says what it is told to say."""

    def __init__(self, contacts: Any = (), taken: Any = (0, 0.0)) -> None:
        self._contacts, self._taken = contacts, taken

    def contacts(self, user: str) -> Any:
        return self._contacts() if callable(self._contacts) else self._contacts

    def taken(self, policy: str) -> Any:
        return self._taken() if callable(self._taken) else self._taken


def contact(**wrong: Any) -> SimpleNamespace:
    """What a contact says, but for what is wrong with it."""
    said = {"at": NOW, "policy": "P", "channel": "c", "outcome": "none", "scope": "user"}
    return SimpleNamespace(**{**said, **wrong})


def broken() -> Iterator[SimpleNamespace]:
    yield contact()
    raise RuntimeError("half-way")


@pytest.mark.parametrize(
    ("contacts", "kind", "text"),
    [
        (None, TypeError, "contacts(user) gives contacts, not NoneType"),
        (3, TypeError, "contacts(user) gives contacts, not int"),
        ([None], TypeError, "a history shows contacts (muster.Contact), not NoneType"),
        ("P", TypeError, "a history shows contacts (muster.Contact), not str"),
        (lambda: broken(), RuntimeError, "half-way"),
        ([contact(at=5)], TypeError, "the moment of a contact is a datetime, not int"),
        ([contact(at=dt.datetime(2026, 3, 1))], ValueError,
         "a contact's moment needs a time zone"),
        ([contact(policy=5)], TypeError, "the policy of a contact is a str, not int"),
        ([contact(channel=None)], TypeError, "the channel of a contact is a str, not NoneType"),
        ([contact(outcome=b"none")], TypeError, "the outcome of a contact is a str, not bytes"),
        ([contact(scope=1)], TypeError, "the scope of a contact is a str, not int"),
        ([contact(outcome="accept")], ValueError, "there is no outcome 'accept'"),
        ([contact(scope="users")], ValueError,
         "the scope of a contact is user, account or household, not 'users'"),
        ([contact(policy="\ud800")], ValueError,
         "the policy of a contact: surrogates not allowed"),
    ],
)  # fmt: skip
def test_contacts(contacts: Any, kind: type[Exception], text: str) -> None:
    engine = ms.Engine(CATALOGUE, history=Told(contacts))
    with pytest.raises(kind) as refused:
        engine.decide({"a": True}, key="u", now=NOW)
    assert str(refused.value) == text
    if isinstance(contacts, list):
        with pytest.raises(kind) as refused:
            ms.MemoryHistory().add("u", contacts[0])
        assert str(refused.value) == text


def _fail() -> None:
    raise KeyError("P")


@pytest.mark.parametrize("taken", [None, (1,), (-1, 0.0), (2**64, 0.0), ("1", "2"), (1.5, 1)])
def test_taken(taken: Any) -> None:
    with pytest.raises(TypeError) as refused:
        ms.Engine(CATALOGUE, history=Told((), taken)).decide({"a": True}, now=NOW)
    assert str(refused.value) == "taken(policy) gives (acceptances, cost)"


@pytest.mark.parametrize("told", [Told(_fail), Told((), _fail)], ids=["contacts", "taken"])
def test_what_a_history_raises_goes_on(told: Told) -> None:
    with pytest.raises(KeyError, match="P"):
        ms.Engine(CATALOGUE, history=told).decide({"a": True}, key="u", now=NOW)


def test_any_iterable_will_do() -> None:
    shown = [contact(at=NOW - dt.timedelta(days=1))]
    ways: list[Callable[[], Any]] = [lambda: shown, lambda: (*shown,), lambda: iter(shown)]
    for way, offered in [(list, ["P"]), *((way, []) for way in ways)]:
        engine = ms.Engine(CATALOGUE, history=Told(way))
        offers = engine.decide({"a": True}, key="u", now=NOW).offers
        assert [one.policy for one in offers] == offered
