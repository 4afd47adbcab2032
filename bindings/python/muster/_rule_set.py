"""Compiled rules: many users against all of them, or one user after another."""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Mapping
from typing import Any, Union

import numpy as np
import numpy.typing as npt

from . import _core, _dates, _envelope
from ._catalogue import Catalogue
from ._core import EncodedUser
from ._explanation import Explanation
from ._given import Octets, position, text
from ._match import Match
from ._progress import Progress, told
from ._users import User, Users, may_change, users_of

_KIND = b"RULE"
_LENGTH = struct.Struct("<Q")

#: Whom a call is about: a prepared user, a checked one, or a dict of tags.
OneUser = Union[EncodedUser, User, Mapping[str, Any]]


class RuleSet:
    """The segments of a catalogue's policies, compiled together.

    Made by ``Catalogue.compile``. Immutable; threads may share it. Pickles as the catalogue and
    the compiled rules, versioned and checksummed.
    """

    __slots__ = ("catalogue", "policies", "_core", "_matcher", "_audience")

    def __init__(self, catalogue: Catalogue, core: _core.RuleSet) -> None:
        self.catalogue = catalogue
        self.policies = catalogue.policy_ids  #: rule r is the segment of policies[r]
        self._core = core
        self._matcher = _core.Matcher(core, self.policies)
        self._audience: _core.Audience | None = None  # made when it is first needed, then kept

    def __len__(self) -> int:
        return len(self._core)

    @property
    def kernel(self) -> str:
        """The vector kernel in use, e.g. ``"avx2"``."""
        return self._core.kernel

    def match(
        self,
        df: Any,
        *,
        today: dt.date | None = None,
        threads: int = 0,
        progress: Progress = None,
    ) -> Match:
        """Many users against all rules. Reads the users; what is asked of the match does the rest.

        Args:
            df: see ``Catalogue.users``, or what that gave.
            today: for rules on days; the machine's own day if None.
            threads: 0 for all there are; the answer does not depend on it.
            progress: a function of (done, total) or a bar: ``rules.match(df, progress=tqdm())``;
                told of reading the users; those of Arrow are encoded when they are asked about.

        Raises:
            DataTypeError, DataError: naming the column and what was expected.
            KeyboardInterrupt: within 100 ms, nothing left behind.
        """
        at_once = may_change(df)
        told_of_reading = None if at_once else progress  # else of encoding, which takes longer
        users = users_of(self.catalogue, df, threads=threads, progress=told_of_reading)
        if self._audience is None:  # two threads at once make two, of which one stays: no harm
            self._audience = _core.Audience(self._core)
        match = Match(self.policies, self._audience, self._core, users, _dates.day(today))
        if at_once:
            match._bits(threads, progress)
        return match

    def audience(
        self,
        rule: str,
        df: Any,
        *,
        today: dt.date | None = None,
        threads: int = 0,
        progress: Progress = None,
    ) -> npt.NDArray[np.bool_]:
        """Whom a rule is TRUE for: a mask of shape (users,).

        The rule may name the catalogue's segments: ``"SEGMENT(fiber) AND tenure < 6"``.

        Raises:
            RuleError: with byte ranges in ``diagnostics``; and as ``match`` does.
        """
        rules = self.catalogue._core.compile_rules([text("a rule", rule)])
        users = users_of(self.catalogue, df, threads=threads)
        encoded = rules.encode(users._core, _dates.day(today), threads, told(progress))
        return _core.Audience(rules).mask(encoded, 0, threads, None)

    def explain(
        self, df: Any, *, user: str | int | None = None, policy: str, today: dt.date | None = None
    ) -> Explanation:
        """Why a policy's segment is or is not TRUE for a user, and what would change that.

        Args:
            df: many users, of whom ``user`` is one; or one user (dict of tags, ``User``).
            user: the key, or the row number from 1 where the schema has no key column, as
                ``Match.pairs`` names users.

        Raises:
            NotFoundError: no such user or policy.
        """
        view = self._view(df, user)
        at = position(policy, self.policies)
        rule = self.catalogue.policies[at]
        told_of = self.catalogue._core.explain(rule.segment, view, _dates.day(today))
        return Explanation._of(told_of, title=f"{rule.id} {rule.name}".strip())

    def user(self, row: Mapping[str, Any], *, key: str | None = None) -> User:
        """See ``Catalogue.user``."""
        return self.catalogue.user(row, key=key)

    def prepare(
        self, user: User | Mapping[str, Any], *, today: dt.date | None = None
    ) -> EncodedUser:
        """A user ready to be matched by this rule set any number of times, on that day."""
        if not isinstance(user, User):
            user = self.catalogue.user(user)
        return self._matcher.prepare(user._core, _dates.day(today))

    def match_one(self, user: OneUser, *, today: dt.date | None = None) -> list[str]:
        """Ids of the policies whose segment is TRUE for one user, in the catalogue's order.

        Takes what ``prepare`` gave (``today`` is settled then), a ``User``, or a dict of tags.
        """
        if type(user) is EncodedUser:
            return self._matcher.match(user)
        checked = user if isinstance(user, User) else self.catalogue.user(user)  # type: ignore[arg-type]
        return self._matcher.match_view(checked._core, _dates.day(today))

    def to_bytes(self) -> bytes:
        """Versioned, checksummed; ``from_bytes`` reads them back, faster than compiling."""
        text = self.catalogue.json
        return _envelope.wrap(_KIND, _LENGTH.pack(len(text)) + text + self._core.save())

    @classmethod
    def from_bytes(cls, data: Octets) -> RuleSet:
        """Raises CorruptError. The rules run on the best kernel of this machine."""
        content = _envelope.unwrap(_KIND, data)
        (length,) = _LENGTH.unpack_from(content)
        begin = _LENGTH.size
        catalogue = Catalogue(content[begin : begin + length])
        return cls(catalogue, _core.RuleSet.load(content[begin + length :]))

    def __reduce__(self) -> tuple[Any, tuple[bytes]]:
        return RuleSet.from_bytes, (self.to_bytes(),)

    def __repr__(self) -> str:
        return f"<muster.RuleSet: {len(self)} rules, kernel {self.kernel}>"

    def _view(self, df: Any, user: str | int | None) -> _core.UserView:
        if isinstance(df, User):
            return df._core
        if user is None:
            if isinstance(df, Users) or hasattr(df, "columns") or hasattr(df, "schema"):
                raise TypeError("user= names the one of many users whom it is about")
            return self.catalogue.user(df)._core
        users = users_of(self.catalogue, df)
        return users._core.row(users.position(user))
