"""muster_match inside SQL."""

from __future__ import annotations

import datetime as dt
from typing import Any

import duckdb
import muster as ms
import muster.duckdb
import pyarrow as pa
import pytest


def test_every_row(telco: ms.Catalogue, customers: dict[str, Any]) -> None:
    con = duckdb.connect()
    con.register("given", pa.table({**customers, "shoe_size": range(7043)}))
    con.execute("CREATE TABLE users AS SELECT *, row_number() OVER () AS id FROM given")
    muster.duckdb.register(con, telco)
    rows = con.execute("SELECT id, muster_match(users) FROM users ORDER BY id").fetchall()
    first, rules = telco.compile().match(customers).rows()
    for at, (id_, found) in enumerate(rows):
        expected = rules[int(first[at]) : int(first[at + 1])]
        assert (id_, found) == (at + 1, [telco.policy_ids[rule] for rule in expected])


def test_in_a_condition(every_type: ms.Catalogue) -> None:
    con = duckdb.connect()
    muster.duckdb.register(con, every_type, name="fits", today=dt.date(2026, 3, 1))
    con.execute(
        """CREATE TABLE users AS SELECT * FROM (VALUES
             (1, true, 'A', ['video'], 3.5, DATE '2026-02-20'),
             (2, NULL, NULL, NULL, NULL, NULL)) AS t(id, loyal, plan, likes, fee, since)"""
    )
    told = con.execute("SELECT id FROM users WHERE list_contains(fits(users), 'since')").fetchall()
    assert told == [(1,)]
    assert con.execute("SELECT fits(users) FROM users WHERE id = 2").fetchall() == [(["unknown"],)]


def test_the_key_is_not_asked_for() -> None:
    con = duckdb.connect()
    tags = [{"name": "fee", "type": "number"}]
    muster.duckdb.register(con, ms.Catalogue.from_rules(tags, {"P": "fee > 1"}, key="customer_id"))
    assert con.execute("SELECT muster_match({'fee': 3})").fetchall() == [(["P"],)]
    con.remove_function("muster_match")
    muster.duckdb.register(con, ms.Catalogue.from_rules(tags, {"Q": "fee > 1"}))
    assert con.execute("SELECT muster_match({'fee': 3})").fetchall() == [(["Q"],)]


def test_what_can_not_be_read(every_type: ms.Catalogue) -> None:
    con = duckdb.connect()
    muster.duckdb.register(con, every_type)
    con.execute("CREATE TABLE users AS SELECT true AS loyal, 'C' AS plan, [''] AS likes, "
                "1 AS fee, DATE '2026-02-20' AS since")  # fmt: skip
    with pytest.raises(duckdb.Error, match="'plan'"):
        con.execute("SELECT muster_match(users) FROM users").fetchall()
    with pytest.raises(duckdb.Error, match="muster_match takes one user, a STRUCT with a field a"):
        con.execute("SELECT muster_match(plan) FROM users").fetchall()
