"""A swap of duties and a leave, as they would be entered in the rota, and what speaks against them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.operations.on_duty import leave_during, shifts, stand_in_behind
from weibao.refusal import UsageRefusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.duty import Duty
    from weibao.model.instant import Instant
    from weibao.operations.on_duty import OnDuty

AHEAD = 366 * 24 * 3600
"""Seconds of a leave that are laid out shift by shift."""


@dataclass(frozen=True, slots=True)
class DutySpan:
    """From ``start`` (included) to ``end`` (excluded)."""

    start: Instant
    end: Instant


def shift_meant(duty: Duty, rota: str, asked: DutySpan) -> OnDuty:
    """The one shift that begins within the span, or else the one that holds at its start.

    Raises:
        Refusal: none does, or several begin in it.
    """
    touching = shifts(duty, rota, asked.start, asked.end)
    begin = [span for span in touching if asked.start <= span.start < asked.end]
    found = begin or list(touching[:1])
    if not found:
        raise UsageRefusal(
            N_("The rota “{rota}” has no shift then: it begins later."),
            mend=N_("See the shifts: weibao duty show --from DAY"),
            rota=rota,
        )
    if len(found) > 1:
        raise UsageRefusal(
            N_("{number} shifts of “{rota}” begin on that day."),
            mend=N_("Name one by a time within it, as “2026-11-23 09:00”."),
            number=len(found),
            rota=rota,
        )
    return found[0]


def require_free(duty: Duty, shift: OnDuty, person: str) -> None:
    """Refuse a stand-in who has the shift already, is away, or is on another rota.

    Raises:
        Refusal: it says which.
    """
    if person == shift.person:
        raise UsageRefusal(
            N_("{person} has this shift of “{rota}” already."),
            mend=N_("Name somebody else. Who has which: weibao duty show"),
            person=person,
            rota=shift.rota,
        )
    taken = _taken(shift, person)
    if away := leave_during(duty, taken):
        raise UsageRefusal(
            N_("{person} is on leave during that shift of “{rota}”: {reason}"),
            mend=N_("Name somebody else. Who is away: weibao duty show"),
            person=person,
            rota=shift.rota,
            reason=away[0].reason or "–",
        )
    for rota in duty.rotas:
        for other in shifts(duty, rota, shift.start, shift.end) if rota != shift.rota else ():
            if other.person == person:
                raise UsageRefusal(
                    N_("{person} has the duty of “{rota}” during that shift."),
                    mend=N_(
                        "Let somebody else take that first: weibao duty swap {rota} WHEN PERSON"
                    ),
                    person=person,
                    rota=rota,
                )


def stand_in_changed(duty: Duty, shift: OnDuty, person: str) -> int | None:
    """The number of the stand-in that is to name ``person`` instead; None where there is none yet.

    Raises:
        Refusal: it is of more than this shift, or the turn is this person's own.
    """
    there = stand_in_behind(duty, shift)
    if there is None:
        return None
    if person == shift.instead_of:
        raise UsageRefusal(
            N_("The turn is {person}'s own: without the stand-in of {other} they have it."),
            mend=N_("Take out the line of that stand-in under `overrides` in records/duty.yaml."),
            person=person,
            other=shift.person,
        )
    if (there.start, there.end) != (shift.start, shift.end):
        raise UsageRefusal(
            N_("{person} stands in for longer than that shift, and two at once are one too many."),
            mend=N_("Change the line of that stand-in under `overrides` in records/duty.yaml."),
            person=shift.person,
        )
    return duty.stand_ins.index(there)


def to_be_covered(duty: Duty, person: str, away: DutySpan) -> Iterator[OnDuty]:
    """The shifts, cut to the leave, that this person has in it."""
    until = min(away.end, away.start + AHEAD)
    for rota in sorted(duty.rotas):
        for span in shifts(duty, rota, away.start, until):
            if span.person == person:
                yield span


def require_no_leave(duty: Duty, person: str, away: DutySpan) -> None:
    """Refuse a leave of somebody who is away then already.

    Raises:
        Refusal: there is such a leave.
    """
    for leave in duty.leave:
        if leave.who == person and leave.start < away.end and away.start < leave.end:
            raise UsageRefusal(
                N_("{person} is entered as away then already: {reason}"),
                mend=N_("Change that line under `leave` in records/duty.yaml, or name other days."),
                person=person,
                reason=leave.reason or "–",
            )


def _taken(shift: OnDuty, person: str) -> OnDuty:
    return type(shift)(shift.rota, person, shift.start, shift.end, shift.person)
