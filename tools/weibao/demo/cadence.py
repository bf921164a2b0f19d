"""Keeping the customer told, and climbing the contract's ladder: what the desk watches over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from weibao.demo.hours import MINUTE
from weibao.demo.pace import Tempo
from weibao.demo.people import CLIENT, DIRECTOR, MANAGER, SUPERVISOR
from weibao.model.events import STOPS
from weibao.sla.calendar import Uncovered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.demo.draft import Pen, Step
    from weibao.demo.wording import Wording
    from weibao.model.instant import Instant
    from weibao.sla.bases import Basis, Spans

PENDING = "…"
"""The note of an update whose words follow from what happens around it."""

TARGETS = {"respond": "响应", "arrive": "到场", "restore": "恢复", "resolve": "解决"}


def pauses(pen: Pen) -> Spans:
    """When the ticket's clocks stood still."""
    starts = [step.at for step in pen.steps if step.event == "paused"]
    ends = [step.at for step in pen.steps if step.event == "resumed"]
    return tuple(zip(starts, [*ends, pen.year.finish][: len(starts)], strict=True))


def levels(pen: Pen, declared: int) -> list[tuple[Instant, int]]:
    """The severities in force, each with when it began; the first from the beginning."""
    changes = [step for step in pen.steps if step.event == "severity_agreed"]
    return [(0, declared), *((change.at, change.data["severity"]) for change in changes)]


def keep_told(pen: Pen, declared: int, reported: Instant, quiet_from: Instant) -> None:
    """Add updates until no gap comes near the contract's; none after ``quiet_from``."""
    while (gap := _long_gap(pen, declared, reported)) is not None:
        by, at = gap
        if at >= quiet_from:
            return
        pen.write(at, "updated", by, note=PENDING)


def put_in_words(pen: Pen, wording: Wording) -> None:
    """Say in every update what the phase of the work is, in the order of time."""
    order = sorted(range(len(pen.steps)), key=lambda place: pen.steps[place].at)
    for place in order:
        step = pen.steps[place]
        if step.data.get("note") == PENDING:
            note = wording.next_in(_phase(pen, step.at))
            pen.steps[place] = replace(step, data={**step.data, "note": note})


def _phase(pen: Pen, at: Instant) -> str:
    def between(first: str, last: str) -> bool:
        begin, end = pen.first(first), pen.first(last)
        return begin is not None and begin.at <= at and (end is None or at < end.at)

    if between("paused", "resumed"):
        return "standing_still"
    restored = pen.first("restored")
    if restored and restored.at <= at:
        return "watching"
    if between("dispatched", "arrived"):
        return "travelling"
    return "awaiting_part" if between("part_requested", "part_arrived") else "working"


def _long_gap(pen: Pen, declared: int, reported: Instant) -> tuple[str, Instant] | None:
    """The first gap that uses up most of the time between updates: who speaks in it, and when."""
    idle = pauses(pen)
    for before, end in _gaps(pen):
        level = [level for since, level in levels(pen, declared) if since <= before.at][-1]
        due = Tempo(pen.year, level).due("update", before.at, reported, idle)
        if end <= before.at + (due - before.at) * 4 // 5:
            continue
        if level <= 2:
            at = before.at + (due - before.at) * pen.random.randint(45, 70) // 100
            return before.by, at
        for minutes in (pen.random.randint(300, 480) + 540 * (level - 3), 150, 40):
            at = pen.year.days.later(before.at, minutes)
            if at + 5 * MINUTE < end:
                return before.by, at
    return None


def _gaps(pen: Pen) -> Iterator[tuple[Step, Instant]]:
    """The gaps that count: between what staff said, from the response to each resolution."""
    response = pen.first("acknowledged")
    before: Step | None = None
    for step in sorted(pen.steps, key=lambda step: step.at):
        if response is None or step.at < response.at or step.data.get("internal"):
            continue
        if step.by in CLIENT:
            continue
        if before is not None:
            yield before, step.at
        running = before is not None or step.event == "reopened" or step is response
        before = step if running and step.event not in {"resolved", "cancelled"} else None
    if before is not None:
        yield before, pen.year.finish


def climb(pen: Pen, declared: int, reported: Instant, *, on_record: bool = False) -> None:
    """Escalate at each rung of the contract's ladder that a target reached while it ran.

    ``on_record`` goes by when a step was recorded: nobody can know of one that is not written down.
    """
    opened, resolved = pen.first("opened"), pen.first("resolved") or pen.first("cancelled")
    if opened is None:
        return
    until = pen.year.finish if resolved is None else resolved.at
    idle = pauses(pen)
    for target, basis, since, end in list(_running(pen, declared, reported, on_record=on_record)):
        if isinstance(basis.seconds, Uncovered):
            continue
        for rung in pen.year.clocks.contract.ladder:
            seconds = max(1, basis.seconds * rung.at_percent // 100)
            reached = basis.clock(idle).advance(basis.start.instant, seconds)
            if not isinstance(reached, int) or not since <= reached < min(end, until):
                continue
            at = max(reached, opened.at) + MINUTE
            if at >= min(until, pen.year.finish):
                continue
            for person in _people(pen, rung.to, at):
                pen.write(
                    at,
                    "escalated",
                    pen.year.desk_at(at),
                    level=rung.level,
                    to=person,
                    trigger=f"{TARGETS[target]}时限已用 {rung.at_percent}%",
                )


def _running(
    pen: Pen, declared: int, reported: Instant, *, on_record: bool
) -> Iterator[tuple[str, Basis, Instant, Instant]]:
    """Each promise that ran: its basis, and from when to when it did."""
    spans = levels(pen, declared)
    for number, (since, level) in enumerate(spans):
        raised = number > 0 and level < spans[number - 1][1]
        start = since if raised else reported
        changed = spans[number + 1][0] if number + 1 < len(spans) else pen.year.finish
        for target in TARGETS:
            basis = Tempo(pen.year, level).basis(target, start, reported)
            if basis is None:
                continue
            stops = [
                step.recorded if on_record and step.recorded else step.at
                for step in pen.steps
                if step.event in STOPS[target]
            ]
            yield target, basis, since, min([changed, *stops])


def _people(pen: Pen, roles: tuple[str, ...], at: Instant) -> list[str]:
    who = {
        "desk": pen.year.desk_at(at),
        "supervisor": SUPERVISOR.id,
        "pm": MANAGER.id,
        "director": DIRECTOR.id,
    }
    return [who[role] for role in roles]
