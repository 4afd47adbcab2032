"""Deciding what each user should be offered."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Union

from . import _core, _dates
from ._catalogue import Catalogue
from ._errors import NotFoundError
from ._explanation import Explanation
from ._given import Octets, count, octets, text
from ._history import History, core_of
from ._html import escape, table
from ._plan import Funnel
from ._progress import Progress, told
from ._users import Unusable, User, users_of

_MOST_64_BITS = 2**64 - 1

#: Whom a decision is about: what ``Engine.prepare`` gave, or a dict of tags.
Subject = Union[User, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class RankedChannel:
    """A channel that may carry an offer now."""

    channel: str
    preferred: bool
    propensity: float
    rank: float


@dataclass(frozen=True, slots=True)
class Offer:
    """A policy that is offered, its score taken apart."""

    policy: str
    name: str
    primary: bool
    score: float  #: propensity × value × context × lever − contact_cost
    propensity: float
    value: float
    context: float
    lever: float
    contact_cost: float
    channels: tuple[RankedChannel, ...]  #: best first
    script: str  #: what the channel asked for says; empty where it says nothing


@dataclass(frozen=True, slots=True)
class Omission:
    """A policy whose segment is TRUE, and that is not offered."""

    policy: str
    reason: str


@dataclass(frozen=True, slots=True)
class GateAnswer:
    """Whether a user may have a policy on a channel; true in a condition where so."""

    allowed: bool
    reason: str  #: why not, e.g. "not_in_segment"; empty where allowed
    text: str  #: the same for people

    def __bool__(self) -> bool:
        return self.allowed


@dataclass(frozen=True, slots=True)
class ChannelBlock:
    """Why a channel may not carry a policy now."""

    channel: str
    reason: str
    rule: str  #: the contact rule's id; empty where it is not one
    count: int
    most: int


@dataclass(frozen=True, slots=True)
class PolicyReason:
    """What became of one policy for one user, and why."""

    policy: str
    reason: str
    part: str  #: the rule that is not TRUE, e.g. "segment"; empty where all are
    rule: Explanation | None  #: of that part
    blocked: tuple[ChannelBlock, ...]
    better: str  #: the policy that took its place
    text: str

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        rule = self.rule._repr_html_() if self.rule else ""
        return f"<pre>{escape(self.text)}</pre>{rule}"


class Decision:
    """The one answer for a user at a moment, the same for every channel. Immutable."""

    __slots__ = ("_view", "_channel", "record", "_offers")

    def __init__(self, view: _core.PolicyView, channel: str | None, record: bytes) -> None:
        self._view = view
        self._channel = channel
        self.record = record  #: what ``Engine.replay`` and ``Engine.explain`` need
        self._offers: tuple[Offer, ...] | None = None

    @property
    def offers(self) -> tuple[Offer, ...]:
        """Primary ones first, each best first."""
        if self._offers is None:
            told_of = enumerate(self._view.offers())
            self._offers = tuple(self._offer(at, *fields) for at, fields in told_of)
        return self._offers

    def _offer(self, at: int, *fields: Any) -> Offer:
        channels = tuple(RankedChannel(*one) for one in fields[-1])
        script = self.script(at, self._channel) if self._channel else ""
        parts: list[Any] = [*fields[:-1], channels, script]
        return Offer(*parts)

    @property
    def omissions(self) -> tuple[Omission, ...]:
        """By policy id."""
        return tuple(Omission(*one) for one in self._view.omissions())

    def script(self, offer: int, channel: str) -> str:
        """What a channel says for an offer, the user's tags filled in. Raises NotFoundError."""
        its_channel = text("a channel's id", channel)
        return self._view.script(count("an offer's position", offer), its_channel)

    @property
    def user(self) -> str:
        return self._view.user

    @property
    def at(self) -> dt.datetime:
        """In UTC."""
        return _dates.moment(self._view.at)

    @property
    def decision_id(self) -> int:
        """A hash of everything it was decided from, 64 bits."""
        return self._view.decision_id

    @property
    def version(self) -> str:
        """The catalogue's."""
        return self._view.version

    @property
    def holdout(self) -> bool:
        """To be left alone, to compare with."""
        return self._view.holdout

    @property
    def high_value(self) -> bool:
        return self._view.high_value

    def to_json(self) -> str:
        """The same decision gives the same bytes, whichever channel asked."""
        return self._view.to_json()

    def to_tmf680(self) -> str:
        """As a TM Forum QueryProductRecommendation (TMF680)."""
        return self._view.to_tmf680()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Decision) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(self.decision_id)

    def __repr__(self) -> str:
        return f"<muster.Decision for {self.user!r}: {[one.policy for one in self.offers]}>"

    def _repr_html_(self) -> str:
        rows = [
            (one.policy, one.name, "primary" if one.primary else "secondary",
             f"{one.score:.2f}", one.channels[0].channel, one.script)
            for one in self.offers
        ]  # fmt: skip
        return table(("policy", "name", "", "score", "best channel", "script"), rows)


