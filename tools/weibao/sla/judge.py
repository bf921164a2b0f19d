"""Verdicts: whether each promise about a ticket was kept (design, "Service levels").

A pure function of the ticket, its proven log, the contract and an instant. It judges three times: by what
the evidence supports, by what was claimed, and by what no recorder's own clock is needed for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from weibao.model.events import STOPS
from weibao.model.state import severity_policy
from weibao.sla.bases import Promises, Waiver, promise_from_report
from weibao.sla.calendar import Uncovered, merge
from weibao.sla.courses import course_from_report, part_requests, update_gaps
from weibao.sla.measure import TicketReading, run_of, verdict_on, waived_verdict
from weibao.sla.pauses import pauses_of
from weibao.sla.reading import by_claim, by_evidence, by_window
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.history.proven import ProvenLog
    from weibao.model.instant import Instant
    from weibao.model.ticket import Ticket
    from weibao.sla.bases import Basis
    from weibao.sla.clock import Clocks
    from weibao.sla.courses import Stage
    from weibao.sla.reading import Reading
    from weibao.sla.verdict import Verdict


def judge(
    ticket: Ticket, proof: ProvenLog, clocks: Clocks, staff: frozenset[str], as_of: Instant
) -> tuple[Verdict, ...]:
    """The verdicts on a ticket as of an instant, in their order.

    None on planned work, on a ticket not reported by then, and where no terms were in effect when
    it was reported. ``staff`` are the ids of the provider's people, whose entries are updates.
    """
    heard = read_ticket_by_evidence(ticket, proof, clocks, as_of)
    if heard is None:
        return ()
    policy = severity_policy(clocks.contract, ticket.severity, proof.header_effective)
    verdicts = list(_verdicts(heard, staff))
    own = _outcomes(verdicts)

    def outcomes(reading: Reading) -> dict[tuple[str, str, int], Outcome]:
        # Outcomes follow from instants alone, and most readings of most tickets have the same.
        if reading.instants == heard.reading.instants:
            return own
        return _outcomes(_verdicts(_read_as(heard, reading), staff))

    claimed = outcomes(by_claim(ticket.reported_at, proof, policy, as_of))
    worst = outcomes(by_window(proof, policy, as_of, clocks.contract.evidence.tolerance))
    return tuple(
        replace(
            verdict,
            on_claim=claimed.get(verdict.order, verdict.outcome),
            # What is broken already cannot be healed by believing less.
            at_worst=verdict.outcome
            if verdict.outcome is Outcome.BREACHED
            else worst.get(verdict.order, verdict.outcome),
        )
        for verdict in sorted(verdicts, key=lambda verdict: verdict.order)
    )


def _outcomes(verdicts: Iterable[Verdict]) -> dict[tuple[str, str, int], Outcome]:
    return {verdict.order: verdict.outcome for verdict in verdicts}


def read_ticket_by_evidence(
    ticket: Ticket, proof: ProvenLog, clocks: Clocks, as_of: Instant
) -> TicketReading | None:
    """A ticket under the reading that rules; None where nothing was promised on it by ``as_of``."""
    terms = clocks.contract.terms_at(proof.header_effective)
    if ticket.severity is None or terms is None or proof.header_effective > as_of:
        return None
    policy = severity_policy(clocks.contract, ticket.severity, proof.header_effective)
    reading = by_evidence(proof, policy, as_of)
    pauses = pauses_of(reading.state)
    return TicketReading(ticket, ticket.severity, Promises(terms, clocks), reading, pauses)


def _read_as(heard: TicketReading, reading: Reading) -> TicketReading:
    return replace(heard, reading=reading, pauses=pauses_of(reading.state))


def _verdicts(heard: TicketReading, staff: frozenset[str]) -> Iterator[Verdict]:
    """The verdicts of one reading, each with its own outcome for ``on_claim``."""
    for target in STOPS:
        yield from _from_report(heard, target)
    yield from _parts(heard)
    yield from _update(heard, staff)


def _from_report(heard: TicketReading, target: str) -> Iterator[Verdict]:
    course = course_from_report(target, heard.reading.state)
    pauses = () if target == "respond" else heard.pauses
    run = run_of(heard, course, pauses, heard.reading.state.changes)
    promised = promise_from_report(
        heard.promises, target, heard.reading.report, heard.declared, run.changes, run.idle
    )
    if isinstance(promised, Waiver):
        yield waived_verdict(heard, target, run, promised)
    elif promised:
        yield verdict_on(heard, target, run, promised)


def _parts(heard: TicketReading) -> Iterator[Verdict]:
    for stage in part_requests(heard.reading):
        basis = stage_basis(heard, "part", stage)
        if basis is not None:
            run = run_of(heard, stage.course, heard.pauses)
            yield verdict_on(heard, "part", run, [basis], occurrence=stage.occurrence)


def _update(heard: TicketReading, staff: frozenset[str]) -> Iterator[Verdict]:
    """The verdict on the first gap that overran; else on one of which that is unknown; else the last."""
    idle = merge([pause.span for pause in heard.pauses])
    overran: list[tuple[Stage, Basis]] = []
    unknown: list[tuple[Stage, Basis]] = []
    others: list[tuple[Stage, Basis]] = []
    for gap in update_gaps(heard.reading, staff):
        basis = stage_basis(heard, "update", gap)
        if basis is None:
            continue
        due, stop = basis.due(idle), gap.course.stop
        end = heard.reading.until if stop is None else stop.instant
        if isinstance(due, Uncovered):
            unknown.append((gap, basis))
        elif due is not None and end > due:
            overran.append((gap, basis))
        else:
            others.append((gap, basis))
    for gap, basis in (*overran[:1], *unknown[:1], *others[-1:])[:1]:
        run = run_of(heard, gap.course, heard.pauses)
        yield verdict_on(heard, "update", run, [basis], misses=len(overran))


def stage_basis(heard: TicketReading, target: str, stage: Stage) -> Basis | None:
    """What is promised from the stage's start on, at the severity then in force."""
    level = heard.reading.state.severity_at(stage.start)
    return None if level is None else heard.promises.basis(target, level, stage.start)
