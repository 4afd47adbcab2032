"""Real customers and small catalogues that tests share."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import muster as ms
import numpy as np
import pytest

EXAMPLES = Path(__file__).parents[3] / "examples"
TODAY = dt.date(2026, 3, 1)
NOW = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.timezone.utc)  # Monday, 10:00 in Shanghai


def telco_columns() -> dict[str, Any]:
    """customers.csv as a dict of arrays, typed by the catalogue's schema."""
    with open(EXAMPLES / "telco/customers.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns: dict[str, Any] = {}
    for tag in ms.Catalogue.load(EXAMPLES / "telco/catalogue.json").tags:
        if tag.derived:
            continue
        cells = [row[tag.name] for row in rows]
        if tag.type == "number":
            columns[tag.name] = np.array([float(cell or "nan") for cell in cells])
        elif tag.type == "bool":
            columns[tag.name] = np.array([cell in ("1", "Yes") for cell in cells])
        else:
            columns[tag.name] = np.array(cells, dtype=object)
    return columns


@pytest.fixture(scope="session")
def telco() -> ms.Catalogue:
    return ms.Catalogue.load(EXAMPLES / "telco/catalogue.json")


@pytest.fixture(scope="session")
def customers() -> dict[str, Any]:
    return telco_columns()


@pytest.fixture(scope="session")
def retention() -> ms.Catalogue:
    return ms.Catalogue.load(EXAMPLES / "retention/catalogue.json")


@pytest.fixture(scope="session")
def every_type() -> ms.Catalogue:
    """One nullable tag of each type, and a rule on each."""
    return ms.Catalogue.from_rules(
        [
            {"name": "loyal", "type": "bool", "nullable": True},
            {"name": "plan", "type": "category", "values": ["A", "B", "大流量"], "nullable": True},
            {"name": "likes", "type": "set", "values": ["video", "game"], "nullable": True},
            {"name": "fee", "type": "number", "nullable": True},
            {"name": "since", "type": "date", "nullable": True},
        ],
        {
            "loyal": "loyal",
            "not_loyal": "NOT loyal",
            "plan": "plan IN ('A', '大流量')",
            "not_plan": "plan <> 'A'",
            "likes": "likes HAS ANY ('video')",
            "fee": "fee >= 10",
            "since": "days_since(since) <= 30",
            "unknown": "fee IS NULL",
        },
    )