class Engine:
    """Decides for one user after another, from one catalogue that is exchanged while it runs.

    Thread-safe.

    Args:
        catalogue: deployed at once; None: none yet.
        history: nobody was ever contacted if None.
        catalogues_kept: for ``roll_back`` and ``replay``, the running one included.
    """

    __slots__ = ("_core", "_running", "_kept", "_deploying")

    def __init__(
        self,
        catalogue: Catalogue | None = None,
        *,
        history: History | None = None,
        catalogues_kept: int = 8,
    ) -> None:
        kept = count("catalogues_kept", catalogues_kept)
        self._core = _core.Engine(core_of(history), kept)
        self._running: list[Catalogue] = []
        self._kept = max(catalogues_kept, 1)
        self._deploying = threading.Lock()
        if catalogue is not None:
            self.deploy(catalogue)

    def deploy(self, catalogue: Catalogue) -> None:
        """Puts a catalogue in place in one step.

        Raises CatalogueError where a policy's state can not follow from the one it has; the
        running one then stays.
        """
        if not isinstance(catalogue, Catalogue):
            raise TypeError(f"a Catalogue is deployed, not {type(catalogue).__name__}")
        with self._deploying:
            self._core.deploy(catalogue._core)
            self._running = [*self._running, catalogue][-self._kept :]

    def roll_back(self) -> None:
        """Puts the catalogue before back and forgets the running one. Raises NotFoundError."""
        with self._deploying:
            self._core.roll_back()
            self._running = self._running[:-1]

    @property
    def catalogue(self) -> Catalogue:
        """The running one. Raises NotFoundError where there is none."""
        running = self._running  # as it is now, whoever deploys meanwhile
        if not running:
            raise NotFoundError("the engine has no catalogue", "no_catalogue")
        return running[-1]

    @property
    def deployments(self) -> list[tuple[str, int, bool]]:
        """(version, content hash, whether it runs), oldest first."""
        return self._core.deployments()

    def prepare(
        self,
        row: Mapping[str, Any],
        *,
        key: str | None = None,
        now: dt.datetime | None = None,
        unusable: Unusable = "raise",
    ) -> User:
        """A user of the running catalogue, read once for any number of decisions and checks.

        Decisions are the same with it and without: where the day or the catalogue's rules have
        changed since ``now``, tags are read again; a catalogue of other tags refuses it. See
        ``Catalogue.user``.
        """
        user = self.catalogue.user(row, key=key, unusable=unusable)
        return User(user._core, user.key, self._core.prepare(user._core, _dates.second(now)))

    def decide(
        self,
        row: Subject,
        *,
        channel: str | None = None,
        key: str | None = None,
        now: dt.datetime | None = None,
        seed: int = 0,
    ) -> Decision:
        """What a user should be offered.

        Args:
            row: a dict of tags, or what ``prepare`` gave.
            channel: whose script the offers carry. The decision is the same for every channel.
            key: names the user in the history and the holdout; else the schema's key column. Without
                either the user is "", of whom histories know nothing.
            now: with a time zone; this moment if None.
            seed: for models that explore; part of the decision.

        Raises:
            DataError, DataTypeError: naming the tag. NotFoundError: no catalogue, no such channel.
        """
        user = row if isinstance(row, User) else self.catalogue.user(row)
        view, record = self._core.decide(
            user._core, user._prepared, _key(user, key),
            _dates.second(now), count("seed", seed, _MOST_64_BITS),
        )  # fmt: skip
        if channel is not None:
            view.check_channel(text("a channel's id", channel))
        return Decision(view, channel, record)

    def check(
        self,
        row: Subject,
        policy: str,
        channel: str,
        *,
        key: str | None = None,
        now: dt.datetime | None = None,
        language: str = "en",
    ) -> GateAnswer:
        """The gate before a channel fulfils: may this user have this policy here and now?

        Raises NotFoundError for a policy or channel that is none.
        """
        user = row if isinstance(row, User) else self.catalogue.user(row)
        return GateAnswer(
            *self._core.check(
                user._core, user._prepared, _key(user, key),
                text("a policy's id", policy), text("a channel's id", channel),
                _dates.second(now), _is_chinese(language),
            )
        )  # fmt: skip

    def replay(self, record: Octets, *, channel: str | None = None) -> Decision:
        """Decides again from a record, with the catalogue of the time.

        Raises CorruptError, and NotFoundError where that catalogue is no longer held.
        """
        its = octets("a record", record)
        return Decision(self._core.replay(its), channel, its)

    def explain(self, record: Octets, policy: str, *, language: str = "en") -> PolicyReason:
        """What became of a policy in a recorded decision, and why. Raises as ``replay`` does."""
        told_of = self._core.explain(
            octets("a record", record), text("a policy's id", policy), _is_chinese(language)
        )
        name, reason, part, rule, blocked, better, words = told_of
        return PolicyReason(
            name, reason, part,
            None if rule is None else Explanation._of(rule, title=f"{name}: {part}"),
            tuple(ChannelBlock(*one) for one in blocked), better, words,
        )  # fmt: skip

    def funnel(
        self,
        df: Any,
        *,
        now: dt.datetime | None = None,
        threads: int = 0,
        progress: Progress = None,
    ) -> Funnel:
        """Decides for every user and counts, per policy, how many users each step removes."""
        users = users_of(self.catalogue, df, threads=threads)
        return Funnel._of(
            _core.funnel(self._core, users.table(), _dates.second(now), threads, told(progress))
        )


def _is_chinese(language: str) -> bool:
    if language not in ("en", "zh"):
        raise ValueError(f"language is 'en' or 'zh', not '{language}'")
    return language == "zh"


def _key(user: User, key: str | None) -> str:
    return text("a user's key", user.key if key is None else key)
