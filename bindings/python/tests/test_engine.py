"""Decisions: offers, the gate, records, histories, catalogues that come and go."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import muster as ms
import numpy as np
import pytest

NOW = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.timezone.utc)
DAY = dt.timedelta(days=1)


def _catalogue(version: str = "1", **changed: Any) -> ms.Catalogue:
    policy: dict[str, Any] = {
        "id": "D168", "name": "Deposit 168", "segment": "plan_fee = 96", "value": 30,
        "script": "{plan_fee} a month: deposit 168, get 504",
    }  # fmt: skip
    whole = {
        "version": version,
        "schema": {"key": "customer", "tags": [{"name": "plan_fee", "type": "number"}]},
        "channels": [
            {"id": "hotline", "name": "Hotline", "kind": "digital"},
            {"id": "sms", "name": "SMS", "kind": "digital", "mode": "active"},
        ],
        "policies": [
            policy | changed,
            {"id": "B1", "name": "Broadband", "segment": "plan_fee >= 50", "value": 10},
        ],
        "propensity": {"constants": [{"probability": 0.5}]},
        "contact_rules": [
            {"id": "rest", "kind": "cool_down", "after": "declined", "of": "policy",
             "within": {"rolling_days": 30}},
        ],
    }  # fmt: skip
    return ms.Catalogue(json.dumps(whole))


@pytest.fixture
def engine() -> ms.Engine:
    return ms.Engine(_catalogue())


def _offered(decision: ms.Decision) -> list[str]:
    return [offer.policy for offer in decision.offers]


def test_offers(engine: ms.Engine) -> None:
    decision = engine.decide({"customer": "c1", "plan_fee": 96}, channel="hotline", now=NOW)
    assert (decision.user, decision.at, decision.version) == ("c1", NOW, "1")
    assert _offered(decision) == ["D168", "B1"]
    best = decision.offers[0]
    assert best.primary and best.name == "Deposit 168"
    assert best.script == "96 a month: deposit 168, get 504"
    assert (
        best.score == best.propensity * best.value * best.context * best.lever - best.contact_cost
    )
    assert {one.channel for one in best.channels} == {"hotline", "sms"}
    assert "D168" in decision._repr_html_() and "c1" in repr(decision)


def test_every_channel_gets_the_same_bytes(engine: ms.Engine) -> None:
    user = engine.prepare({"customer": "c1", "plan_fee": 96})
    hotline = engine.decide(user, channel="hotline", now=NOW)
    sms = engine.decide({"plan_fee": 96}, key="c1", channel="sms", now=NOW)
    assert hotline.to_json() == sms.to_json() and hotline == sms
    assert hotline.decision_id == sms.decision_id
    assert json.loads(hotline.to_tmf680())["@type"]


def test_a_prepared_user_is_decided_as_a_dict_is(engine: ms.Engine) -> None:
    row = {"plan_fee": 96}
    prepared = engine.prepare(row, key="c1", now=NOW)
    assert prepared._prepared is not None
    for when in (NOW, NOW + dt.timedelta(days=40)):  # on another day, tags are read again
        expected = engine.decide(row, key="c1", now=when)
        assert engine.decide(prepared, now=when).to_json() == expected.to_json()
    assert engine.check(prepared, "D168", "sms", now=NOW)
    assert not engine.check(engine.prepare({"plan_fee": 59}, now=NOW), "D168", "sms", now=NOW)


def test_a_channel_that_is_none(engine: ms.Engine) -> None:
    with pytest.raises(ms.NotFoundError, match="^the catalogue has no channel 'fax'$"):
        engine.decide({"plan_fee": 96}, channel="fax", now=NOW)
    with pytest.raises(ms.NotFoundError, match="channel 'smss'; did you mean 'sms'\\?$"):
        engine.decide({"plan_fee": 96}, channel="smss", now=NOW)


def test_the_gate(engine: ms.Engine) -> None:
    assert engine.check({"plan_fee": 96}, "D168", "sms", now=NOW)
    refused = engine.check({"plan_fee": 59}, "D168", "sms", now=NOW)
    assert not refused and refused.reason == "not_in_segment"
    assert refused.text == "requires plan_fee = 96, this user has 59"
    with pytest.raises(ms.NotFoundError) as unknown:
        engine.check({"plan_fee": 59}, "D169", "sms", now=NOW)
    assert unknown.value.code == "unknown_policy"
    assert str(unknown.value) == "the catalogue has no policy 'D169'; did you mean 'D168'?"


def test_records_replay_and_explain(engine: ms.Engine) -> None:
    decision = engine.decide({"plan_fee": 59}, key="c1", now=NOW, seed=7)
    assert engine.replay(decision.record) == decision
    why = engine.explain(decision.record, "D168")
    assert (why.reason, why.part) == ("not_in_segment", "segment")
    assert why.rule and [one.text for one in why.rule.changes] == ["plan_fee = 96"]
    assert "plan_fee = 96" in why._repr_html_() and str(why) == why.text
    assert engine.explain(decision.record, "D168", language="zh").text != why.text
    with pytest.raises(ms.CorruptError):
        engine.replay(decision.record[:-1])
    with pytest.raises(ValueError, match="^language is 'en' or 'zh', not 'fr'$"):
        engine.explain(decision.record, "D168", language="fr")


def test_a_history_counts() -> None:
    history = ms.MemoryHistory()
    history.add("c1", ms.Contact(NOW - DAY, "D168", "sms", "declined"))
    engine = ms.Engine(_catalogue(), history=history)
    decision = engine.decide({"customer": "c1", "plan_fee": 96}, now=NOW)
    assert _offered(decision) == ["B1"]
    assert [(one.policy, one.reason) for one in decision.omissions] == [("D168", "cool_down")]
    (blocked, *_) = engine.explain(decision.record, "D168").blocked
    assert (blocked.rule, blocked.reason, blocked.count) == ("rest", "cool_down", 1)
    assert _offered(engine.decide({"customer": "c2", "plan_fee": 96}, now=NOW)) == ["D168", "B1"]


def test_a_history_from_csv(tmp_path: Path) -> None:
    file = tmp_path / "history.csv"
    file.write_text(
        "user,at,policy,channel,outcome\nc1,2026-03-01T09:30:00+08:00,D168,sms,declined\n"
    )
    engine = ms.Engine(_catalogue(), history=ms.MemoryHistory.load(file))
    assert _offered(engine.decide({"customer": "c1", "plan_fee": 96}, now=NOW)) == ["B1"]
    file.write_text("user,at,policy\n")
    with pytest.raises(ms.DataError, match="channel"):
        ms.MemoryHistory.load(file)


class _Own:
    """A history of one's own."""

    def __init__(self, *contacts: ms.Contact) -> None:
        self.given = contacts

    def contacts(self, user: str) -> Iterable[ms.Contact]:
        return self.given if user == "c1" else ()

    def taken(self, policy: str) -> tuple[int, float]:
        return 0, 0.0


