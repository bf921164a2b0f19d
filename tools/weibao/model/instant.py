"""Instants: points in time as whole Unix seconds, written as RFC 3339 with an explicit offset.

Everything downstream is arithmetic on these integers; zones matter only where people read or where
a calendar says what a working day is.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Instant = int
"""Seconds since 1970-01-01T00:00:00Z."""

RFC3339 = re.compile(
    r"(?!0000)\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|[+-]([01]\d|2[0-3]):[0-5]\d)"
)


@lru_cache(maxsize=4096)  # a schema asks whether it is one before anybody asks which
def parse_instant(text: str) -> Instant:
    """The instant that an RFC 3339 time names.

    Raises:
        ValueError: no offset, no seconds, a leap second, ``24:00``, or a day that does not exist.
    """
    if not RFC3339.fullmatch(text):
        raise ValueError(text)
    return int(datetime.fromisoformat(text).timestamp())


def format_instant(instant: Instant, zone: ZoneInfo) -> str:
    """The instant as RFC 3339 with seconds, in ``zone``: ``2026-11-23T09:12:00+08:00``."""
    return datetime.fromtimestamp(instant, zone).isoformat()


def local_day(instant: Instant, zone: ZoneInfo) -> date:
    """The calendar day that ``instant`` falls on in ``zone``."""
    return datetime.fromtimestamp(instant, zone).date()


def midnight(day: date, zone: ZoneInfo) -> Instant:
    """The first instant of a local day, also where daylight saving skips midnight."""
    return int(datetime.combine(day, time(), zone).timestamp())


def local_month(instant: Instant, zone: ZoneInfo) -> str:
    """The month that ``instant`` falls in, in ``zone``: ``2026-11``."""
    return local_day(instant, zone).isoformat()[:7]
