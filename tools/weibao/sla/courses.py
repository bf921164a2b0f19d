"""Courses: what stopped the clock of each target, and whether that keeps the promise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from weibao.sla.pauses import Standstill
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.sla.reading import Reading, Step

STOPS = {
    "respond": ("acknowledged", "arrived", "restored", "resolved"),
    "arrive": ("arrived", "restored", "resolved"),
    "restore": ("restored", "resolved"),
    "resolve": ("resolved",),
}
"""The events that stop each target counted from the report: its own, and those that imply it."""


@dataclass(frozen=True, slots=True)
class Course:
    """How things went for one promise.

    Attributes:
        stop: the step that stopped the clock, or None.
        in_time: the outcome, unless it is past due; RUNNING where nothing ended it.
        implied: whether the stop stands for a step that was skipped.
        undone: from each earlier stop to the reopening that undid it.
    """

    stop: Step | None
    in_time: Outcome
    implied: bool = False
    undone: tuple[Standstill, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """A promise that starts at a step of its own: a gap between updates, a request for a part."""

    start: Step
    course: Course
    occurrence: int = 1


def course_from_report(target: str, reading: Reading) -> Course:
    """The course of respond, arrive, restore or resolve."""
    if target == "arrive":
        return _arrival(reading)
    stops = STOPS[target]
    stop, undone = None, []
    for step in reading.steps:
        if stop is None and step.event in stops:
            stop = step
        elif stop is not None and step.event == "reopened" and target in {"restore", "resolve"}:
            undone.append(Standstill(stop.instant, step.instant, "", (stop, step)))
            stop = None
    if stop is None:
        return Course(None, _unfinished(reading), undone=tuple(undone))
    return Course(stop, Outcome.MET, stop.event != stops[0], tuple(undone))


def _arrival(reading: Reading) -> Course:
    """Who repairs it on the spot has arrived; who repairs it in time from afar need not come."""
    stop = reading.first(*STOPS["arrive"])
    if stop is None:
        return Course(None, _unfinished(reading))
    if stop.event == "arrived":
        return Course(stop, Outcome.MET)
    if stop.entry.data["mode"] == "on_site":
        return Course(stop, Outcome.MET, implied=True)
    return Course(stop, Outcome.WAIVED)


def part_requests(reading: Reading) -> Iterator[Stage]:
    """Each request for a part that was made, with the arrival that answers it.

    An arrival answers the earliest request for its part that is still open; a resolution before it
    shows that the part was not needed.
    """
    numbers = {place: number for number, place in enumerate(reading.requests, start=1)}
    waiting: list[Step] = []
    for step in reading.steps:
        ended: list[Step] = []
        in_time = Outcome.MET
        if step.event == "part_requested":
            waiting.append(step)
        elif step.event == "part_arrived":
            part = step.entry.data["part"]
            ended = [one for one in waiting if one.entry.data["part"] == part][:1]
        elif step.event == "resolved":
            ended, in_time = waiting, Outcome.WAIVED
        for request in ended:
            yield Stage(request, Course(step, in_time), numbers[request.place])
            waiting = [one for one in waiting if one is not request]
    for request in waiting:
        yield Stage(request, Course(None, _unfinished(reading)), numbers[request.place])


def update_gaps(reading: Reading, staff: frozenset[str]) -> Iterator[Stage]:
    """The gaps between what the customer could see: from the response, and from each reopening.

    An entry that takes effect before the one it follows ends its gap at once.
    """
    response = reading.first(*STOPS["respond"])
    if response is None:
        return
    last: Step | None = None if response.event == "resolved" else response
    for step in reading.steps:
        if step.place <= response.place:
            continue
        if last is None:
            last = step if step.event == "reopened" else None
        elif step.event == "resolved":
            yield _gap(last, step, Outcome.MET)
            last = None
        elif step.entry.by in staff and not step.entry.internal:
            yield _gap(last, step, Outcome.MET)
            last = step
    if last is not None:
        if reading.cancelled is None:
            yield Stage(last, Course(None, Outcome.RUNNING))
        else:
            yield _gap(last, reading.cancelled, Outcome.CANCELLED)


def _gap(start: Step, stop: Step, in_time: Outcome) -> Stage:
    if stop.instant < start.instant:
        stop = replace(stop, instant=start.instant)
    return Stage(start, Course(stop, in_time))


def _unfinished(reading: Reading) -> Outcome:
    return Outcome.RUNNING if reading.cancelled is None else Outcome.CANCELLED
