"""One page about a population: who the policies are for, which compete, what is offered."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

from . import _dates, _svg
from ._catalogue import Catalogue
from ._history import History
from ._html import escape, table
from ._match import Match
from ._plan import Funnel, Overlaps

_STYLE = """
body{font:15px/1.5 system-ui,sans-serif;color:#1f2933;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;margin-bottom:.2rem}h2{font-size:1.15rem;margin-top:2.2rem}
p.note,figcaption{color:#6b7785}figure{margin:0}
table{border-collapse:collapse;margin:.5rem 0}th,td{padding:.25rem .8rem;text-align:left}
th{border-bottom:1px solid #cfd8e3}td{border-bottom:1px solid #e4e8ed}
"""


def _figure(svg: str, caption: str) -> str:
    return f"<figure>{svg}<figcaption>{escape(caption)}</figcaption></figure>"


def _sizes(catalogue: Catalogue, match: Match) -> str:
    labels = [f"{policy.id} {policy.name}" for policy in catalogue.policies]
    chart = _svg.bars(labels, match.counts(), len(match), "audience sizes")
    return "<h2>Audiences</h2>" + _figure(
        chart, f"Users whom each policy's segment fits, of {len(match):,}."
    )


def _competing(overlaps: Overlaps) -> str:
    most = [(a, b, f"{users:,}") for a, b, users in overlaps.most()]
    return (
        "<h2>Overlaps</h2>"
        + _figure(
            _svg.matrix(overlaps.policies, overlaps.shares(), overlaps.matrix),
            "Row and column: how much of the row's audience the column's policy fits as well.",
        )
        + ("<p>The pairs that compete for most users:</p>" if most else "")
        + (table(("policy", "and", "users"), most) if most else "")
    )


def _offered(told: Funnel) -> str:
    return "<h2>Funnel</h2>" + _figure(
        _svg.funnel(told),
        f"{told.users_offered:,} of {told.users:,} users are offered something; "
        f"{told.holdout:,} are in the holdout.",
    )


def report(
    catalogue: Catalogue,
    df: Any,
    path: str | os.PathLike[str],
    *,
    now: dt.datetime | None = None,
    history: History | None = None,
    title: str = "Policies and their users",
    threads: int = 0,
) -> Path:
    """Writes one self-contained HTML file: audience sizes, overlaps, funnel. Readable offline.

    Args:
        df: see ``Catalogue.users``.
        now: when it is; its day in the catalogue's time zone is the rules' today, as for decisions.
            This moment if None.

    Returns:
        The path.
    """
    now = now or dt.datetime.now().astimezone()
    users = catalogue.users(df, threads=threads)
    today = _dates.date(catalogue._core.day_at(_dates.second(now)))
    match = catalogue.compile().match(users, today=today, threads=threads)
    funnel = catalogue.funnel(users, now=now, history=history, threads=threads)
    version = f"Catalogue {catalogue.version}. " if catalogue.version else ""
    page = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>"
        f'<p class="note">{escape(version)}{len(match):,} users, {len(match.policies):,} policies, '
        f"{now:%Y-%m-%d %H:%M}.</p>"
        + _sizes(catalogue, match)
        + _competing(match.overlaps(threads=threads))
        + _offered(funnel)
        + "</body></html>\n"
    )
    written = Path(path)
    written.write_text(page, encoding="utf-8")
    return written
