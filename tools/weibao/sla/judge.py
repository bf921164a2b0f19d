"""Verdicts: whether each promise about a ticket was kept (design, "Service levels").

A pure function of the ticket, its proven log, the contract and an instant. It judges three times: by what
the evidence supports, by what was claimed, and by what none of the provider's clocks is needed for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from weibao.model.events import STOPS
from weibao.model.state import severity_policy
from weibao.sla.bases import PromisedTargets, Waiver, promise_from_report
from weibao.sla.calendar import Uncovered, merge
from weibao.sla.clock import FOREVER
from weibao.sla.courses import (
    as_registered,
    courses_from_report,
    part_requests,
    since_recorded_here,
    update_gaps,
)
from weibao.sla.measure import TicketReading, outcome_on, run_of, verdict_on, waived_verdict
from weibao.sla.pauses import pauses_of
from weibao.sla.reading import at_both_ends, by_claim, by_evidence, by_witness
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from weibao.history.proven import ProvenLog
    from weibao.model.instant import Instant
    from weibao.model.state import SeverityPolicy
    from weibao.model.ticket import Ticket
    from weibao.sla.bases import Basis, Spans
    from weibao.sla.courses import Stage
    from weibao.sla.measure import Beside, MeasuredCourse
    from weibao.sla.reading import Reading, Step
    from weibao.sla.settings import InForce
    from weibao.sla.verdict import Verdict

_MISSED = {Outcome.BREACHED, Outcome.UNDETERMINED}
"""At worst."""

_PENDING = {Outcome.RUNNING, Outcome.AT_RISK}

_Promise = tuple[str, int]
"""What names a promise on one ticket in every reading: its target, and the number of a request for a part,
else the place in the timeline of the reopening with which it began, 0 without one."""


def judge(
    ticket: Ticket, proof: ProvenLog, settings: InForce, staff: frozenset[str], as_of: Instant
) -> tuple[Verdict, ...]:
    """The verdicts on a ticket as of an instant, in their order.

    None on planned work, on a ticket not reported by then, and where no terms were in effect when
    it was reported. ``staff`` are the ids of the provider's people, whose entries are updates.
    """
    heard = read_ticket_by_evidence(ticket, proof, settings, as_of)
    if heard is None:
        return ()
    policy = _policy(ticket, proof, settings)

    def outcomes(other: Reading | None, by: InForce) -> Mapping[_Promise, Outcome]:
        if other is None and by is settings:
            return {}
        reading = other or heard.reading
        believed = TicketReading(
            ticket,
            heard.promises if by is settings else replace(heard.promises, settings=by),
            reading,
            pauses_of(reading.state),
            heard.registered,
        )
        return {case.promise: case.outcome for case in _cases(believed, staff)}

    tolerance = settings.contract.evidence.tolerance
    claimed = outcomes(by_claim(ticket.reported_at, proof, policy, as_of), settings)
    worst = outcomes(by_witness(proof, policy, as_of, tolerance), settings.at_worst)
    found = [
        case.verdict(heard, partial(_beside, case.promise, claimed, worst))
        for case in _cases(heard, staff)
    ]
    if ends := at_both_ends(proof, policy, as_of):
        least, most = (outcomes(end, settings) for end in ends)
        promises = [case.promise for case in _cases(heard, staff)]
        found = [
            _at_both_ends(promise, verdict, least, most)
            for promise, verdict in zip(promises, found, strict=True)
        ]
    if ticket.ungraded and proof.register:
        named = next((change.step.instant for change in heard.reading.state.changes), FOREVER)
        unsettled = _ungraded(ticket, proof, settings, staff, as_of)
        found += (verdict for verdict in unsettled if (verdict.stop or FOREVER) <= named)
    return tuple(sorted(found, key=lambda verdict: verdict.order))


def missed(
    ticket: Ticket, proof: ProvenLog, settings: InForce, staff: frozenset[str], as_of: Instant
) -> frozenset[tuple[str, int]]:
    """The target and occurrence of each verdict of :func:`judge` that is a breach.

    Where an old register leaves nothing open, no other reading than the one that rules need be asked.
    """
    if proof.register or at_both_ends(proof, _policy(ticket, proof, settings), as_of):
        verdicts = judge(ticket, proof, settings, staff, as_of)
        return frozenset(
            (verdict.target, verdict.occurrence)
            for verdict in verdicts
            if verdict.outcome is Outcome.BREACHED
        )
    heard = read_ticket_by_evidence(ticket, proof, settings, as_of)
    return frozenset(
        (case.target, case.occurrence)
        for case in (_cases(heard, staff) if heard else ())
        if case.outcome is Outcome.BREACHED
    )


def _ungraded(
    ticket: Ticket, proof: ProvenLog, settings: InForce, staff: frozenset[str], as_of: Instant
) -> tuple[Verdict, ...]:
    """What was promised at any severity, where an old register does not say which: nobody can say what became of it.

    What was not over when a severity was named here is held to that one, from then on. Each counts in the month in which the gravest level with such a promise has it due.
    """
    terms = settings.contract.terms_at(proof.header_effective)
    found: dict[_Promise, Verdict] = {}
    for level in sorted(terms.severities if terms else ()):
        for verdict in judge(replace(ticket, severity=level), proof, settings, staff, as_of):
            if verdict.target in STOPS:
                found.setdefault((verdict.target, verdict.occurrence), verdict)
    return tuple(
        replace(
            _nobody_can_say(verdict),
            severity=None,
            due=None,
            target_seconds=None,
            elapsed_seconds=None,
            paused_seconds=None,
        )
        for verdict in found.values()
    )


def _at_both_ends(
    promise: _Promise,
    verdict: Verdict,
    least: Mapping[_Promise, Outcome],
    most: Mapping[_Promise, Outcome],
) -> Verdict:
    """The verdict, if it is the same at both ends of what an old register says; else nobody can say."""
    worst = _in_reading(promise, least, verdict.outcome)
    told = {worst, _in_reading(promise, most, verdict.outcome), verdict.outcome}
    if len(told) == 1:
        return verdict
    return replace(verdict, outcome=worst) if told <= _PENDING else _nobody_can_say(verdict)


def _nobody_can_say(verdict: Verdict) -> Verdict:
    return replace(
        verdict,
        outcome=Outcome.UNDETERMINED,
        on_claim=Outcome.UNDETERMINED,
        at_worst=Outcome.BREACHED,
        margin_seconds=None,
        late_seconds=None,
        implied=False,
    )


def _policy(ticket: Ticket, proof: ProvenLog, settings: InForce) -> SeverityPolicy:
    return severity_policy(
        settings.contract, ticket, proof.header_effective, proof.refused, proof.ends
    )


def _beside(
    promise: _Promise,
    claimed: Mapping[_Promise, Outcome],
    worst: Mapping[_Promise, Outcome],
    outcome: Outcome,
) -> tuple[Outcome, Outcome]:
    """The outcomes by the claims and at worst, which are mostly that by the evidence."""
    on_claim = _in_reading(promise, claimed, outcome)
    at_worst = _in_reading(promise, worst, outcome)
    # What is broken already cannot be healed by believing less, and what nobody can judge is missed.
    if not _MISSED.isdisjoint((outcome, at_worst)):
        at_worst = Outcome.BREACHED
    return on_claim, at_worst


def _in_reading(
    promise: _Promise, outcomes: Mapping[_Promise, Outcome], otherwise: Outcome
) -> Outcome:
    """The outcome of a promise in another reading.

    There a reopening may have voided what it leaves standing here, so that no occurrence begins with
    it: then that of the occurrence which ran on.
    """
    if promise in outcomes or promise[0] == "part":
        return outcomes.get(promise, otherwise)
    before = [other for other in outcomes if other[0] == promise[0] and other < promise]
    return outcomes[max(before)] if before else otherwise


@dataclass(frozen=True, slots=True)
class _Case:
    """A promise, and the run that is held against it."""

    target: str
    run: MeasuredCourse
    promised: Sequence[Basis] | Waiver
    occurrence: int
    misses: int | None = None

    @property
    def promise(self) -> _Promise:
        """What names it."""
        again = self.run.course.reopened
        if self.target == "part":
            return self.target, self.occurrence
        return self.target, 0 if again is None else again.place

    def verdict(self, heard: TicketReading, beside: Beside) -> Verdict:
        """The verdict, beside which stand its outcomes in the other readings."""
        if isinstance(self.promised, Waiver):
            return waived_verdict(heard, self.target, self.run, self.promised, beside)
        return verdict_on(
            heard,
            self.target,
            self.run,
            self.promised,
            occurrence=self.occurrence,
            misses=self.misses,
            beside=beside,
        )

    @property
    def outcome(self) -> Outcome:
        """The outcome of that verdict, for which less must be measured."""
        if isinstance(self.promised, Waiver):
            return Outcome.WAIVED
        return outcome_on(self.run, self.promised)


def read_ticket_by_evidence(
    ticket: Ticket, proof: ProvenLog, settings: InForce, as_of: Instant
) -> TicketReading | None:
    """A ticket under the reading that rules; None where nothing was promised on it by ``as_of``."""
    reported_at = proof.header_effective
    promised = any(
        clocks.contract.terms_at(reported_at) is not None for clocks in settings.at(reported_at)
    )
    if ticket.planned or not promised or reported_at > as_of:
        return None
    policy = _policy(ticket, proof, settings)
    reading = by_evidence(proof, policy, as_of)
    pauses = pauses_of(reading.state)
    return TicketReading(
        ticket,
        PromisedTargets(settings, reported_at),
        reading,
        pauses,
        registered=bool(proof.register),
    )


def _cases(heard: TicketReading, staff: frozenset[str]) -> Iterator[_Case]:
    """The promises of one reading."""
    for target in STOPS:
        yield from _from_report(heard, target)
    yield from _parts(heard)
    yield from _update(heard, staff)


def _from_report(heard: TicketReading, target: str) -> Iterator[_Case]:
    pauses = () if target == "respond" else heard.pauses
    cancelled = heard.reading.state.cancelled
    for course in courses_from_report(target, heard.reading.state):
        if heard.registered:
            course = as_registered(course, STOPS[target][0], course.stop or cancelled)  # noqa: PLW2901
        run, again = run_of(heard, course, pauses, heard.reading.state.changes), course.reopened
        promised = promise_from_report(
            heard.promises,
            target,
            heard.reading.report,
            heard.ticket.severity,
            run.changes,
            run.idle,
        )
        if again is not None:
            promised = _taken_up(promised, again, run.idle)
        if promised:
            yield _Case(target, run, promised, course.occurrence)


def _taken_up(
    promised: Sequence[Basis] | Waiver, reopened: Step, idle: Spans
) -> Sequence[Basis] | Waiver:
    """What was promised, as far as it was not used up before a reopening."""
    if isinstance(promised, Waiver):
        return Waiver(promised.basis.taken_up(reopened, idle))
    return [basis.taken_up(reopened, idle) for basis in promised]


def _parts(heard: TicketReading) -> Iterator[_Case]:
    for stage in part_requests(heard.reading):
        basis = stage_basis(heard, "part", stage)
        if basis is not None:
            course = stage.course
            if heard.registered:
                course = as_registered(course, "part_arrived", course.stop)
            run = run_of(heard, course, heard.pauses)
            yield _Case("part", run, [basis], stage.occurrence)


def _update(heard: TicketReading, staff: frozenset[str]) -> Iterator[_Case]:
    """One promise from the response on, and one from each reopening that voids nothing."""
    for _, gaps in groupby(gaps_of(heard, staff), lambda gap: gap.occurrence):
        yield from _silences(heard, gaps)


def gaps_of(heard: TicketReading, staff: frozenset[str]) -> Iterator[Stage]:
    """The gaps between updates of a ticket, as far as they were recorded here."""
    since = heard.promises.settings.contract.evidence.since
    for gap in update_gaps(heard.reading, staff):
        yield since_recorded_here(gap, since) if heard.registered and since else gap


def _silences(heard: TicketReading, gaps: Iterable[Stage]) -> Iterator[_Case]:
    """The first gap that overran; else on one of which that is unknown; else the last."""
    idle = merge([pause.span for pause in heard.pauses])
    overran: list[tuple[Stage, Basis]] = []
    unknown: list[tuple[Stage, Basis]] = []
    others: list[tuple[Stage, Basis]] = []
    for gap in gaps:
        basis = stage_basis(heard, "update", gap)
        if basis is None:
            continue
        due, stop = basis.due(idle), gap.course.stop
        end = heard.reading.until if stop is None else stop.instant
        late = not isinstance(due, Uncovered) and due is not None and end > due
        if isinstance(due, Uncovered) or (late and gap.course.past_due is Outcome.UNDETERMINED):
            unknown.append((gap, basis))
        elif late:
            overran.append((gap, basis))
        else:
            others.append((gap, basis))
    for gap, basis in (*overran[:1], *unknown[:1], *others[-1:])[:1]:
        run = run_of(heard, gap.course, heard.pauses)
        yield _Case("update", run, [basis], gap.occurrence, misses=len(overran))


def stage_basis(heard: TicketReading, target: str, stage: Stage) -> Basis | None:
    """What is promised from the stage's start on, at the severity then in force."""
    level = heard.reading.state.severity_at(stage.start)
    return None if level is None else heard.promises.basis(target, level, stage.start)
