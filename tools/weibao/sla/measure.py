"""From a promise and the course that things took to a verdict, with the evidence that it used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from weibao.history.proven import worst
from weibao.model.instant import local_month
from weibao.sla.bases import ruling
from weibao.sla.calendar import Uncovered, merge
from weibao.sla.clock import FOREVER
from weibao.sla.verdict import Outcome, Pause, UndoneRepair, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from weibao.model.instant import Instant
    from weibao.model.state import SeverityChange
    from weibao.model.ticket import Ticket
    from weibao.sla.bases import Basis, GoverningBasis, PromisedTargets, Spans, Waiver
    from weibao.sla.courses import Course
    from weibao.sla.pauses import Standstill
    from weibao.sla.reading import Moment, Reading, Step


@dataclass(frozen=True, slots=True)
class TicketReading:
    """One ticket under one reading of its evidence: all that its verdicts are found in.

    Attributes:
        ticket: the ticket.
        promises: what was promised on it.
        reading: what had happened, and when.
        pauses: those of the reading that count.
        registered: whether an old register brought it, which may have no place for what was promised.
    """

    ticket: Ticket
    promises: PromisedTargets
    reading: Reading
    pauses: tuple[Standstill, ...]
    registered: bool = False


@dataclass(frozen=True, slots=True)
class MeasuredCourse:
    """One course on its way from a start to its ``end``.

    Attributes:
        course: what stopped it, and what that is worth.
        closing: the step that ended it (its stop, else the cancellation); None while it runs.
        end: when it ended; the instant of the reading while it runs.
        still: where its clock stood still. A pause that nothing resumed ends with the run.
        idle: the same as spans.
        changes: the changes of severity that came before its stop.
    """

    course: Course
    closing: Step | None
    end: Instant
    still: tuple[Standstill, ...]
    idle: Spans
    changes: tuple[SeverityChange[Step], ...]


def run_of(
    heard: TicketReading,
    course: Course,
    pauses: Iterable[Standstill],
    changes: Iterable[SeverityChange[Step]] = (),
) -> MeasuredCourse:
    """The course in the setting of its ticket, on a clock that these pauses stop."""
    closing = course.stop or heard.reading.state.cancelled
    if closing is not None:
        pauses = (pause.closed_at(closing.instant) for pause in pauses)
    still = (*course.held, *pauses)
    return MeasuredCourse(
        course=course,
        closing=closing,
        end=heard.reading.until if closing is None else closing.instant,
        still=still,
        idle=merge([standstill.span for standstill in still]),
        changes=tuple(
            change
            for change in changes
            if course.stop is None or change.step.instant < course.stop.instant
        ),
    )


Beside = Callable[[Outcome], tuple[Outcome, Outcome]]
"""From the outcome by the evidence to those by the claims and at worst."""


def alone(outcome: Outcome) -> tuple[Outcome, Outcome]:
    """The same, where no other reading is asked."""
    return outcome, outcome


def verdict_on(
    heard: TicketReading,
    target: str,
    run: MeasuredCourse,
    bases: Sequence[Basis],
    *,
    occurrence: int,
    misses: int | None = None,
    beside: Beside = alone,
) -> Verdict:
    """The verdict on a run under one or more bases, ``beside`` which stand its outcomes in the other readings."""
    found = ruling(bases, run.idle, run.end)
    basis, due = found.basis, found.due
    seconds = None if isinstance(basis.seconds, Uncovered) else basis.seconds
    elapsed, paused = _measured(basis, run)
    stop = None if run.course.stop is None else run.course.stop.instant
    outcome = _outcome(run, found)
    uncovered = due.since if isinstance(due, Uncovered) else None
    if isinstance(due, Uncovered):
        due, stop, elapsed, paused = None, None, None, None
    used = _used(heard, run, basis.start)
    late = run.end - due if outcome is Outcome.BREACHED and due is not None else None
    if outcome is Outcome.UNDETERMINED or any(moment.precision for moment in used):
        # Of what is not known exactly, or not to be it, nobody can say how long it took.
        elapsed = paused = late = None
    closing = None if run.course.stop is None else run.course.stop.precision
    on_claim, at_worst = beside(outcome)
    return Verdict(
        ticket=heard.ticket.id,
        target=target,
        occurrence=occurrence,
        severity=basis.level,
        terms=basis.edition,
        clock=basis.terms.clock,
        within=basis.terms.within,
        outcome=outcome,
        on_claim=on_claim,
        at_worst=at_worst,
        start=basis.start.instant,
        due=due,
        stop=None if outcome is Outcome.WAIVED else stop,
        target_seconds=seconds,
        elapsed_seconds=elapsed,
        paused_seconds=paused,
        margin_seconds=None if elapsed is None or seconds is None else seconds - elapsed,
        grade=worst({moment.grade for moment in used}),
        implied=run.course.implied and outcome is not Outcome.UNDETERMINED,
        misses=misses,
        month=None if due is None else local_month(due, heard.promises.settings.contract.zone),
        commits=_commits(used),
        pauses=_pauses(run, basis.start.instant),
        reopened=None if run.course.reopened is None else run.course.reopened.instant,
        undone=tuple(
            UndoneRepair(repair.instant, again.instant) for repair, again in run.course.voided
        ),
        ended_by=_ended_by(run),
        late_seconds=late,
        start_precision=basis.start.precision,
        stop_precision=closing,
        uncovered=uncovered,
    )


def waived_verdict(
    heard: TicketReading,
    target: str,
    run: MeasuredCourse,
    waiver: Waiver,
    beside: Beside = alone,
) -> Verdict:
    """The verdict on a target that an agreed lower severity does not promise: nothing to measure."""
    on_claim, at_worst = beside(Outcome.WAIVED)
    return replace(
        verdict_on(heard, target, run, [waiver.basis], occurrence=run.course.occurrence),
        outcome=Outcome.WAIVED,
        on_claim=on_claim,
        at_worst=at_worst,
        due=None,
        stop=None if run.course.stop is None else run.course.stop.instant,
        target_seconds=None,
        elapsed_seconds=None,
        paused_seconds=None,
        margin_seconds=None,
        late_seconds=None,
        implied=False,
        month=None,
        pauses=(),
    )


def outcome_on(run: MeasuredCourse, bases: Sequence[Basis]) -> Outcome:
    """The outcome of the verdict on a run under one or more bases."""
    return _outcome(run, ruling(bases, run.idle, run.end))


def _outcome(run: MeasuredCourse, found: GoverningBasis) -> Outcome:
    """Past due or not; and what it is in time. Three quarters of the target used is at risk."""
    if isinstance(found.due, Uncovered):
        return Outcome.UNDETERMINED
    if found.due is not None and run.end > found.due:
        return run.course.past_due
    if run.course.in_time is Outcome.RUNNING:
        seconds, elapsed = found.basis.seconds, _elapsed(found.basis, run)
        if isinstance(seconds, int) and isinstance(elapsed, int) and 4 * elapsed >= 3 * seconds:
            return Outcome.AT_RISK
    return run.course.in_time


def _elapsed(basis: Basis, run: MeasuredCourse) -> int | Uncovered:
    """The seconds that counted from the basis' start to the end."""
    return basis.clock(run.idle).work(basis.start.instant, run.end)


