"""Keeping the customer told, and climbing the contract's ladder: what the desk watches over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from weibao.demo.hours import MINUTE
from weibao.demo.people import CLIENT, DIRECTOR, MANAGER, SUPERVISOR
from weibao.demo.remarks import REMARKS
from weibao.demo.severity_timing import SeverityTiming
from weibao.model.events import STOPS
from weibao.sla.calendar import Uncovered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.demo.staged_record import DraftedEntry, EntryWriter
    from weibao.demo.wording import Wording
    from weibao.model.instant import Instant
    from weibao.sla.bases import Basis, Spans

PENDING = "…"
"""The note of an update whose words follow from what happens around it."""


def pauses(writer: EntryWriter) -> Spans:
    """When the ticket's clocks stood still."""
    starts = [step.at for step in writer.steps if step.event == "paused"]
    ends = [step.at for step in writer.steps if step.event == "resumed"]
    return tuple(zip(starts, [*ends, writer.year.finish][: len(starts)], strict=True))


def levels(writer: EntryWriter, declared: int) -> list[tuple[Instant, int]]:
    """The severities in force, each with when it began; the first from the beginning."""
    changes = [step for step in writer.steps if step.event == "severity_agreed"]
    return [(0, declared), *((change.at, change.data["severity"]) for change in changes)]


def keep_told(writer: EntryWriter, declared: int, reported: Instant, quiet_from: Instant) -> None:
    """Add updates until no gap comes near the contract's; none after ``quiet_from``."""
    while (gap := _long_gap(writer, declared, reported)) is not None:
        by, at = gap
        if at >= quiet_from:
            return
        writer.write(at, "updated", by, note=PENDING)


def put_in_words(writer: EntryWriter, wording: Wording) -> None:
    """Say in every update what the phase of the work is, in the order of time."""
    order = sorted(range(len(writer.steps)), key=lambda place: writer.steps[place].at)
    for place in order:
        step = writer.steps[place]
        if step.data.get("note") == PENDING:
            note = wording.next_in(_phase(writer, step.at))
            writer.steps[place] = replace(step, data={**step.data, "note": note})


def _phase(writer: EntryWriter, at: Instant) -> str:
    def between(first: str, last: str) -> bool:
        begin, end = writer.first(first), writer.first(last)
        return begin is not None and begin.at <= at and (end is None or at < end.at)

    if between("paused", "resumed"):
        return "standing_still"
    restored = writer.first("restored")
    if restored and restored.at <= at:
        return "watching"
    if between("dispatched", "arrived"):
        return "travelling"
    return "awaiting_part" if between("part_requested", "part_arrived") else "working"


def _long_gap(writer: EntryWriter, declared: int, reported: Instant) -> tuple[str, Instant] | None:
    """The first gap that uses up most of the time between updates: who speaks in it, and when."""
    idle = pauses(writer)
    for before, end in _gaps(writer):
        level = [level for since, level in levels(writer, declared) if since <= before.at][-1]
        due = SeverityTiming(writer.year, level).due("update", before.at, reported, idle)
        if end <= before.at + (due - before.at) * 4 // 5:
            continue
        if level <= 2:
            at = before.at + (due - before.at) * writer.random.randint(45, 70) // 100
            return before.by, at
        for minutes in (writer.random.randint(300, 480) + 540 * (level - 3), 150, 40):
            at = writer.year.days.later(before.at, minutes)
            if at + 5 * MINUTE < end:
                return before.by, at
    return None


def _gaps(writer: EntryWriter) -> Iterator[tuple[DraftedEntry, Instant]]:
    """The gaps that count: between what staff said, from the response to each resolution."""
    response = writer.first("acknowledged")
    before: DraftedEntry | None = None
    for step in sorted(writer.steps, key=lambda step: step.at):
        if response is None or step.at < response.at or step.data.get("internal"):
            continue
        if step.by in CLIENT:
            continue
        if before is not None:
            yield before, step.at
        running = before is not None or step.event == "reopened" or step is response
        before = step if running and step.event not in {"resolved", "cancelled"} else None
    if before is not None:
        yield before, writer.year.finish


def climb(
    writer: EntryWriter, declared: int, reported: Instant, *, on_record: bool = False
) -> None:
    """Escalate at each rung of the contract's ladder that a target reached while it ran.

    ``on_record`` goes by when a step was recorded: nobody can know of one that is not written down.
    """
    opened, resolved = writer.first("opened"), writer.first("resolved") or writer.first("cancelled")
    if opened is None:
        return
    until = writer.year.finish if resolved is None else resolved.at
    idle = pauses(writer)
    for target, basis, since, end in list(
        _running(writer, declared, reported, on_record=on_record)
    ):
        if isinstance(basis.seconds, Uncovered):
            continue
        for rung in writer.year.clocks.contract.ladder:
            seconds = max(1, basis.seconds * rung.at_percent // 100)
            reached = basis.clock(idle).advance(basis.start.instant, seconds)
            if not isinstance(reached, int) or not since <= reached < min(end, until):
                continue
            at = max(reached, opened.at) + MINUTE
            if at >= min(until, writer.year.finish):
                continue
            for person in _people(writer, rung.to, at):
                writer.write(
                    at,
                    "escalated",
                    writer.year.desk_at(at),
                    level=rung.level,
                    to=person,
                    trigger=REMARKS.time_used.format(
                        target=REMARKS.targets[target], percent=rung.at_percent
                    ),
                )


def _running(
    writer: EntryWriter, declared: int, reported: Instant, *, on_record: bool
) -> Iterator[tuple[str, Basis, Instant, Instant]]:
    """Each promise that ran: its basis, and from when to when it did."""
    spans = levels(writer, declared)
    for number, (since, level) in enumerate(spans):
        raised = number > 0 and level < spans[number - 1][1]
        start = since if raised else reported
        changed = spans[number + 1][0] if number + 1 < len(spans) else writer.year.finish
        for target in REMARKS.targets:
            basis = SeverityTiming(writer.year, level).basis(target, start, reported)
            if basis is None:
                continue
            stops = [
                step.recorded if on_record and step.recorded else step.at
                for step in writer.steps
                if step.event in STOPS[target]
            ]
            yield target, basis, since, min([changed, *stops])


def _people(writer: EntryWriter, roles: tuple[str, ...], at: Instant) -> list[str]:
    who = {
        "desk": writer.year.desk_at(at),
        "supervisor": SUPERVISOR.id,
        "pm": MANAGER.id,
        "director": DIRECTOR.id,
    }
    return [who[role] for role in roles]
