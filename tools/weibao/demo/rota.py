"""duty.yaml of the example: the turns, and who stands in for whom on leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from weibao.demo.hours import at_time, written
from weibao.demo.people import DESK, ENGINEERS
from weibao.demo.remarks import REMARKS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

_TURN = 8  # o'clock, when a shift of either rota hands over


@dataclass(frozen=True, slots=True)
class Absence:
    """``who`` is away from the handover of ``first`` to that of ``back``; ``by`` stands in."""

    rota: str
    who: str
    by: str
    first: date
    back: date
    reason: str


def absences(random: Random, start: date, end: date) -> tuple[Absence, ...]:
    """Who is away in the year, spread over it, never two at once."""
    span, offset = (end - start).days // 9, random.randrange(8)
    found = []
    for number in range(8):
        rota, people = ("desk", DESK) if number % 2 else ("engineer", ENGINEERS)
        who = (offset + 3 * number) % len(people)
        by = (who + 2) % len(people)
        first = start + timedelta(days=span * number + random.randint(12, span - 8))
        if rota == "engineer":
            first -= timedelta(days=first.weekday())
        back = first + timedelta(days=7 if rota == "engineer" else random.randint(2, 5))
        reason = REMARKS.leave[number % len(REMARKS.leave)]
        found.append(Absence(rota, people[who].id, people[by].id, first, back, reason))
    return tuple(found)


def duty_data(start: date, away: Sequence[Absence]) -> dict[str, Any]:
    """duty.yaml with the absences known so far; both rotas cover every instant of the term."""
    monday = start - timedelta(days=start.weekday() or 7)
    data: dict[str, Any] = {
        "rotas": {
            "desk": {
                "start": written(at_time(start - timedelta(days=1), _TURN)),
                "shift": "24h",
                "order": [colleague.id for colleague in DESK],
            },
            "engineer": {
                "start": written(at_time(monday, _TURN)),
                "shift": "7d",
                "order": [colleague.id for colleague in ENGINEERS],
            },
        }
    }
    if not away:
        return data
    return data | {
        "overrides": [
            {
                "rota": absence.rota,
                **_span(first, back),
                "by": absence.by,
                "instead_of": absence.who,
                "reason": absence.reason,
            }
            for absence in away
            for first, back in _turns(start, absence)
        ],
        "leave": [
            {"who": absence.who, **_span(absence.first, absence.back), "reason": absence.reason}
            for absence in away
        ],
    }


def _span(first: date, back: date) -> dict[str, str]:
    return {"from": written(at_time(first, _TURN)), "to": written(at_time(back, _TURN))}


def _turns(start: date, absence: Absence) -> list[tuple[date, date]]:
    """The spans of their absence in which the rota has their turn."""
    if absence.rota == "engineer":
        monday = start - timedelta(days=start.weekday() or 7)
        week = (absence.first - monday).days // 7
        mine = ENGINEERS[week % len(ENGINEERS)].id == absence.who
        return [(absence.first, absence.back)] if mine else []
    days = [
        absence.first + timedelta(days=count)
        for count in range((absence.back - absence.first).days)
    ]
    zero = start - timedelta(days=1)
    return [
        (day, day + timedelta(days=1))
        for day in days
        if DESK[(day - zero).days % len(DESK)].id == absence.who
    ]
