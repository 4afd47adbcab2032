"""One user against all rules, from a dict, a checked user or a prepared one."""

from __future__ import annotations

import datetime as dt
import warnings
from decimal import Decimal
from typing import Any

import muster as ms
import numpy as np
import pytest

TODAY = dt.date(2026, 3, 1)
NAN = float("nan")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({}, ["unknown"]),
        ({"loyal": True, "fee": 3}, ["loyal"]),
        ({"loyal": np.bool_(False), "fee": np.float32(10)}, ["not_loyal", "fee"]),
        ({"fee": np.int64(10)}, ["fee"]),
        ({"fee": 10**30}, ["fee"]),
        ({"fee": float("nan")}, ["unknown"]),
        ({"plan": "大流量", "fee": 1}, ["plan", "not_plan"]),
        ({"plan": np.str_("A"), "fee": 1}, ["plan"]),
        ({"likes": {"video"}, "fee": 1}, ["likes"]),
        ({"likes": ["game", "video", "game"], "fee": 1}, ["likes"]),
        ({"likes": np.array(["game"]), "fee": 1}, []),
        ({"since": dt.date(2026, 2, 20), "fee": 1}, ["since"]),
        ({"since": dt.datetime(2026, 2, 20, 23), "fee": 1}, ["since"]),
        ({"since": np.datetime64("2026-02-20"), "fee": 1}, ["since"]),
        ({"since": "2026-02-20", "fee": 1}, ["since"]),
        ({"since": np.datetime64("2026-02-20T23:00", "ns"), "fee": 1}, ["since"]),
        ({"since": np.datetime64("NaT", "ns"), "fee": 1}, []),
        ({"fee": Decimal("10.5")}, ["fee"]),
        ({"since": None, "plan": None, "fee": None}, ["unknown"]),
        ({"plan": NAN, "likes": NAN, "since": NAN, "loyal": NAN, "fee": 1}, []),
    ],
)
def test_values(every_type: ms.Catalogue, row: dict[str, Any], expected: list[str]) -> None:
    rules = every_type.compile()
    assert rules.match_one(row, today=TODAY) == expected
    assert rules.match_one(every_type.user(row), today=TODAY) == expected
    assert rules.match_one(rules.prepare(row, today=TODAY)) == expected


@pytest.mark.parametrize(
    ("row", "kind", "text"),
    [
        ({"fees": 3}, ms.Error, "unknown tag 'fees'"),
        ({"fee": "three"}, ms.DataTypeError, "fee"),
        ({"loyal": 3.5}, ms.DataTypeError, "loyal"),
        ({"plan": "C"}, ms.Error, "C"),
        ({"likes": [3]}, ms.DataTypeError, "tag 'likes' expects texts in its set, not int"),
        ({"plan": "\ud800"}, ms.DataError, "tag 'plan': surrogates not allowed"),
        ({"likes": ["\ud800"]}, ms.DataError, "a set of categories: surrogates not allowed"),
        ({"fee": [1, 2]}, ms.DataTypeError, "tag 'fee' can not be read from list"),
        ({"plan": ("A",)}, ms.DataTypeError, "tag 'plan' can not be read from tuple"),
        ({"fee": object()}, ms.DataTypeError, "tag 'fee' can not be read from object"),
        ({"fee": 10**400}, ms.DataTypeError, "tag 'fee' can not hold so large an int"),
        ({"fee": np.datetime64("2026-02-20", "ns")}, ms.DataTypeError, "fee"),
        ({"fee": np.timedelta64(3, "ns")}, ms.DataTypeError, "fee"),
        ({3: 3}, TypeError, "tags are named by str"),
    ],
)
def test_what_can_not_be_read_names_its_tag(
    every_type: ms.Catalogue, row: Any, kind: Any, text: str
) -> None:
    with pytest.raises(kind) as refused:
        every_type.user(row)
    assert text in str(refused.value)


