"""All users against all rules: equal to SQLite on the same rows."""

from __future__ import annotations

import importlib.util
import re
import sqlite3
from collections.abc import Callable
from typing import Any

import muster as ms
import numpy as np
import pytest
from muster._columns import batch


def _spelt_out(rule: str, segments: dict[str, str]) -> str:
    while "SEGMENT(" in rule:
        rule = re.sub(r"SEGMENT\((\w+)\)", lambda found: f"({segments[found[1]]})", rule)
    return rule


def _in_sqlite(catalogue: ms.Catalogue, columns: dict[str, Any]) -> dict[str, list[bool]]:
    """What SQLite says of every policy, a list over the users."""
    base = sqlite3.connect(":memory:")
    names = ", ".join(columns)
    base.execute(f"CREATE TABLE given ({names})")
    cells = [[None if value != value else value for value in col.tolist()]
             for col in columns.values()]  # fmt: skip
    base.executemany(f"INSERT INTO given VALUES ({', '.join('?' * len(cells))})", zip(*cells))
    derived = "".join(f", {tag.derived} AS {tag.name}" for tag in catalogue.tags if tag.derived)
    base.execute(f"CREATE VIEW users AS SELECT *{derived} FROM given")
    rules = [_spelt_out(policy.segment, catalogue.segments) for policy in catalogue.policies]
    told = base.execute("SELECT " + ", ".join(f"({rule})" for rule in rules) + " FROM users")
    return dict(zip(catalogue.policy_ids, ([bool(cell) for cell in col] for col in zip(*told))))


@pytest.fixture(scope="module")
def match(telco: ms.Catalogue, customers: dict[str, Any]) -> ms.Match:
    return telco.compile().match(customers)


def test_masks_are_those_of_sqlite(
    telco: ms.Catalogue, customers: dict[str, Any], match: ms.Match
) -> None:
    expected = _in_sqlite(telco, customers)
    for policy in telco.policy_ids:
        mask = match[policy]
        assert mask.dtype == bool and mask.shape == (7043,)
        assert mask.tolist() == expected[policy], policy
    assert sum(map(any, expected.values())) == 28  # every policy fits somebody


def test_counts_rows_and_pairs_agree_with_the_masks(match: ms.Match) -> None:
    masks = np.stack([match[policy] for policy in match.policies], axis=1)
    assert match.counts().tolist() == masks.sum(axis=0).tolist()
    first, rules = match.rows()
    users = np.repeat(np.arange(len(match)), np.diff(first.astype(int)))
    assert np.array_equal(np.argwhere(masks), np.stack([users, rules], axis=1))
    assert len(match.pairs()) == masks.sum()


def test_the_first_question_is_answered_as_later_ones_are(
    telco: ms.Catalogue, customers: dict[str, Any], match: ms.Match
) -> None:
    rules, frame = telco.compile(), batch(customers)  # Arrow's memory, encoded when it is needed

    def ask(asked: ms.Match) -> list[list[Any]]:
        return [asked.counts().tolist(), *(part.tolist() for part in asked.rows())]

    expected = ask(match)
    firsts: list[Callable[[ms.Match], object]] = [
        ms.Match.counts, ms.Match.rows, ms.Match.pairs, ms.Match.overlaps
    ]  # fmt: skip
    for first in firsts:
        asked = rules.match(frame)
        assert asked._encoded is None and len(asked) == 7043
        first(asked)
        assert ask(asked) == expected and asked._encoded is not None
    assert rules.match(frame).counts().tolist() == expected[0]
    assert [part.tolist() for part in rules.match(frame).rows()] == expected[1:]
    assert len(rules.match(frame).pairs()) == len(match.pairs())


def test_memory_that_may_change_is_read_at_once() -> None:
    catalogue = ms.Catalogue.from_rules([{"name": "n", "type": "number"}], {"P": "n > 1"})
    numbers = np.array([1.0, 2.0, 3.0])
    match = catalogue.compile().match({"n": numbers})
    numbers[:] = 0
    assert match.counts().tolist() == [2]


def test_overlaps_are_masks_counted_together(match: ms.Match) -> None:
    masks = np.stack([match[policy] for policy in match.policies], axis=1).astype(int)
    overlaps = match.overlaps()
    assert np.array_equal(overlaps.matrix, masks.T @ masks)
    a, b, users = overlaps.most(1)[0]
    assert users == (match[a] & match[b]).sum() > 0
    assert np.allclose(overlaps.shares().diagonal(), 1)


def test_threads_do_not_change_the_answer(telco: ms.Catalogue, customers: dict[str, Any]) -> None:
    rules = telco.compile()
    one, four = (rules.match(customers, threads=n) for n in (1, 4))
    assert one.counts(threads=1).tolist() == four.counts(threads=4).tolist()
    assert one.rows(threads=1)[1].tolist() == four.rows(threads=3)[1].tolist()


def test_audience_takes_segments_by_name(telco: ms.Catalogue, customers: dict[str, Any]) -> None:
    rules = telco.compile()
    mask = rules.audience("SEGMENT(fiber) AND tenure < 6", customers)
    expected = (customers["internet_service"] == "Fiber optic") & (customers["tenure"] < 6)
    assert np.array_equal(mask, expected) and mask.any()


def test_users_are_read_once_for_several_calls(
    telco: ms.Catalogue, customers: dict[str, Any]
) -> None:
    users = telco.users({**customers, "shoe_size": np.arange(7043)})
    assert len(users) == 7043
    assert users.ignored_columns == ["shoe_size"]
    assert telco.compile().match(users).counts().tolist() == (
        telco.compile().match(customers).counts().tolist()
    )


def test_users_of_another_schema_are_refused(telco: ms.Catalogue, every_type: ms.Catalogue) -> None:
    users = every_type.users({"fee": np.array([1.0])})
    with pytest.raises(ms.DataError, match="^the users were read by another schema$"):
        telco.compile().match(users)


@pytest.mark.skipif(importlib.util.find_spec("scipy") is not None, reason="SciPy is here")
def test_sparse_matrices_need_scipy(match: ms.Match) -> None:
    with pytest.raises(ImportError, match="^to_scipy\\(\\) needs SciPy: pip install scipy$"):
        match.to_scipy()


def test_unknown_policy(match: ms.Match) -> None:
    with pytest.raises(ms.NotFoundError, match="^there is no policy 'none'$") as refused:
        match["none"]
    assert refused.value.code == "unknown_policy"
    with pytest.raises(ms.NotFoundError, match="^there is no policy 'r07'; did you mean 'R07'\\?$"):
        match["r07"]


def test_match_shows_itself(match: ms.Match) -> None:
    assert repr(match) == "<muster.Match: 7043 users, 28 policies>"
    assert match._repr_html_().count("<tr>") == 29


def test_no_users(telco: ms.Catalogue, customers: dict[str, Any]) -> None:
    match = telco.compile().match({name: column[:0] for name, column in customers.items()})
    assert len(match) == 0 and match.counts().sum() == 0 and len(match.pairs()) == 0
    assert match["R01"].shape == (0,)
