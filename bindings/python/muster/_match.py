"""What became of many users: sizes, masks, pairs, overlaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from . import _core
from ._given import position
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
    """Users matched against a rule set.

    The first question, if it is for counts, pairs or rows, is answered straight from the columns;
    with the second, users are encoded, and all further ones are answered from their bits. Until
    then the frame's memory is borrowed: do not change it in place. Memory that is meant to be
    changed, pandas' and NumPy's, is encoded at once.

    Immutable and thread-safe. Every method releases the GIL and takes ``threads`` (0: all there
    are) and ``progress`` (see ``RuleSet.match``).
    """

    __slots__ = ("policies", "users", "_audience", "_rules", "_today", "_encoded", "_asked")

    def __init__(
        self,
        policies: tuple[str, ...],
        audience: _core.Audience,
        rules: _core.RuleSet,
        users: Users,
        today: int,
    ) -> None:
        self.policies = policies  #: names entry p of every array with one entry a policy
        self.users = users
        self._audience = audience
        self._rules = rules
        self._today = today
        self._encoded: _core.EncodedUsers | None = None
        self._asked = False

    def __len__(self) -> int:
        """How many users there are."""
        return len(self.users)

    def _bits(self, threads: int = 0, progress: Progress = None) -> _core.EncodedUsers:
        """Everybody's, made once; two threads at a time make them twice, which is no harm."""
        encoded = self._encoded
        if encoded is None:
            encoded = self._rules.encode(self.users._core, self._today, threads, told(progress))
            self._encoded = encoded
        return encoded

    def _is_first_question(self) -> bool:
        first = self._encoded is None and not self._asked
        self._asked = True
        return first

    def counts(self, *, threads: int = 0, progress: Progress = None) -> npt.NDArray[np.uint64]:
        """Users matched by each policy: shape (policies,)."""
        if self._is_first_question():
            users = self.users._core
            return self._audience.fresh_counts(users, self._today, threads, told(progress))
        return self._audience.counts(self._bits(threads), threads, told(progress))

    def __getitem__(self, policy: str) -> npt.NDArray[np.bool_]:
        """Whom a policy fits: a mask of shape (users,). Raises NotFoundError."""
        rule = position(policy, self.policies)
        return self._audience.mask(self._bits(), rule, 0, None)

    def pairs(self, *, threads: int = 0, progress: Progress = None) -> Pairs:
        """Every (user, policy) that match."""
        users, names = self.users._core, list(self.policies)
        if self._is_first_question():
            return Pairs(
                self._audience.fresh_pairs(users, self._today, names, threads, told(progress))
            )
        encoded = self._bits(threads)
        return Pairs(self._audience.pairs(encoded, users, names, threads, told(progress)))

    def rows(
        self, *, threads: int = 0, progress: Progress = None
    ) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint32]]:
        """The pairs in compressed rows: ``first`` of shape (users + 1,) and ``rules``.

        The policies of the user in row u are ``rules[first[u]:first[u + 1]]``, by position.
        """
        if self._is_first_question():
            users = self.users._core
            return self._audience.fresh_rows(users, self._today, threads, told(progress))
        return self._audience.rows(self._bits(threads), threads, told(progress))

    def to_scipy(self, *, threads: int = 0, progress: Progress = None) -> csr_matrix:
        """A boolean CSR matrix of shape (users, policies).

        Raises ImportError where SciPy is not installed.
        """
        try:
            from scipy.sparse import csr_matrix
        except ImportError as missing:
            raise ImportError("to_scipy() needs SciPy: pip install scipy") from missing

        first, rules = self.rows(threads=threads, progress=progress)
        index = np.int32 if len(rules) < 2**31 else np.int64
        parts: Any = (np.ones(len(rules), dtype=bool), rules.astype(index), first.astype(index))
        return csr_matrix(parts, shape=(len(self), len(self.policies)))

    def overlaps(self, *, threads: int = 0, progress: Progress = None) -> Overlaps:
        """How many users each pair of policies shares."""
        encoded = self._bits(threads)
        shared = self._audience.overlaps(encoded, len(self.policies), threads, told(progress))
        return Overlaps(self.policies, shared)

    def __repr__(self) -> str:
        return f"<muster.Match: {len(self)} users, {len(self.policies)} policies>"

    def _repr_html_(self) -> str:
        rows: list[tuple[Any, ...]] = [
            (policy, f"{int(count):,}", f"{count / max(len(self), 1):.1%}")
            for policy, count in zip(self.policies, self.counts())
        ]
        return table(("policy", "users", "share"), rows)