def test_what_can_not_be_used_may_be_null(every_type: ms.Catalogue) -> None:
    row: dict[str, Any] = {"fee": "three", "plan": "C", "likes": [3], "since": "2026-02-30"}
    user = every_type.user(row, unusable="null")
    assert set(user.unusable) == set(row)
    rules = every_type.compile()
    assert rules.match_one(user, today=TODAY) == rules.match_one({}, today=TODAY)
    prepared = ms.Engine(every_type).prepare({"fee": object()}, unusable="null")
    assert prepared.unusable == ["fee"]
    assert every_type.user({"fee": 3}, unusable="null").unusable == []
    with pytest.raises(ms.Error, match="^unknown tag 'fees'"):
        every_type.user({"fees": object()}, unusable="null")
    wrong: Any = "nil"
    with pytest.raises(ValueError, match="^unusable is 'raise' or 'null', not 'nil'$"):
        every_type.user({}, unusable=wrong)


def test_a_missing_tag_is_named(telco: ms.Catalogue) -> None:
    with pytest.raises(
        ms.DataError, match="^'senior_citizen' is not nullable, but has no value$"
    ) as refused:
        telco.compile().match_one({"tenure": 3})
    assert refused.value.code == "missing_value"


def test_one_user_gets_what_all_users_get(telco: ms.Catalogue, customers: dict[str, Any]) -> None:
    rules = telco.compile()
    first, matched = rules.match(customers).rows()
    names = list(customers)
    for at, cells in enumerate(zip(*customers.values())):
        expected = [rules.policies[rule] for rule in matched[int(first[at]) : int(first[at + 1])]]
        assert rules.match_one(dict(zip(names, cells))) == expected


def test_a_user_prepared_for_other_rules_is_refused(
    every_type: ms.Catalogue, telco: ms.Catalogue
) -> None:
    prepared = every_type.compile().prepare({})
    with pytest.raises(ms.DataError, match="^the user was prepared for other rules$"):
        telco.compile().match_one(prepared)


def test_the_key_is_no_tag(every_type: ms.Catalogue) -> None:
    keyed = ms.Catalogue.from_rules(
        [{"name": "fee", "type": "number"}], {"P": "fee > 1"}, key="customer"
    )
    assert keyed.user({"customer": 17, "fee": 2}).key == "17"
    assert keyed.user({"customer": "a", "fee": 2}, key="b").key == "b"
    assert every_type.user({}).key == ""
    for nothing in (None, float("nan"), np.float64("nan")):
        assert keyed.user({"customer": nothing, "fee": 2}).key == ""
    for number in (17, np.int64(17), 17.0, np.float64(17)):
        assert keyed.user({"customer": number, "fee": 2}).key == "17"
    for wrong in (17.5, True, ["17"]):
        with pytest.raises(ms.DataTypeError, match="^the key 'customer' is a str or an integer"):
            keyed.user({"customer": wrong, "fee": 2})


def test_a_user_of_another_schema_is_refused(
    every_type: ms.Catalogue, telco: ms.Catalogue
) -> None:
    rules = telco.compile()
    user = every_type.user({"fee": 3})
    with pytest.raises(ms.DataError, match="^the users are of another schema than the rules$"):
        rules.match_one(user)
    with pytest.raises(ms.DataError, match="^the users are of another schema than the rules$"):
        rules.prepare(user)
    with pytest.raises(ms.DataError, match="^the user is of another schema than the rule$"):
        rules.explain(user, policy=rules.policies[0])


def test_moments_with_a_zone_lie_in_their_day_by_utc() -> None:
    tags = [{"name": "seen", "type": "date"}]
    rules = ms.Catalogue.from_rules(tags, {"P": "seen = '2026-02-20'"}).compile()
    moment = dt.datetime(2026, 2, 21, 5, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    assert rules.match_one({"seen": moment}, today=TODAY) == ["P"]
    for column in ([moment], np.array([moment], dtype=object)):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert rules.match({"seen": column}, today=TODAY).counts().tolist() == [1]