def test_a_history_of_ones_own() -> None:
    own = _Own(ms.Contact(NOW - DAY, "D168", "sms", "declined"))
    engine = ms.Engine(_catalogue(), history=own)
    assert _offered(engine.decide({"customer": "c1", "plan_fee": 96}, now=NOW)) == ["B1"]
    users = {"customer": np.array(["c1", "c2"]), "plan_fee": np.array([96, 96])}
    assert engine.funnel(users, now=NOW).policies[0].removed == {"cool_down": 1}


def test_what_a_history_raises_is_raised() -> None:
    class Broken(_Own):
        def contacts(self, user: str) -> Iterable[ms.Contact]:
            raise RuntimeError("the CRM is down")

    engine = ms.Engine(_catalogue(), history=Broken())
    for _ in range(2):
        with pytest.raises(RuntimeError, match="^the CRM is down$"):
            engine.decide({"plan_fee": 96}, now=NOW)
    with pytest.raises(TypeError, match=r"^a history has functions contacts\(user\) and taken"):
        ms.Engine(_catalogue(), history=3)  # type: ignore[arg-type]


def test_what_a_history_raises_is_raised_where_it_belongs() -> None:
    class Mixed(_Own):
        def contacts(self, user: str) -> Iterable[ms.Contact]:
            if user == "bad":
                raise RuntimeError("bad")
            time.sleep(0.002)  # others run
            return ()

    engine = ms.Engine(_catalogue(), history=Mixed())

    def outcome(key: str) -> str:
        try:
            return str(len(engine.decide({"plan_fee": 96}, key=key, now=NOW).offers))
        except RuntimeError as raised:
            return str(raised)

    with ThreadPoolExecutor(4) as pool:
        keys = ["bad", "good"] * 100
        assert list(pool.map(outcome, keys)) == ["bad", "2"] * 100


