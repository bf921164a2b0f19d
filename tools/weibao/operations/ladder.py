"""The escalation ladder: which rungs a promise has reached, and who was told (requirements 7 and 37)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.model.instant import local_day
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from weibao.model.contract import Rung
    from weibao.model.entry import Entry
    from weibao.model.instant import Instant
    from weibao.model.staff import Staff
    from weibao.sla.verdict import Verdict

GRACE = 5 * 60
"""Working seconds between reaching a rung and telling somebody: what is done meanwhile needs no call."""

_NOT_RUN = frozenset({Outcome.WAIVED, Outcome.CANCELLED, Outcome.UNDETERMINED})


def rungs_due(verdict: Verdict, ladder: Iterable[Rung]) -> tuple[Rung, ...]:
    """The rungs that a promise reached, and stood on for :data:`GRACE`, before it was kept or now.

    They are shares of its target in working time, pauses taken off. None of a promise that was
    waived or cancelled, or that no calendar covers.
    """
    used, target = verdict.elapsed_seconds, verdict.target_seconds
    if used is None or target is None or verdict.outcome in _NOT_RUN:
        return ()
    return tuple(rung for rung in ladder if 100 * (used - GRACE) >= rung.at_percent * target)


def roles_told(rung: Rung, steps: Iterable[Entry], staff: Staff, zone: ZoneInfo) -> frozenset[str]:
    """The roles of whoever was told at this rung of a ticket, on the day of each `escalated` step."""
    return frozenset(
        role
        for entry in steps
        if entry.event == "escalated" and entry.data["level"] == rung.level
        for role in roles_of(entry.data["to"], entry.at, staff, zone)
    )


def roles_of(who: str, at: Instant, staff: Staff, zone: ZoneInfo) -> frozenset[str]:
    """The roles that somebody has at an instant; none where the staff has no such person."""
    person = staff.people.get(who)
    return person.roles_on(local_day(at, zone)) if person else frozenset()
