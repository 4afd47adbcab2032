"""Catalogues: tags, segments, policies, channels, contact rules, from JSON."""

from __future__ import annotations

import datetime as dt
import json as _json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import _core, _dates, _envelope
from ._errors import DataError, Diagnostic, FileError
from ._given import Octets, text
from ._plan import Diff, Funnel, Overlaps
from ._progress import Progress, told
from ._users import Unusable, User, Users, users_of

if TYPE_CHECKING:
    from ._history import History
    from ._rule_set import RuleSet

_KIND = b"CATA"


@dataclass(frozen=True, slots=True)
class Tag:
    """One declared fact about a user."""

    name: str
    type: str  #: "bool", "category", "set", "number" or "date"
    nullable: bool
    values: tuple[str, ...]  #: dictionary of a category or set
    kind: str  #: "basic", "application" or "portrait"
    description: str
    derived: str  #: formula, or empty


@dataclass(frozen=True, slots=True)
class Policy:
    """A targeted offer."""

    id: str
    name: str
    segment: str  #: a rule: whom it is for
    description: str
    state: str  #: "draft", "test", "waiting", "released", "suspended" or "retired"


class Catalogue:
    """Everything a decision needs, from one JSON text; docs/catalogue.md lists its keys.

    Immutable and thread-safe. Pickles as its text, checksummed.

    Args:
        json: the text, str or UTF-8 bytes; comments are allowed.

    Raises:
        CatalogueError: with all findings in ``diagnostics``, byte ranges in the text.
        LimitError: where a named limit is passed.
    """

    __slots__ = ("_core", "_json", "_schema_json", "_policies")

    def __init__(self, json: str | bytes) -> None:
        if not isinstance(json, (str, bytes, bytearray, memoryview)):
            raise TypeError(f"a catalogue is JSON text, not {type(json).__name__}: json.dumps()")
        self._json = json.encode() if isinstance(json, str) else bytes(json)
        self._core = _core.Catalogue.from_json(self._json)
        self._schema_json: str | None = None
        self._policies: tuple[str, ...] | None = None

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Catalogue:
        """Reads a file. Raises as the constructor does, and FileError."""
        try:
            text = Path(path).read_bytes()
        except OSError as wrong:
            raise FileError(f"'{os.fspath(path)}': {wrong.strerror}", "io") from wrong
        return cls(text)

    @classmethod
    def from_rules(
        cls,
        tags: Sequence[Mapping[str, Any]],
        rules: Mapping[str, str],
        *,
        key: str = "",
        segments: Mapping[str, str] | None = None,
    ) -> Catalogue:
        """A catalogue of bare rules, a policy each.

        Args:
            tags: as in a schema's JSON, e.g. ``{"name": "tenure", "type": "number"}``.
            rules: policy id → rule.
            key: column that names a user; empty: the row number from 1.
            segments: name → rule, for ``SEGMENT(name)``.
        """
        schema = {"key": key, "tags": list(tags)} if key else {"tags": list(tags)}
        policies = [{"id": id, "name": id, "segment": rule} for id, rule in rules.items()]
        whole = {"schema": schema, "segments": dict(segments or {}), "policies": policies}
        return cls(_json.dumps(whole, ensure_ascii=False))

    @property
    def version(self) -> str:
        """What the text calls its version; may be empty."""
        return self._core.version

    @property
    def content_hash(self) -> int:
        """Equal for catalogues that say the same, however they are laid out. 64 bits."""
        return self._core.content_hash

    @property
    def json(self) -> bytes:
        """The text it was made of."""
        return self._json

    @property
    def schema_json(self) -> str:
        """The schema alone, as JSON."""
        if self._schema_json is None:
            self._schema_json = self._core.schema_json()
        return self._schema_json

    @property
    def key(self) -> str:
        """Column that names a user; empty: the row number from 1."""
        return self._core.key

    @property
    def tags(self) -> list[Tag]:
        return [Tag(n, t, u, tuple(v), k, d, f) for n, t, u, v, k, d, f in self._core.tags()]

    @property
    def policies(self) -> list[Policy]:
        """In the text's order, which is that of every array with one entry a policy."""
        return [Policy(*fields) for fields in self._core.policies()]

    @property
    def policy_ids(self) -> tuple[str, ...]:
        if self._policies is None:
            self._policies = tuple(fields[0] for fields in self._core.policies())
        return self._policies

    @property
    def segments(self) -> dict[str, str]:
        """Name → rule."""
        return dict(self._core.segments())

    @property
    def channels(self) -> dict[str, str]:
        """Id → name."""
        return dict(self._core.channels())

    @property
    def warnings(self) -> list[Diagnostic]:
        """What is suspicious, with byte ranges in ``json``."""
        return self._core.warnings()

    def compile(self, *, progress: Progress = None) -> RuleSet:
        """The policies' segments as one rule set. Raises LimitError."""
        from ._rule_set import RuleSet

        return RuleSet(self, self._core.compile(told(progress)))

    def users(self, df: Any, *, threads: int = 0, progress: Progress = None) -> Users:
        """Reads a data frame once, for several calls.

        Args:
            df: anything with ``__arrow_c_stream__`` or ``__arrow_c_array__`` (pandas, polars,
                pyarrow, a DuckDB relation), or a dict of one-dimensional arrays or lists: numbers,
                bool, datetime64, object or str arrays of categories, object arrays of collections
                for sets; masked values, None, NaN and NaT are NULL. Columns are found by tag name,
                others are ignored.
            threads: 0 for all there are.
            progress: a function of (done, total) or a bar such as ``tqdm()``.

        Raises:
            DataTypeError, DataError: naming the column and what was expected.
            FileError: with the words of what a producer of batches raised, whatever that was.
        """
        return users_of(self, df, threads=threads, progress=progress)

    def user(
        self, row: Mapping[str, Any], *, key: str | None = None, unusable: Unusable = "raise"
    ) -> User:
        """One user from a dict of tags; what is not there is NULL.

        Args:
            row: tag → bool, number, str, date, collection of str (sets) or None. The schema's key
                column may be among them.
            key: names the user in histories and the holdout, whatever the row says.
            unusable: "null" takes a value that its tag can not have as NULL, where the tag is
                nullable, and names the tag in ``User.unusable``. Names that are no tag's raise
                all the same.

        Raises:
            DataTypeError, DataError, RuleError: naming the tag.
        """
        if unusable not in ("raise", "null"):
            raise ValueError(f"unusable is 'raise' or 'null', not '{unusable}'")
        try:
            core, found = _core.user_of(
                self._core, row if type(row) is dict else dict(row), unusable == "null"
            )
        except UnicodeEncodeError as wrong:  # half of a surrogate pair
            texts = {name: value for name, value in row.items() if isinstance(value, str)}
            names = [name for name in row if wrong.object in (name, texts.get(name))]
            where = f"tag '{names[0]}'" if names else "a set of categories"
            raise DataError(f"{where}: {wrong.reason}", "wrong_type") from wrong
        return User(core, text("a user's key", key if key is not None else (found or "")))

    def overlaps(
        self,
        df: Any,
        *,
        today: dt.date | None = None,
        threads: int = 0,
        progress: Progress = None,
    ) -> Overlaps:
        """How many users each pair of policies shares: which compete for the same people."""
        match = self.compile().match(df, today=today, threads=threads)
        return match.overlaps(threads=threads, progress=progress)

    def diff(
        self,
        other: Catalogue,
        df: Any,
        *,
        today: dt.date | None = None,
        threads: int = 0,
        progress: Progress = None,
    ) -> Diff:
        """Which users gain or lose which released policies when ``other`` takes this one's place.

        Contacts, quotas and dates of validity play no part. Where the schemas differ, ``df`` is
        read twice and must give the same users both times: a stream that ends can not.
        """
        before = users_of(self, df, threads=threads)
        same = other.schema_json == self.schema_json
        after = before if same else users_of(other, df, threads=threads)
        told_to = told(progress)
        return Diff._of(
            _core.diff(
                self._core, before.table(), other._core, after.table(),
                _dates.day(today), threads, told_to,
            ),
            before,
        )  # fmt: skip

    def funnel(
        self,
        df: Any,
        *,
        now: dt.datetime | None = None,
        history: History | None = None,
        threads: int = 0,
        progress: Progress = None,
    ) -> Funnel:
        """Decides for every user and counts, per policy, how many users each step removes."""
        from ._engine import Engine

        return Engine(self, history=history).funnel(df, now=now, threads=threads, progress=progress)

    def to_bytes(self) -> bytes:
        """Versioned, checksummed; ``from_bytes`` reads them back."""
        return _envelope.wrap(_KIND, self._json)

    @classmethod
    def from_bytes(cls, data: Octets) -> Catalogue:
        """Raises CorruptError, and whatever the constructor raises."""
        return cls(_envelope.unwrap(_KIND, data))

    def __reduce__(self) -> tuple[Any, tuple[bytes]]:
        return Catalogue.from_bytes, (self.to_bytes(),)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Catalogue) and self.content_hash == other.content_hash

    def __hash__(self) -> int:
        return hash(self.content_hash)

    def __repr__(self) -> str:
        return (
            f"<muster.Catalogue {self.version!r}: {len(self._core.tags())} tags, "
            f"{len(self.policy_ids)} policies>"
        )
