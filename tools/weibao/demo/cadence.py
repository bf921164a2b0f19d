"""Keeping the customer told, and climbing the contract's ladder: what the desk watches over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.demo.hours import MINUTE
from weibao.demo.pace import Tempo
from weibao.demo.people import CLIENT, DIRECTOR, MANAGER, SUPERVISOR
from weibao.service.calendar import Uncovered
from weibao.service.courses import STOPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.demo.draft import Pen, Step
    from weibao.demo.wording import Wording
    from weibao.record.instant import Instant
    from weibao.service.bases import Basis, Spans

TARGETS = {"respond": "响应", "arrive": "到场", "restore": "恢复", "resolve": "解决"}


def pauses(pen: Pen) -> Spans:
    """When the ticket's clocks stood still."""
    starts = [one.at for one in pen.steps if one.event == "paused"]
    ends = [one.at for one in pen.steps if one.event == "resumed"]
    return tuple(zip(starts, [*ends, pen.year.finish][: len(starts)], strict=True))


def levels(pen: Pen, declared: int) -> list[tuple[Instant, int]]:
    """The severities in force, each with when it began; the first from the beginning."""
    changes = [one for one in pen.steps if one.event == "severity_agreed"]
    return [(0, declared), *((one.at, one.data["severity"]) for one in changes)]


def keep_told(pen: Pen, wording: Wording, declared: int, reported: Instant, quiet_from: Instant) -> None:
    """Add updates until no gap comes near the contract's; none after ``quiet_from``."""
    response = pen.first("acknowledged")
    if response is None:
        return
    restored = pen.first("restored")
    while True:
        gap = _long_gap(pen, declared, reported, response.at)
        if gap is None:
            return
        before, at = gap
        if at >= quiet_from:
            return
        down = restored is None or at < restored.at
        pen.write(
            at,
            "updated",
            before.by if before.by not in CLIENT else response.by,
            note=wording.on_the_way() if down else wording.afterwards(),
        )


def _long_gap(
    pen: Pen, declared: int, reported: Instant, response: Instant
) -> tuple[Step, Instant] | None:
    """The first gap that uses up most of the time between updates, and when to speak in it."""
    ended = {"resolved", "cancelled"}
    told = sorted(
        (one for one in pen.steps if one.at >= response and not one.data.get("internal")),
        key=lambda one: one.at,
    )
    told = [one for one in told if one.by not in CLIENT]
    idle = pauses(pen)
    for before, after in zip(told, [*told[1:], None], strict=True):
        end = pen.year.finish if after is None else after.at
        if before.event in {*ended, "confirmed", "closed", "justified", "amended"}:
            continue
        level = [level for since, level in levels(pen, declared) if since <= before.at][-1]
        tempo = Tempo(pen.year, level)
        due = tempo.due("update", before.at, reported, idle)
        if end <= before.at + (due - before.at) * 4 // 5:
            continue
        if level <= 2:
            return before, before.at + (due - before.at) * pen.random.randint(45, 70) // 100
        for minutes in (pen.random.randint(300, 480) + 540 * (level - 3), 150, 40):
            at = pen.year.days.later(before.at, minutes)
            if at + 5 * MINUTE < end:
                return before, at
    return None


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
                one.recorded if on_record and one.recorded else one.at
                for one in pen.steps
                if one.event in STOPS[target]
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
