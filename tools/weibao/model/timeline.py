"""The timeline: the entries of a log in the order in which they are said to have happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.model.events import ORDER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.model.entry import Entry
    from weibao.model.instant import Instant


def place_in_time(entry: Entry) -> tuple[Instant, int, str]:
    """What entries are ordered by: ``at``, ties by the table of events, then by the text.

    Where a line stands in its file says nothing: who merges chooses that.
    """
    return (entry.at, ORDER[entry.event], entry.text)


def timeline(log: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries in the order of :func:`place_in_time`; of two of one time and event, the first."""
    first: dict[tuple[Instant, str], Entry] = {}
    for entry in sorted(log, key=place_in_time):
        first.setdefault(entry.reference, entry)
    return tuple(first.values())
