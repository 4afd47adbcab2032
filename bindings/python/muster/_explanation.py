"""Why a rule is or is not TRUE for a user."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ._html import escape


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a rule as it is written; what it consists of follows it, one deeper."""

    kind: str  #: "condition", "all_of", "any_of" or "segment"
    negated: bool  #: under NOT, conditions apart: their text says so
    depth: int  #: the whole rule is 0
    truth: bool | None  #: None is NULL; NOT not included
    text: str  #: as a rule; of a segment its name
    actual: str  #: of a condition: the user's value


@dataclass(frozen=True, slots=True)
class Literal:
    """One comparison of the rule."""

    text: str
    actual: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What one tag would have to become."""

    tag: str
    text: str
    derived: str  #: formula of a derived tag, else empty


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a rule is or is not TRUE for a user, and the fewest tags that would have to change.

    Prints as text, and as a table in a notebook.
    """

    title: str
    matches: bool
    parts: tuple[Part, ...]
    literals: tuple[Literal, ...]
    found: str  #: "yes"; "no": nothing helps; "unknown": gave up
    exact: bool  #: the fewest possible, rather than the best found
    certain: bool  #: False: derived tags may not come out as ``changes`` says
    changes: tuple[Change, ...]  #: empty where it matches
    example: tuple[Change, ...]  #: values with which derived tags come out so
    text: str

    @classmethod
    def _of(cls, told: tuple[Any, ...], title: str = "") -> Explanation:
        matches, parts, literals, found, exact, certain, changes, example, text = told
        return cls(
            title,
            matches,
            tuple(Part(*one) for one in parts),
            tuple(Literal(*one) for one in literals),
            found,
            exact,
            certain,
            tuple(Change(*one) for one in changes),
            tuple(Change(*one) for one in example),
            text,
        )

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        rows = "".join(_row(part) for part in self.parts)
        verdict = "fits" if self.matches else "does not fit"
        changes = "".join(f"<li><code>{escape(one.text)}</code></li>" for one in self.changes)
        would = f"<p>It would fit with</p><ul>{changes}</ul>" if changes else ""
        return (
            f"<div><p><b>{escape(self.title)}</b> {verdict}</p>"
            f"<table><thead><tr><th></th><th>condition</th><th>this user</th></tr></thead>"
            f"<tbody>{rows}</tbody></table>{would}</div>"
        )


_WORDS = {"all_of": "all of", "any_of": "any of"}


def _row(part: Part) -> str:
    truth = part.truth if not part.negated or part.truth is None else not part.truth
    mark, colour = {True: ("✓", "#1a7f37"), False: ("✗", "#c62828"), None: ("NULL", "#8a6d00")}[
        truth
    ]
    text = _WORDS.get(part.kind, part.text)
    if part.negated:
        text = "NOT " + text
    return (
        f'<tr><td style="color:{colour}">{mark}</td>'
        f'<td style="text-align:left;padding-left:{1 + 1.5 * part.depth}em">'
        f"<code>{escape(text)}</code></td><td>{escape(part.actual)}</td></tr>"
    )