def _measured(basis: Basis, run: MeasuredCourse) -> tuple[int | None, int | None]:
    """The seconds that counted from the basis' start to the end, and those that were paused."""
    elapsed = _elapsed(basis, run)
    if isinstance(elapsed, Uncovered):
        return None, None
    if run.still == run.course.held:
        return elapsed, 0
    whole = basis.calendar.work(basis.start.instant, run.end)
    return elapsed, None if isinstance(whole, Uncovered) else whole - elapsed


def _used(heard: TicketReading, run: MeasuredCourse, start: Moment) -> tuple[Moment, ...]:
    """The moments that the verdict rests on, in the order of their use, the start first."""
    between = {
        step.place: step
        for still in run.still
        if still.touches(start.instant, run.end)
        for step in still.steps
    }
    report = heard.reading.report.instant
    between |= {
        change.step.place: change.step
        for change in run.changes
        if max(change.step.instant, report) >= start.instant
    }
    spent = [standstill.steps for standstill in run.course.held]
    between |= {step.place: step for steps in (*spent, *run.course.voided) for step in steps}
    closing = () if run.closing is None else (run.closing,)
    return (start, *(step for _, step in sorted(between.items())), *closing)


def _commits(used: Iterable[Moment]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(moment.commit for moment in used if moment.commit is not None))


def _ended_by(run: MeasuredCourse) -> int | None:
    return None if run.closing is None else run.closing.entry.index


def _pauses(run: MeasuredCourse, start: Instant) -> tuple[Pause, ...]:
    return tuple(
        Pause(still.start, None if still.end == FOREVER else still.end, still.reason)
        for still in run.still
        if still.reason and still.touches(start, run.end)
    )
