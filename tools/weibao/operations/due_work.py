"""Which rounds of the plan are done, closed with gaps, due and overdue (requirements 27 and 31)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

from weibao.model.instant import local_day, midnight
from weibao.operations.coverage import Promised, coverage_of, equipment_of, promised_by
from weibao.operations.planned import (
    HORIZON,
    Begun,
    DueWork,
    assets_of,
    period_of,
    rounds,
    rounds_begun,
    span_of,
    undone,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from weibao.history.official import Tenure
    from weibao.model.assets import Asset
    from weibao.model.entry import Entry
    from weibao.model.inspection import Inspection
    from weibao.model.instant import Instant
    from weibao.model.plan import Plan, PlannedWork
    from weibao.model.state import Dated, RecordState
    from weibao.model.ticket import Ticket

    Register = Mapping[str, Asset]

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Planned:
    """A round, and the edition of the plan that it counts by."""

    day: date
    work: PlannedWork
    plan: Plan


@dataclass(frozen=True, slots=True)
class _RoundVisit:
    """An inspection up to the instant: when it was begun, what was checked, and when it was completed."""

    record: str
    begun: Begun
    log: tuple[Entry, ...]
    completed: Instant | None


@dataclass(frozen=True, slots=True)
class _Done:
    """A ticket of planned work that is finished; ``day`` is that of its window.

    ``plan`` is the line of the plan that it names, "" where it names none.
    """

    record: str
    at: Instant
    on: date
    day: date
    plan: str


def due_work(
    plans: Sequence[Tenure[Plan]],
    register: Callable[[Instant], Register],
    inspections: Mapping[str, Inspection],
    tickets: Mapping[str, Ticket],
    states: Mapping[str, RecordState[Dated]],
    as_of: Instant,
    zone: ZoneInfo,
) -> tuple[DueWork, ...]:
    """Every round from the plan's start to :data:`HORIZON` after ``as_of``, by day and plan.

    Of the editions of the plan, the oldest first, a round counts by the one that stood when it was due,
    so that it is put off before that or not at all. What it is to look at is what the plan and the
    ``register`` of the equipment said before its day. Days are those of the contract's ``zone``.

    A round of inspection is done once completed inspections that name its plan and its period
    (:func:`period_of`), of several rounds in a period those that were begun for it
    (:func:`rounds_begun`), have looked at all of that; until then it is closed with gaps where each of
    its inspections is completed. A round of any other kind is done by the first resolved ticket of that
    kind whose window starts within ``due_within`` of the planned day, before or after, and that names this
    line of the plan or none; else, late, by one that names the line and whose window opens before the next
    round of it. A ticket does one round only. ``states`` are by id, and say what is finished by ``as_of``; the day is that of the claim.
    A line of the plan whose rule is none (:func:`is_rule`) has no rounds; the rules of the check report
    it.
    """
    today = local_day(as_of, zone)
    planned = _planned(plans, today + HORIZON, zone)
    now = plans[-1].value, register(as_of)
    visits = _visits(planned, *now, inspections.values(), states, as_of, zone)
    worked = _worked(tickets.values(), states, zone)
    taken: set[str] = set()
    following = _following(planned)
    listed = []
    for planned_round in sorted(planned, key=attrgetter("day", "work.id")):
        if planned_round.work.kind == "inspection":
            of_round = visits.get((planned_round.work.id, planned_round.day), ())
            promised = (
                _promised(planned_round, plans, register, zone)
                if of_round or planned_round.day <= today
                else {}
            )
            listed.append(_inspected(planned_round, of_round, promised, today, zone))
            continue
        found = undone(planned_round.work, planned_round.day, today)
        free = [
            done for done in worked.get(planned_round.work.kind, ()) if done.record not in taken
        ]
        done = _done_for(planned_round, following, free)
        if done:
            taken.add(done.record)
            found = _as_done(found, done.record, done.on)
        listed.append(found)
    return tuple(listed)


def _planned(plans: Iterable[Tenure[Plan]], until: date, zone: ZoneInfo) -> list[_Planned]:
    """The rounds of each edition that fell due while it stood, or that it made due at once.

    What was due before an edition it can neither take away nor add to.
    """
    found: dict[tuple[str, date], _Planned] = {}
    open_before: set[tuple[str, date]] = set()
    for tenure in plans:
        ends = until if tenure.until is None else min(until, local_day(tenure.until, zone))
        open_then: set[tuple[str, date]] = set()
        for work in tenure.value.work.values():
            for day in rounds(work, ends):
                named, over = (work.id, day), midnight(day + span_of(work) + _DAY, zone)
                if tenure.until is not None and over > tenure.until:
                    open_then.add(named)
                elif tenure.covers(over) or named in open_before:
                    found.setdefault(named, _Planned(day, work, tenure.value))
        open_before = open_then
    return list(found.values())


def _following(planned: Iterable[_Planned]) -> Mapping[tuple[str, date], date]:
    """By line of the plan and day of a round, the day of the next one."""
    days: dict[str, list[date]] = {}
    for planned_round in planned:
        days.setdefault(planned_round.work.id, []).append(planned_round.day)
    return {
        (name, day): after
        for name, listed in days.items()
        for day, after in pairwise(sorted(listed))
    }


def _done_for(
    planned: _Planned, following: Mapping[tuple[str, date], date], free: Iterable[_Done]
) -> _Done | None:
    """The finished ticket, of those that did no other round, that did this one."""
    work, day = planned.work, planned.day
    after = following.get((work.id, day))
    own = [done for done in free if done.plan in {"", work.id}]
    near = (done for done in own if abs(done.day - day) <= span_of(work))
    late = (
        done for done in own if done.plan and day < done.day and (after is None or done.day < after)
    )
    return next(chain(near, late), None)


def _promised(
    planned: _Planned,
    plans: Iterable[Tenure[Plan]],
    register: Callable[[Instant], Register],
    zone: ZoneInfo,
) -> Promised:
    """What a round is to look at: by the plan that stood before its day, if that had the line.

    So nothing is left out of a round, or out of the register, on the day that it is planned for.
    """
    began, name = midnight(planned.day, zone), planned.work.id
    before = next((tenure.value for tenure in plans if tenure.covers(began)), planned.plan)
    if name not in before.work or before.work[name].kind != "inspection":
        before = planned.plan
    known = register(began)
    assets = assets_of(before.work[name], known, planned.day)
    return promised_by(before, name, assets, known)


def _visits(
    planned: Iterable[_Planned],
    plan: Plan,
    register: Register,
    inspections: Iterable[Inspection],
    states: Mapping[str, RecordState[Dated]],
    as_of: Instant,
    zone: ZoneInfo,
) -> Mapping[tuple[str, date], Sequence[_RoundVisit]]:
    """The inspections of each round, by the line of the plan and the day, in the order of their beginnings."""
    in_period: dict[tuple[str, str], list[_RoundVisit]] = {}
    for inspection in inspections:
        log = tuple(entry for entry in inspection.log if entry.at <= as_of)
        if log:
            finished = states[inspection.id].finished
            stands_for = frozenset(equipment_of(plan, register, inspection))
            begun = Begun(local_day(log[0].at, zone), stands_for)
            visit = _RoundVisit(inspection.id, begun, log, finished.entry.at if finished else None)
            in_period.setdefault((inspection.plan, inspection.period), []).append(visit)
    days: dict[tuple[str, str], list[date]] = {}
    for planned_round in planned:
        days.setdefault(
            (planned_round.work.id, period_of(planned_round.work.rule, planned_round.day)), []
        ).append(planned_round.day)
    found: dict[tuple[str, date], Sequence[_RoundVisit]] = {}
    for key in days.keys() & in_period.keys():
        begun_first = sorted(in_period[key], key=lambda visit: (visit.log[0].at, visit.record))
        made = rounds_begun(days[key], [visit.begun for visit in begun_first])
        for day, numbers in made.items():
            found[key[0], day] = [begun_first[number] for number in numbers]
    return found


def _inspected(
    planned: _Planned,
    visits: Sequence[_RoundVisit],
    promised: Promised,
    today: date,
    zone: ZoneInfo,
) -> DueWork:
    """A round of inspection, by what its inspections have looked at."""
    coverage = coverage_of(promised, (entry for visit in visits for entry in visit.log))
    records = tuple(visit.record for visit in visits)
    found = replace(undone(planned.work, planned.day, today), coverage=coverage, records=records)
    completed = sorted(
        (visit.completed, visit.record, visit.log) for visit in visits if visit.completed
    )
    for number, (at, record, _) in enumerate(completed, 1):
        logs = (entry for _, _, log in completed[:number] for entry in log)
        if not coverage_of(promised, logs).left:
            return _as_done(found, record, local_day(at, zone))
    if completed and len(completed) == len(visits):
        at, record, _ = completed[-1]
        return replace(found, state="incomplete", record=record, done_on=local_day(at, zone))
    return found


def _as_done(undone_work: DueWork, record: str, on: date) -> DueWork:
    state: Literal["done", "done_late"] = "done" if on <= undone_work.due else "done_late"
    return replace(undone_work, state=state, record=record, done_on=on)


def _worked(
    tickets: Iterable[Ticket], states: Mapping[str, RecordState[Dated]], zone: ZoneInfo
) -> Mapping[str, Sequence[_Done]]:
    found: dict[str, list[_Done]] = {}
    for ticket in tickets:
        if ticket.window is None:
            continue
        finished = states[ticket.id].finished
        if finished is not None:
            at = finished.entry.at
            day = local_day(ticket.window[0], zone)
            done = _Done(ticket.id, at, local_day(at, zone), day, ticket.plan)
            found.setdefault(ticket.kind, []).append(done)
    return {kind: sorted(done, key=_order) for kind, done in found.items()}


def _order(done: _Done) -> tuple[date, Instant, str]:
    return (done.day, done.at, done.record)
