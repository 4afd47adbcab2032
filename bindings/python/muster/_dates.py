"""Days and moments as the library counts them. Only here the clock is asked."""

from __future__ import annotations

import datetime as dt
import math

_EPOCH = dt.date(1970, 1, 1).toordinal()


def day(today: dt.date | None) -> int:
    """Days since 1970-01-01; of the machine's own day where none is given."""
    if today is None:
        today = dt.date.today()
    if not isinstance(today, dt.date):
        raise TypeError(f"today is a datetime.date, not {type(today).__name__}")
    return today.toordinal() - _EPOCH


def second(now: dt.datetime | None) -> int:
    """Seconds since 1970-01-01T00:00Z; of this moment where none is given."""
    if now is None:
        now = dt.datetime.now(dt.timezone.utc)
    if not isinstance(now, dt.datetime):
        raise TypeError(f"a moment is a datetime with a time zone, not {type(now).__name__}")
    if now.tzinfo is None:
        raise ValueError("a moment needs a time zone: datetime(..., tzinfo=...)")
    return math.floor(now.timestamp())


def date(day: int) -> dt.date:
    """Of days since 1970-01-01."""
    return dt.date.fromordinal(_EPOCH + day)


def moment(seconds: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, dt.timezone.utc)
