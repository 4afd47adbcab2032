"""What plans look at: overlaps of policies, a change of catalogue, the funnel of a population."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from . import _svg
from ._html import table
from ._users import Users


@dataclass(frozen=True)
class Overlaps:
    """How many users each pair of policies shares."""

    policies: tuple[str, ...]
    matrix: npt.NDArray[np.uint64]  #: (policies, policies), symmetric; the diagonal has the sizes

    def shares(self) -> npt.NDArray[np.float64]:
        """Entry (a, b): the part of a's users that b fits as well, 0 to 1; 0 where a has none."""
        sizes = self.matrix.diagonal()[:, None].astype(float)
        shares: npt.NDArray[np.float64] = np.zeros(self.matrix.shape)
        np.divide(self.matrix, sizes, out=shares, where=sizes > 0)
        return shares

    def most(self, n: int = 10) -> list[tuple[str, str, int]]:
        """The pairs that share most users, largest first."""
        above = np.triu(self.matrix.astype(np.int64), k=1)
        order = np.argsort(-above, axis=None, kind="stable")[:n]
        found = zip(*np.unravel_index(order, above.shape))
        return [
            (self.policies[a], self.policies[b], int(above[a, b])) for a, b in found if above[a, b]
        ]

    def _repr_html_(self) -> str:
        return _svg.matrix(self.policies, self.shares(), self.matrix)


@dataclass(frozen=True, slots=True)
class PolicyDiff:
    """What a change of catalogue does to one policy, in users."""

    policy: str
    before: int
    after: int
    gained: int
    lost: int


@dataclass(frozen=True)
class Diff:
    """Which users gain or lose which policies when one catalogue takes the place of another."""

    policies: list[PolicyDiff]  #: of either catalogue, by id
    user: npt.NDArray[np.uint64]  #: of each gain or loss: the user's position, from 0
    policy: npt.NDArray[np.uint32]  #: of each: the position in ``policies``
    gained: npt.NDArray[np.bool_]  #: of each: gained, else lost
    users_gaining: int  #: users who gain at least one policy
    users_losing: int
    users: Users

    @classmethod
    def _of(cls, told: tuple[Any, ...], users: Users) -> Diff:
        policies, user, policy, gained, gaining, losing = told
        rows = [PolicyDiff(*one) for one in policies]
        return cls(rows, user, policy, gained.view(np.bool_), gaining, losing, users)

    def changed(self) -> list[PolicyDiff]:
        """Policies that somebody gains or loses."""
        return [one for one in self.policies if one.gained or one.lost]

    def _repr_html_(self) -> str:
        rows = [(p.policy, p.before, p.after, f"+{p.gained}", f"−{p.lost}") for p in self.changed()]
        return table(("policy", "before", "after", "gained", "lost"), rows)


@dataclass(frozen=True, slots=True)
class PolicyFunnel:
    """What became of one policy among many users: users left after each step."""

    policy: str
    matched: int
    live: int
    permitted: int
    contactable: int
    offered: int
    primary: int  #: of those offered
    removed: dict[str, int]  #: reason → users of the segment whom it removed


@dataclass(frozen=True)
class Funnel:
    """How many users each step of deciding removes, per policy."""

    users: int
    users_offered: int  #: users with at least one offer
    holdout: int
    policies: list[PolicyFunnel]  #: in the catalogue's order

    @classmethod
    def _of(cls, told: tuple[Any, ...]) -> Funnel:
        users, offered, holdout, policies = told
        return cls(users, offered, holdout, [PolicyFunnel(*one) for one in policies])

    def _repr_html_(self) -> str:
        return _svg.funnel(self)
