"""The escalation ladder: which rungs a promise has reached, and who was told (requirements 7 and 37)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.history.proven import Grade
from weibao.model.instant import local_day
from weibao.sla.calendar import merge
from weibao.sla.clock import FOREVER, Clock
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from weibao.history.proven import ProvenLog
    from weibao.model.contract import Rung
    from weibao.model.entry import Entry
    from weibao.model.instant import Instant
    from weibao.model.staff import Staff
    from weibao.sla.settings import InForce
    from weibao.sla.verdict import Verdict

GRACE = 5 * 60
"""Working seconds between reaching a rung and telling somebody: what is done meanwhile needs no call."""

LATE = frozenset({Grade.LATE, Grade.CONTRADICTED})
"""Grades of a step that counts later than it was claimed: whether somebody had to be told by then is
open, so such a promise must be broken on its claims as well."""

_NOT_RUN = frozenset({Outcome.WAIVED, Outcome.CANCELLED, Outcome.UNDETERMINED})


@dataclass(frozen=True, slots=True)
class RungReached:
    """A rung that a promise reached, and the instant by which whoever belongs there was to be told."""

    rung: Rung
    due: Instant

    def climbed(self, log: ProvenLog, staff: Staff, zone: ZoneInfo, by: Instant) -> Instant | None:
        """When the last of those who belong there was told, by the evidence; None where not all were ``by`` an instant."""
        missing = set(self.rung.to)
        for step in sorted(log.timeline, key=lambda step: step.effective):
            missing -= roles_told(self.rung, (step.entry,), staff, zone)
            if step.effective > by:
                return None
            if not missing:
                return step.effective
        return None


def rungs_reached(
    verdict: Verdict, ladder: Iterable[Rung], settings: InForce
) -> tuple[RungReached, ...]:
    """The rungs of :func:`rungs_due` with their instants, those on evidence alone late left out.

    The instant is read off the calendar by which the promise was judged: of the editions that may have stood
    when its clock started, the one that gives its due time.
    """
    late = verdict.grade in LATE and verdict.on_claim is not Outcome.BREACHED
    rungs = () if late or verdict.start is None else rungs_due(verdict, ladder)
    if not rungs or verdict.start is None or not verdict.target_seconds:
        return ()
    idle = tuple(
        (pause.start, FOREVER if pause.end is None else pause.end) for pause in verdict.pauses
    )
    clocks = [
        Clock(edition.calendar(verdict.clock), merge(idle))
        for edition in settings.at(verdict.start)
    ]
    whole = verdict.target_seconds
    judging = [clock for clock in clocks if clock.advance(verdict.start, whole) == verdict.due]
    clock = (judging or clocks)[0]
    found = []
    for rung in rungs:
        due = clock.advance(verdict.start, -(-rung.at_percent * whole // 100) + GRACE)
        if isinstance(due, int):
            found.append(RungReached(rung, due))
    return tuple(found)


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
