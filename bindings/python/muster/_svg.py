"""Charts as plain SVG: nothing to install, nothing to fetch, part of any page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ._html import escape

if TYPE_CHECKING:
    from ._plan import Funnel, PolicyFunnel

MAX_BARS = 40  #: policies a chart shows: the largest
MAX_SIDE = 40  #: policies an overlap matrix shows: the largest

_INK, _FAINT, _GRID = "#1f2933", "#6b7785", "#e4e8ed"
_STEPS = (
    ("matched", "#cfd8e3"),
    ("live", "#a9bfd8"),
    ("permitted", "#7ea3cd"),
    ("contactable", "#4f84bf"),
    ("offered", "#1f5fa8"),
)
_ROW, _LABEL, _WIDTH = 22, 220, 460


def _svg(width: float, height: float, parts: Iterable[str], title: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width:g} {height:g}" '
        f'style="width:100%;max-width:{width:g}px;font:12px system-ui,sans-serif">'
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )


def _text(x: float, y: float, text: str, *, anchor: str = "start", fill: str = _INK) -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="{fill}">{escape(text)}</text>'


def _bar(x: float, y: float, width: float, fill: str, told: str, height: float = 14) -> str:
    return (
        f'<rect class="mark" x="{x:g}" y="{y:g}" width="{max(width, 0):.2f}" height="{height:g}" '
        f'rx="2" fill="{fill}"><title>{escape(told)}</title></rect>'
    )


def _short(text: str, most: int = 30) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def bars(labels: Sequence[str], values: npt.NDArray[Any], of: int, title: str) -> str:
    """Horizontal bars, largest first, each with its number and its share of ``of``."""
    order = np.argsort(-values.astype(np.int64), kind="stable")[:MAX_BARS]
    largest = max(int(values.max(initial=0)), 1)
    parts = []
    for row, at in enumerate(order):
        y, value = row * _ROW, int(values[at])
        told = f"{value:,} ({value / max(of, 1):.1%})"
        width = _WIDTH * value / largest
        parts.append(_text(_LABEL - 8, y + 15, _short(labels[at]), anchor="end"))
        parts.append(_bar(_LABEL, y + 4, width, _STEPS[-1][1], f"{labels[at]}: {told}"))
        parts.append(_text(_LABEL + width + 6, y + 15, told, fill=_FAINT))
    return _svg(_LABEL + _WIDTH + 120, len(order) * _ROW + 4, parts, title)


def _shade(share: float) -> str:
    """White to the deepest blue."""
    low, high = (0xF4, 0xF6, 0xF9), (0x12, 0x4A, 0x8C)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(low, high))


def matrix(
    labels: Sequence[str], shares: npt.NDArray[np.float64], counts: npt.NDArray[np.uint64]
) -> str:
    """Row a, column b: the part of a's users that b fits as well, as a shade."""
    order = np.argsort(-counts.diagonal().astype(np.int64), kind="stable")[:MAX_SIDE]
    cell, left = 22, 120
    top = 20 + 6 * max([len(_short(labels[at], 16)) for at in order] + [0])
    parts = []
    for row, a in enumerate(order):
        y = top + row * cell
        parts.append(_text(left - 6, y + 15, _short(labels[a], 16), anchor="end"))
        parts.append(
            f'<text transform="translate({left + row * cell + 15},{top - 6}) rotate(-60)" '
            f'fill="{_INK}">{escape(_short(labels[a], 16))}</text>'
        )
        for column, b in enumerate(order):
            told = (
                f"{labels[a]} and {labels[b]}: {int(counts[a, b]):,} users, "
                f"{shares[a, b]:.0%} of {labels[a]}"
            )
            parts.append(
                f'<rect class="mark" x="{left + column * cell}" y="{y}" width="{cell - 1}" '
                f'height="{cell - 1}" fill="{_shade(float(shares[a, b]))}">'
                f"<title>{escape(told)}</title></rect>"
            )
    side = len(order) * cell
    return _svg(left + side + 70, top + side + 4, parts, "overlaps of policies")


def _legend(y: float) -> list[str]:
    parts, x = [], float(_LABEL)
    for name, colour in _STEPS:
        parts.append(f'<rect x="{x:g}" y="{y:g}" width="10" height="10" fill="{colour}"/>')
        parts.append(_text(x + 14, y + 10, name, fill=_FAINT))
        x += 30 + 7 * len(name)
    return parts


def _funnel_row(policy: PolicyFunnel, y: float, largest: int) -> Iterable[str]:
    yield _text(_LABEL - 8, y + 15, _short(policy.policy), anchor="end")
    for name, colour in _STEPS:
        users = int(getattr(policy, name))
        told = f"{policy.policy}, {name}: {users:,}"
        yield _bar(_LABEL, y + 4, _WIDTH * users / largest, colour, told)
    told = f"{policy.offered:,} of {policy.matched:,}"
    yield _text(_LABEL + _WIDTH * policy.matched / largest + 6, y + 15, told, fill=_FAINT)


def funnel(told: Funnel) -> str:
    """A bar a policy; what each step leaves lies over what the step before left."""
    shown = sorted(told.policies, key=lambda one: -one.matched)[:MAX_BARS]
    largest = max([one.matched for one in shown] + [1])
    parts = _legend(0)
    for row, policy in enumerate(shown):
        parts.extend(_funnel_row(policy, 18 + row * _ROW, largest))
    return _svg(_LABEL + _WIDTH + 120, 22 + len(shown) * _ROW, parts, "funnel of policies")
