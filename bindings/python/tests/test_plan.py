"""Funnel, difference of catalogues, overlaps, and the report over them."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import muster as ms
import numpy as np
import pytest

NOW = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.timezone.utc)


def test_funnel(telco: ms.Catalogue, customers: dict[str, Any]) -> None:
    told: list[int] = []
    funnel = telco.funnel(customers, now=NOW, progress=lambda done, total: told.append(done))
    counts = telco.compile().match(customers).counts()
    assert funnel.users == 7043 and told
    assert [one.policy for one in funnel.policies] == list(telco.policy_ids)
    for one, matched in zip(funnel.policies, counts):
        assert one.matched == matched
        assert one.matched == one.offered + sum(one.removed.values())
        assert one.matched >= one.live >= one.permitted >= one.contactable >= one.offered
    assert funnel._repr_html_().startswith("<svg")


def test_diff() -> None:
    tags = [{"name": "fee", "type": "number"}]
    before = ms.Catalogue.from_rules(tags, {"A": "fee > 1", "B": "fee > 3"})
    after = ms.Catalogue.from_rules(tags, {"A": "fee > 2", "C": "fee = 1"})
    diff = before.diff(after, {"fee": np.arange(5)})
    assert [(p.policy, p.before, p.after, p.gained, p.lost) for p in diff.policies] == [
        ("A", 3, 2, 0, 1), ("B", 1, 0, 0, 1), ("C", 0, 1, 1, 0),
    ]  # fmt: skip
    named = [(int(u), diff.policies[p].policy, bool(g))
             for u, p, g in zip(diff.user, diff.policy, diff.gained)]  # fmt: skip
    assert named == [(1, "C", True), (2, "A", False), (4, "B", False)]
    assert (diff.users_gaining, diff.users_losing) == (1, 2)
    assert diff.users.key(4) == "5" and diff._repr_html_().count("<tr>") == 4


def test_overlaps(telco: ms.Catalogue, customers: dict[str, Any]) -> None:
    overlaps = telco.overlaps(customers)
    assert overlaps.matrix.shape == (28, 28)
    assert overlaps._repr_html_().count('class="mark"') == 28 * 28


def test_report_is_one_file_that_needs_nothing(
    telco: ms.Catalogue, customers: dict[str, Any], tmp_path: Path
) -> None:
    path = ms.report(telco, customers, tmp_path / "report.html", now=NOW, title="A & B")
    page = path.read_text(encoding="utf-8")
    assert "<h1>A &amp; B</h1>" in page and "7,043 users, 28 policies" in page
    assert page.count('class="mark"') == 28 + 28 * 28 + 28 * 5
    links = re.findall(r"""(?:src|href)=|url\(|@import|https?://[^"<]*""", page)
    assert set(links) <= {"http://www.w3.org/2000/svg"}


def test_charts_show_the_largest(tmp_path: Path) -> None:
    tags = [{"name": "fee", "type": "number"}]
    many = ms.Catalogue.from_rules(tags, {f"P{i:03}": f"fee > {i}" for i in range(60)})
    users = {"fee": np.arange(100)}
    page = ms.report(many, users, tmp_path / "report.html", now=NOW).read_text(encoding="utf-8")
    assert page.count('class="mark"') == 40 + 40 * 40 + 40 * 5
    assert "P039" in page and "P040:" not in page


def test_funnel_needs_a_zone(telco: ms.Catalogue, customers: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="time zone"):
        telco.funnel(customers, now=dt.datetime(2026, 3, 2))


def test_a_report_is_of_one_day(tmp_path: Path) -> None:
    catalogue = ms.Catalogue("""{
      "time_zone": "Asia/Shanghai",
      "schema": {"tags": [{"name": "seen", "type": "date"}]},
      "policies": [{"id": "P", "name": "P", "segment": "days_since(seen) = 0"}]}""")
    evening = dt.datetime(2026, 3, 1, 17, tzinfo=dt.timezone.utc)  # there it is the next day
    users = {"seen": np.array(["2026-03-02"], dtype="datetime64[D]")}
    assert catalogue.funnel(users, now=evening).policies[0].matched == 1
    page = ms.report(catalogue, users, tmp_path / "report.html", now=evening).read_text()
    assert "P: 1 (100.0%)" in page
