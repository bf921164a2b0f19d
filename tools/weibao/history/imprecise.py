"""How far after what it says the time of an old register's step may lie.

An entry's ``at`` is the earliest instant that it can have been, and its precision says how late it may have been:
to the end of the contract's day, or at any time until it was brought in. No step was later than one that
follows it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from weibao.history.proven import Grade
from weibao.model.imported import Precision
from weibao.model.instant import local_day, midnight

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from weibao.history.proven import ProvenLog
    from weibao.model.imported import Imported
    from weibao.model.instant import Instant


def with_latest(log: ProvenLog, imported: Imported | None, zone: ZoneInfo) -> ProvenLog:
    """A proven log with the latest instants of what its register does not say exactly."""
    if imported is None or log.header_grade is not Grade.IMPORTED:
        return log
    latest: dict[int, Instant] = {}
    reported = end_of_day(log.header_effective, zone)
    bound: Instant | None = None
    for proven in reversed(log.timeline):
        own = proven.effective
        if proven.precision is Precision.DAY:
            own = end_of_day(own, zone)
        elif proven.precision is Precision.UNKNOWN and proven.landed is not None:
            own = proven.landed
        bound = own if bound is None else max(proven.effective, min(own, bound))
        if proven.precision is not None:
            latest[proven.entry.index] = bound
        if (
            proven.entry.event != "opened"
        ):  # which is said to be as early as the report can have been
            reported = max(log.header_effective, min(reported, bound))
    if imported.precision is None:
        return replace(log, latest=latest, register=imported.register)
    return replace(log, latest=latest, register=imported.register, header_latest=reported)


def end_of_day(at: Instant, zone: ZoneInfo) -> Instant:
    """The last second of its day."""
    return midnight(local_day(at, zone) + timedelta(days=1), zone) - 1
