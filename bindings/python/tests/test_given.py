"""What callers give by mistake is refused in words: names, numbers, bytes, producers of users."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import muster as ms
import numpy as np
import pytest

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.timezone.utc)
CATALOGUE = ms.Catalogue("""{"schema": {"key": "id", "tags": [{"name": "fee", "type": "number"},
    {"name": "plan", "type": "category", "values": ["A"], "nullable": true}]},
  "channels": [{"id": "app", "kind": "digital"}],
  "policies": [{"id": "P", "name": "P", "segment": "fee > 1"}]}""")
RULES, ENGINE, HISTORY = CATALOGUE.compile(), ms.Engine(CATALOGUE), ms.MemoryHistory()
ROW = {"fee": 5, "plan": "A"}
USERS = CATALOGUE.users({"id": ["a", "b"], "fee": [1, 2]})
DECISION = ENGINE.decide(ROW, key="u", now=NOW)
CONTACT = ms.Contact(NOW, "P", "app")
HALF = "\ud800"  # half of a surrogate pair


class Frame:
    """Hands out what it was given."""

    def __init__(self, **given: Any) -> None:
        for name, value in given.items():
            setattr(self, name, lambda value=value: value)


def _twice() -> None:
    array = RULES.match(USERS).pairs().__arrow_c_stream__()
    producer = Frame(__arrow_c_stream__=array)
    pairs = ms.Catalogue.from_rules([{"name": "user", "type": "category", "values": ["b"]}], {})
    assert len(pairs.users(producer)) == 1
    pairs.users(producer)


_COUNT = {
    "threads": RULES.match(USERS).counts,
    "reading": lambda threads: CATALOGUE.users({"id": ["a"], "fee": [1]}, threads=threads),
}


@pytest.mark.parametrize(
    ("wrong", "kind", "text"),
    [
        (lambda: ENGINE.decide(ROW, key=5), TypeError, "a user's key is a str, not int"),
        (lambda: ENGINE.decide(ROW, key=HALF), ms.DataError,
         "a user's key: surrogates not allowed"),
        (lambda: ENGINE.decide({**ROW, "id": HALF}), ms.DataError,
         "a user's key: surrogates not allowed"),
        (lambda: CATALOGUE.user(ROW, key=5), TypeError, "a user's key is a str, not int"),
        (lambda: ENGINE.decide(ROW, channel=5), TypeError, "a channel's id is a str, not int"),
        (lambda: ENGINE.decide(ROW, seed=-1), ValueError,
         "seed is from 0 to 18446744073709551615, not -1"),
        (lambda: ENGINE.decide(ROW, seed="x"), TypeError, "seed is an int, not str"),
        (lambda: ENGINE.check(ROW, HALF, "app"), ms.DataError,
         "a policy's id: surrogates not allowed"),
        (lambda: ENGINE.check(ROW, "P", 5), TypeError, "a channel's id is a str, not int"),
        (lambda: ENGINE.explain(DECISION.record, 5), TypeError,
         "a policy's id is a str, not int"),
        (lambda: ENGINE.explain(None, "P"), TypeError, "a record is bytes, not NoneType"),
        (lambda: ENGINE.replay("x"), TypeError, "a record is bytes, not str"),
        (lambda: USERS.key("1"), TypeError, "a user's position is an int, not str"),
        (lambda: USERS.key(-1), ValueError,
         "a user's position is from 0 to 9223372036854775807, not -1"),
        (lambda: DECISION.script("0", "app"), TypeError, "an offer's position is an int, not str"),
        (lambda: DECISION.script(0, 5), TypeError, "a channel's id is a str, not int"),
        (lambda: ms.Engine(catalogues_kept=-1), ValueError,
         "catalogues_kept is from 0 to 9223372036854775807, not -1"),
        (lambda: HISTORY.place(5), TypeError, "a user's key is a str, not int"),
        (lambda: HISTORY.place("u", HALF), ms.DataError, "an account: surrogates not allowed"),
        (lambda: HISTORY.place("u", "", 5), TypeError, "a household is a str, not int"),
        (lambda: HISTORY.add(5, CONTACT), TypeError, "a user's key is a str, not int"),
        (lambda: HISTORY.add("u", CONTACT, "1"), TypeError, "a cost is a number, not str"),
        (lambda: RULES.audience(5, USERS), TypeError, "a rule is a str, not int"),
        (lambda: RULES.audience(HALF, USERS), ms.DataError, "a rule: surrogates not allowed"),
        (lambda: USERS.position(HALF), ms.DataError, "a user's key: surrogates not allowed"),
        (lambda: ms.RuleSet.from_bytes(None), TypeError,
         "what was saved is bytes, not NoneType"),
        (lambda: ms.Catalogue.from_bytes("x"), TypeError, "what was saved is bytes, not str"),
        (lambda: CATALOGUE.compile(progress=5), TypeError,
         "progress is a function of (done, total) or a bar, not int"),
        (lambda: RULES.explain(USERS, policy="P"), TypeError,
         "user= names the one of many users whom it is about"),
        (lambda: CATALOGUE.users(Frame(collect=None)), TypeError,
         "users come as an object with __arrow_c_stream__ or __arrow_c_array__ or as a dict of "
         "arrays, not as Frame; what its collect() gives may do"),
        (lambda: CATALOGUE.users(Frame(__arrow_c_stream__=None)), TypeError,
         "the users' producer gave no capsule 'arrow_array_stream'"),
        (lambda: CATALOGUE.users(Frame(__arrow_c_array__=(1,))), TypeError,
         "the users' producer gave no pair of capsules"),
        (lambda: CATALOGUE.users(Frame(__arrow_c_array__=(1, 2))), TypeError,
         "the users' producer gave no capsule 'arrow_schema'"),
        (_twice, ms.Error, "these users were read before, and can be read only once"),
    ],
)  # fmt: skip
def test_what_is_wrong(wrong: Callable[[], object], kind: type[Exception], text: str) -> None:
    with pytest.raises(kind) as refused:
        wrong()
    assert str(refused.value) == text


@pytest.mark.parametrize("ask", _COUNT.values(), ids=_COUNT)
@pytest.mark.parametrize(
    ("threads", "kind", "text"),
    [
        (-1, ValueError, "threads is how many, or 0 for all there are, not -1"),
        (2**70, ValueError, f"threads is how many, or 0 for all there are, not {2**70}"),
        ("2", TypeError, "threads is an int, not str"),
        (2.0, TypeError, "threads is an int, not float"),
        (None, TypeError, "threads is an int, not NoneType"),
    ],
)
def test_threads(ask: Any, threads: Any, kind: type[Exception], text: str) -> None:
    with pytest.raises(kind) as refused:
        ask(threads=threads)
    assert str(refused.value) == text


def test_numbers_of_numpy_will_do() -> None:
    assert RULES.match(USERS).counts(threads=np.uint8(2)).tolist() == [1]
    assert ENGINE.decide(ROW, key="u", now=NOW, seed=np.int64(0)) == DECISION
    HISTORY.add("u", CONTACT, np.float32(0.5))  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_whatever_holds_bytes_will_do(kind: Any) -> None:
    assert ms.Catalogue.from_bytes(kind(CATALOGUE.to_bytes())) == CATALOGUE
    saved = RULES.to_bytes()
    assert ms.RuleSet.from_bytes(kind(saved)).to_bytes() == saved
    assert ENGINE.replay(kind(DECISION.record)) == DECISION
    assert ENGINE.explain(kind(DECISION.record), "P").policy == "P"
