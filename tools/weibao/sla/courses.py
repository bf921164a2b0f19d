"""Courses: what stopped the clock of each target, and whether that keeps the promise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from weibao.history.proven import Grade
from weibao.model.events import STOPS
from weibao.sla.pauses import Standstill
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.instant import Instant
    from weibao.model.state import RecordState, Spell
    from weibao.sla.reading import Reading, Step


@dataclass(frozen=True, slots=True)
class Course:
    """How things went for one promise, or for one occurrence of it.

    Attributes:
        stop: the step that stopped the clock, or None.
        in_time: the outcome, unless it is past due; RUNNING where nothing ended it.
        past_due: the outcome, if it is; UNDETERMINED where an old register has no place for what would have kept it.
        implied: whether the stop stands for a step that was skipped.
        reopened: the reopening with which a further occurrence starts; None for the first.
        held: from the stop of each earlier occurrence to the reopening that began the next.
        voided: the repairs that did not hold, each with the reopening that showed it.
    """

    stop: Step | None
    in_time: Outcome
    implied: bool = False
    reopened: Step | None = None
    held: tuple[Standstill, ...] = ()
    voided: tuple[tuple[Step, Step], ...] = ()
    past_due: Outcome = Outcome.BREACHED

    @property
    def occurrence(self) -> int:
        """Its number."""
        return len(self.held) + 1


@dataclass(frozen=True, slots=True)
class Stage:
    """A promise that starts at a step of its own: a gap between updates, a request for a part."""

    start: Step
    course: Course
    occurrence: int


def as_registered(course: Course, own: str, end: Step | None) -> Course:
    """The course of a ticket that an old register brought, ended by ``end``.

    What that register says of another step than the promise's ``own`` misses nothing: it may have no place for that.
    """
    if end is None or end.grade is not Grade.IMPORTED or end.entry.event == own:
        return course
    return replace(course, past_due=Outcome.UNDETERMINED)


def since_recorded_here(gap: Stage, since: Instant) -> Stage:
    """A gap between updates that begins in an old register, which has no place for what the customer was told.

    It begins, if it lasts, as the evidence does; where it ended before, nobody can say that it was too long.
    """
    start, stop = gap.start, gap.course.stop
    if start.grade is not Grade.IMPORTED:
        return gap
    start = replace(start, instant=start.entry.at)
    if stop is None or stop.grade is not Grade.IMPORTED:
        return replace(gap, start=replace(start, instant=max(start.instant, since)))
    return replace(gap, start=start, course=replace(gap.course, past_due=Outcome.UNDETERMINED))


def courses_from_report(target: str, state: RecordState[Step]) -> Iterator[Course]:
    """The courses of respond, arrive, restore or resolve: one, or one an occurrence."""
    match target:
        case "respond":
            stop = state.response
            yield _course(target, state, stop, voided=_voided(state, stop))
        case "arrive":
            stop = state.arrival
            course = _course(target, state, stop, voided=_voided(state, stop))
            # Who repairs it on the spot has arrived; who repairs it in time from afar need not come.
            if stop is not None and stop.entry.data.get("mode") == "remote":
                course = replace(course, in_time=Outcome.WAIVED, implied=False)
            yield course
        case _:
            yield from _occurrences(target, state)


def _course(
    target: str,
    state: RecordState[Step],
    stop: Step | None,
    *,
    reopened: Step | None = None,
    held: tuple[Standstill, ...] = (),
    voided: tuple[tuple[Step, Step], ...] = (),
) -> Course:
    """The course to a stop, with what it comes to: the stop may stand for a step that was skipped."""
    if stop is None:
        return Course(None, _unfinished(state), reopened=reopened, held=held, voided=voided)
    implied = stop.entry.event != STOPS[target][0]
    return Course(stop, Outcome.MET, implied, reopened, held, voided)


def _occurrences(target: str, state: RecordState[Step]) -> Iterator[Course]:
    """A stop that a reopening voids is none; one that held stands, and the reopening starts anew.

    What had not stopped by then runs on as it was.
    """
    stop = _stop(target, state.spells[0])
    begun: Step | None = None
    held: tuple[Standstill, ...] = ()
    voided: tuple[tuple[Step, Step], ...] = ()
    for before, spell in zip(state.spells, state.spells[1:], strict=False):
        reopened = spell.reopened
        if reopened is not None and stop is not None:
            if spell.voids:
                voided = _more(voided, before, reopened)
            else:
                yield _course(target, state, stop, reopened=begun, held=held, voided=voided)
                over = Standstill(stop.instant, reopened.instant, "", (stop, reopened))
                begun, held, voided = reopened, (*held, over), ()
        stop = _stop(target, spell)
    yield _course(target, state, stop, reopened=begun, held=held, voided=voided)


def _stop(target: str, spell: Spell[Step]) -> Step | None:
    return spell.repaired if target == "restore" else spell.resolved


def _voided(state: RecordState[Step], stop: Step | None) -> tuple[tuple[Step, Step], ...]:
    """The repairs that did not hold, of those before a stop that they would else have been."""
    found: tuple[tuple[Step, Step], ...] = ()
    for before, spell in zip(state.spells, state.spells[1:], strict=False):
        late = stop is not None and spell.reopened is not None and spell.reopened.place > stop.place
        if late or not spell.voids or spell.reopened is None:
            break
        found = _more(found, before, spell.reopened)
    return found


def _more(
    voided: tuple[tuple[Step, Step], ...], before: Spell[Step], reopened: Step
) -> tuple[tuple[Step, Step], ...]:
    return voided if before.held_from is None else (*voided, (before.held_from, reopened))


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

    An entry that takes effect before the one it follows ends its gap at once. A reopening that voids
    nothing begins a further occurrence; between a resolution and its reopening nothing is asked for.
    """
    state = reading.state
    response = state.response
    if response is None:
        return
    ends = [spell.resolved.place for spell in state.spells if spell.resolved]
    begins = {spell.reopened.place: spell.voids for spell in state.spells if spell.reopened}
    last: Step | None = None if response.place in ends else response
    again: Step | None = None
    occurrence = 1
    for step in reading.steps:
        if step.place <= response.place:
            continue
        renewed = begins.get(step.place) is False
        heard = step.entry.by in staff and not step.entry.internal
        if last is not None and (renewed or heard or step.place in ends):
            yield _gap(last, Course(step, Outcome.MET, reopened=again), occurrence)
            last = None if step.place in ends else step
        if renewed:
            occurrence, again = occurrence + 1, step
        if last is None and step.place in begins:
            last = step
    if last is not None:
        if state.cancelled is None:
            yield Stage(last, Course(None, Outcome.RUNNING, reopened=again), occurrence)
        else:
            course = Course(state.cancelled, Outcome.CANCELLED, reopened=again)
            yield _gap(last, course, occurrence)


def _gap(start: Step, course: Course, occurrence: int) -> Stage:
    stop = course.stop
    if stop is not None and stop.instant < start.instant:
        course = replace(course, stop=replace(stop, instant=start.instant))
    return Stage(start, course, occurrence)


def _unfinished(state: RecordState[Step]) -> Outcome:
    return Outcome.RUNNING if state.cancelled is None else Outcome.CANCELLED
