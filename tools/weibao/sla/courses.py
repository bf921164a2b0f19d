"""Courses: what stopped the clock of each target, and whether that keeps the promise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from weibao.model.events import STOPS
from weibao.sla.pauses import Standstill
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from weibao.model.state import RecordState
    from weibao.sla.reading import Reading, Step


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


def course_from_report(target: str, state: RecordState[Step]) -> Course:
    """The course of respond, arrive, restore or resolve."""
    match target:
        case "respond":
            stop = state.response
        case "arrive":
            stop = state.arrival
        case "restore":
            return _repair(target, state, [spell.repaired for spell in state.spells])
        case _:
            return _repair(target, state, [spell.resolved for spell in state.spells])
    # Who repairs it on the spot has arrived; who repairs it in time from afar need not come.
    if target == "arrive" and stop is not None and stop.entry.data.get("mode") == "remote":
        return Course(stop, Outcome.WAIVED)
    return _course(target, state, stop)


def _course(
    target: str, state: RecordState[Step], stop: Step | None, undone: tuple[Standstill, ...] = ()
) -> Course:
    """A course that ends at ``stop``, which may stand for a step of the target that was skipped."""
    if stop is None:
        return Course(None, _unfinished(state), undone=undone)
    return Course(stop, Outcome.MET, stop.entry.event != STOPS[target][0], undone)


def _repair(target: str, state: RecordState[Step], stops: Sequence[Step | None]) -> Course:
    """The last of the stops, one a spell; those before it were undone by the next reopening."""
    undone = tuple(
        Standstill(stop.instant, after.reopened.instant, "", (stop, after.reopened))
        for stop, after in zip(stops, state.spells[1:], strict=False)
        if stop is not None and after.reopened is not None
    )
    return _course(target, state, stops[-1], undone)


def part_requests(reading: Reading) -> Iterator[Stage]:
    """Each request for a part that was made, with the arrival that answers it.

    A resolution before that shows that the part was not needed.
    """
    numbers = {place: number for number, place in enumerate(reading.requests, start=1)}
    for request in reading.state.requests:
        if request.settled is None:
            course = Course(None, _unfinished(reading.state))
        else:
            came = request.settled is request.arrived
            course = Course(request.settled, Outcome.MET if came else Outcome.WAIVED)
        yield Stage(request.step, course, numbers[request.step.place])


def update_gaps(reading: Reading, staff: frozenset[str]) -> Iterator[Stage]:
    """The gaps between what the customer could see: from the response, and from each reopening.

    An entry that takes effect before the one it follows ends its gap at once.
    """
    state = reading.state
    response = state.response
    if response is None:
        return
    ends = [spell.resolved.place for spell in state.spells if spell.resolved]
    begins = [
        after.reopened.place
        for spell, after in pairwise(state.spells)
        if spell.resolved and after.reopened
    ]
    last: Step | None = None if response.place in ends else response
    for step in reading.steps:
        if step.place <= response.place:
            continue
        if last is None:
            last = step if step.place in begins else None
        elif step.place in ends:
            yield _gap(last, step, Outcome.MET)
            last = None
        elif step.entry.by in staff and not step.entry.internal:
            yield _gap(last, step, Outcome.MET)
            last = step
    if last is not None:
        if state.cancelled is None:
            yield Stage(last, Course(None, Outcome.RUNNING))
        else:
            yield _gap(last, state.cancelled, Outcome.CANCELLED)


def _gap(start: Step, stop: Step, in_time: Outcome) -> Stage:
    if stop.instant < start.instant:
        stop = replace(stop, instant=start.instant)
    return Stage(start, Course(stop, in_time))


def _unfinished(state: RecordState[Step]) -> Outcome:
    return Outcome.RUNNING if state.cancelled is None else Outcome.CANCELLED
