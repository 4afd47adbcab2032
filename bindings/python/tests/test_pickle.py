"""Catalogues and rule sets as bytes."""

from __future__ import annotations

import pickle
from typing import Any

import muster as ms
import pytest


def test_two_copies_answer_alike(telco: ms.Catalogue, customers: dict[str, Any]) -> None:
    rules = telco.compile()
    saved = pickle.dumps(rules)
    one, two = pickle.loads(saved), pickle.loads(saved)
    expected = rules.match(customers).rows()[1].tolist()
    assert one.match(customers).rows()[1].tolist() == expected
    assert two.match(customers).rows()[1].tolist() == expected
    assert one.policies == rules.policies and one.to_bytes() == rules.to_bytes()
    assert one.catalogue == telco and hash(one.catalogue) == hash(telco)


def test_a_catalogue(telco: ms.Catalogue) -> None:
    copy = pickle.loads(pickle.dumps(telco))
    assert copy == telco and copy.json == telco.json


@pytest.mark.parametrize("kind", [ms.Catalogue, ms.RuleSet])
def test_any_damage_is_seen(every_type: ms.Catalogue, kind: Any) -> None:
    whole = every_type if kind is ms.Catalogue else every_type.compile()
    saved = whole.to_bytes()
    for at in range(0, len(saved), 7):
        damaged = bytearray(saved)
        damaged[at] ^= 0x10
        with pytest.raises(ms.CorruptError):
            kind.from_bytes(bytes(damaged))
    for size in (0, 7, 39, len(saved) - 1):
        with pytest.raises(ms.CorruptError):
            kind.from_bytes(saved[:size])


def test_bytes_of_another_kind_or_version(every_type: ms.Catalogue) -> None:
    saved = every_type.to_bytes()
    with pytest.raises(ms.CorruptError, match="^these bytes are no saved RULE$"):
        ms.RuleSet.from_bytes(saved)
    newer = saved[:12] + (2).to_bytes(4, "little") + saved[16:]
    with pytest.raises(ms.CorruptError, match="version 2; this library reads up to 1") as refused:
        ms.Catalogue.from_bytes(newer)
    assert refused.value.code == "unsupported_version"
