"""What became of many users: sizes, masks, pairs, overlaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from . import _core
from ._errors import NotFoundError
from ._html import table
from ._plan import Overlaps
from ._progress import Progress, told
from ._users import Users

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


class Pairs:
    """All (user, policy) pairs, by user, then policy, as Arrow.

    Anything that takes ``__arrow_c_array__`` or ``__arrow_c_stream__`` reads it, without a copy:
    ``pyarrow.record_batch(pairs)``, ``polars.DataFrame(pairs)``. Columns: ``user``, the key or the
    row number from 1, and ``policy``, a dictionary of ids.
    """

    __slots__ = ("_array",)

    def __init__(self, array: _core.Array) -> None:
        self._array = array

    def __len__(self) -> int:
        return len(self._array)

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]:
        return self._array.__arrow_c_array__(requested_schema)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._array.__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        return f"<muster.Pairs: {len(self)} of (user, policy)>"


class Match:
    """Users matched against a rule set; every question is answered from their encoded bits.

    Immutable and thread-safe. Every method releases the GIL and takes ``threads`` (0: all there
    are) and ``progress`` (see ``RuleSet.match``).
    """

    __slots__ = ("policies", "users", "_audience", "_encoded")

    def __init__(
        self,
        policies: tuple[str, ...],
        audience: _core.Audience,
        users: Users,
        encoded: _core.EncodedUsers,
    ) -> None:
        self.policies = policies  #: names entry p of every array with one entry a policy
        self.users = users
        self._audience = audience
        self._encoded = encoded

    def __len__(self) -> int:
        """How many users there are."""
        return len(self._encoded)

    def counts(self, *, threads: int = 0, progress: Progress = None) -> npt.NDArray[np.uint64]:
        """Users matched by each policy: shape (policies,)."""
        return self._audience.counts(self._encoded, threads, told(progress))

    def __getitem__(self, policy: str) -> npt.NDArray[np.bool_]:
        """Whom a policy fits: a mask of shape (users,). Raises NotFoundError."""
        try:
            rule = self.policies.index(policy)
        except ValueError:
            raise NotFoundError(f"there is no policy '{policy}'", "unknown_policy") from None
        return self._audience.mask(self._encoded, rule, 0, None)

    def pairs(self, *, threads: int = 0, progress: Progress = None) -> Pairs:
        """Every (user, policy) that match."""
        return Pairs(
            self._audience.pairs(
                self._encoded, self.users._core, list(self.policies), threads, told(progress)
            )
        )

    def rows(
        self, *, threads: int = 0, progress: Progress = None
    ) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint32]]:
        """The pairs in compressed rows: ``first`` of shape (users + 1,) and ``rules``.

        The policies of the user in row u are ``rules[first[u]:first[u + 1]]``, by position.
        """
        return self._audience.rows(self._encoded, threads, told(progress))

    def to_scipy(self, *, threads: int = 0, progress: Progress = None) -> csr_matrix:
        """A boolean CSR matrix of shape (users, policies). Needs SciPy."""
        from scipy.sparse import csr_matrix

        first, rules = self.rows(threads=threads, progress=progress)
        index = np.int32 if len(rules) < 2**31 else np.int64
        parts: Any = (np.ones(len(rules), dtype=bool), rules.astype(index), first.astype(index))
        return csr_matrix(parts, shape=(len(self), len(self.policies)))

    def overlaps(self, *, threads: int = 0, progress: Progress = None) -> Overlaps:
        """How many users each pair of policies shares."""
        shared = self._audience.overlaps(self._encoded, len(self.policies), threads, told(progress))
        return Overlaps(self.policies, shared)

    def __repr__(self) -> str:
        return f"<muster.Match: {len(self)} users, {len(self.policies)} policies>"

    def _repr_html_(self) -> str:
        rows: list[tuple[Any, ...]] = [
            (policy, f"{int(count):,}", f"{count / max(len(self), 1):.1%}")
            for policy, count in zip(self.policies, self.counts())
        ]
        return table(("policy", "users", "share"), rows)