def test_a_history_that_raises_after_a_funnel_was_stopped() -> None:
    class Fails(_Own):
        def contacts(self, user: str) -> Iterable[ms.Contact]:
            if user == "good":
                return ()
            raise RuntimeError("in the funnel")

    def stop(done: int, total: int) -> None:
        raise KeyError("stop")

    engine = ms.Engine(_catalogue(), history=Fails())
    users = {"customer": np.array(["c1", "c2"]), "plan_fee": np.array([96, 96])}
    with pytest.raises(KeyError):
        engine.funnel(users, now=NOW, progress=stop)
    assert engine.decide({"plan_fee": 96}, key="good", now=NOW).offers
    with pytest.raises(RuntimeError, match="^in the funnel$"):
        engine.funnel(users, now=NOW)


@pytest.mark.parametrize("wrong", [{"outcome": "maybe"}, {"scope": "town"}])
def test_contacts_that_are_none(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="maybe|town"):
        ms.MemoryHistory().add("c1", ms.Contact(NOW, "P", "sms", **wrong))
    with pytest.raises(ValueError, match="^a contact's moment needs a time zone$"):
        ms.Contact(dt.datetime(2026, 3, 1), "P", "sms")


def test_catalogues_come_and_go(engine: ms.Engine) -> None:
    engine.deploy(_catalogue("2", segment="plan_fee = 59"))
    assert engine.decide({"plan_fee": 59}, now=NOW).version == "2"
    assert [(version, runs) for version, _, runs in engine.deployments] == [
        ("1", False),
        ("2", True),
    ]
    engine.roll_back()
    assert engine.decide({"plan_fee": 59}, now=NOW).version == "1"
    with pytest.raises(ms.NotFoundError) as none:
        engine.roll_back()
    assert none.value.code == "no_catalogue"
    with pytest.raises(ms.CatalogueError) as illegal:
        engine.deploy(_catalogue("3", state="draft"))
    assert illegal.value.code == "illegal_transition"
    with pytest.raises(ms.NotFoundError, match="^the engine has no catalogue$"):
        ms.Engine().decide({"plan_fee": 59}, now=NOW)


def test_moments_need_a_zone(engine: ms.Engine) -> None:
    with pytest.raises(ValueError, match="^a moment needs a time zone"):
        engine.decide({"plan_fee": 96}, now=dt.datetime(2026, 3, 1))
    for wrong in (1_772_416_800, dt.date(2026, 3, 1)):
        with pytest.raises(TypeError, match="^a moment is a datetime with a time zone, not "):
            engine.decide({"plan_fee": 96}, now=wrong)  # type: ignore[arg-type]


def test_keys_are_texts(engine: ms.Engine) -> None:
    asked: tuple[Any, ...] = (
        engine.decide,
        lambda row, **more: engine.check(row, "P", "sms", **more),
    )
    for ask in asked:
        with pytest.raises(TypeError, match="^a user's key is a str, not int$"):
            ask({"plan_fee": 96}, key=5, now=NOW)
