"""Many users, wherever their columns lie."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from . import _core
from ._columns import batch
from ._errors import DataError, NotFoundError
from ._given import count, text
from ._progress import Progress, told

if TYPE_CHECKING:
    from ._catalogue import Catalogue

#: What becomes of a value that its tag can not have.
Unusable = Literal["raise", "null"]


class Users:
    """Users read by a catalogue's schema, for several calls on the same data.

    Made by ``Catalogue.users``; every function that takes a data frame takes this as well.
    Immutable and thread-safe. Borrows the frame's memory where the layout allows.
    """

    __slots__ = ("_catalogue", "_core", "_table")

    def __init__(
        self, catalogue: Catalogue, data: Any, *, threads: int = 0, progress: Progress = None
    ) -> None:
        source = batch(data) if isinstance(data, Mapping) else data
        self._catalogue = catalogue
        self._core = _core.Users(catalogue._core, source, threads, told(progress))
        self._table: _core.UserTable | None = None

    def __len__(self) -> int:
        return len(self._core)

    @property
    def ignored_columns(self) -> list[str]:
        """Columns that no tag is named after."""
        return self._core.ignored_columns()

    def key(self, position: int) -> str:
        """A user's key, or the row number from 1 where the schema has no key column."""
        return self._core.key(count("a user's position", position))

    def position(self, user: str | int) -> int:
        """Where the user of that key (or row number from 1) stands, from 0.

        Raises NotFoundError.
        """
        found = self._core.find(text("a user's key", str(user)))
        if found is None:
            raise NotFoundError(f"there is no user '{user}'", "unknown_user")
        return found

    def table(self) -> _core.UserTable:
        """A copy that plans read; made once."""
        if self._table is None:
            self._table = self._core.to_table()
        return self._table


def users_of(
    catalogue: Catalogue, data: Any, *, threads: int = 0, progress: Progress = None
) -> Users:
    """Data as users of the catalogue's schema."""
    if not isinstance(data, Users):
        return Users(catalogue, data, threads=threads, progress=progress)
    if data._catalogue.schema_json != catalogue.schema_json:
        raise DataError("the users were read by another schema", "schema_mismatch")
    return data


def may_change(data: Any) -> bool:
    """Whether data lies in memory that people change in place, other than Arrow's."""
    return isinstance(data, Mapping) or type(data).__module__.partition(".")[0] == "pandas"


class User:
    """One user's tags, checked. Made by ``Catalogue.user`` and ``Engine.prepare``."""

    __slots__ = ("_core", "_prepared", "key")

    def __init__(
        self, core: _core.User, key: str, prepared: _core.PreparedUser | None = None
    ) -> None:
        self._core = core
        self._prepared = prepared  # what an engine's rules read of the tags
        self.key = key  #: names the user in histories, test lists and the holdout

    @property
    def unusable(self) -> list[str]:
        """Tags that are NULL because the row's value could not be used."""
        return self._core.unusable()
