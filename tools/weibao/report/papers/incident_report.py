"""What an incident report tells beyond the ticket's own log: by which edition, what it cost, what came before, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weibao.model.instant import parse_instant
from weibao.operations.actions import actions_of
from weibao.operations.incident_reviews import is_review, reviewed_severities
from weibao.report.asset_file import effects_in
from weibao.report.papers.grave_incidents import reviews_owed
from weibao.report.papers.record_steps import as_read, steps_of
from weibao.report.papers.service_sheet import judged_of, parts_fitted
from weibao.report.population import came_back, last_said, reactive, reported, time_lost
from weibao.rules.book.levels import explanation_of
from weibao.sla.condition import service_stretches
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weibao.history.proven import ProvenEntry
    from weibao.model.entry import Entry
    from weibao.model.instant import Instant
    from weibao.model.state import RecordState
    from weibao.model.ticket import Ticket
    from weibao.operations.actions import Action
    from weibao.report.book import Book
    from weibao.report.papers.grave_incidents import ReviewOwed
    from weibao.report.papers.service_sheet import PartFitted
    from weibao.sla.condition import Condition
    from weibao.sla.reading import Step
    from weibao.sla.verdict import Verdict

BEFORE = 90 * 86400
"""Seconds before a fault in which the same one is looked for."""


@dataclass(frozen=True, slots=True)
class PromiseTold:
    """A promise, and what was said of its breach; None where nothing was, or it was kept."""

    verdict: Verdict
    explanation: Entry | None


@dataclass(frozen=True, slots=True)
class IncidentReport:
    """What an incident report tells.

    Attributes:
        ticket: as its reader may have it.
        edition: ``preliminary`` or ``final``: how far the review has come.
        review: the last review; None where there is none yet.
        analysis: what the reviews say, key by key: of each the last that says anything.
        owed: the editions that the contract asks for.
        reasons: why there is a report: ``severity``, ``repeat``, ``restore``, ``review``.
        state: what the ticket has come to, by the evidence.
        reported: when it was reported, by the evidence.
        timeline: its steps.
        response, arrival, repaired, resolved, confirmed: the steps that count, as the reader may have them.
        lost, lost_on_claims: seconds on the wall for which the fault lasted; None of what is no fault.
        services: what rests on its equipment; ``lost_by_services`` for how many seconds each was in which condition by it.
        promises: what was promised, and how it came out.
        parts: what was replaced.
        repeats: the fault of which it is a repeat within 30 days, "" for none.
        before: the same faults in the 90 days before it.
        actions: what was resolved to be done about it.
        attached: the files that it has.
    """

    ticket: Ticket
    edition: str
    review: ProvenEntry | None
    analysis: Mapping[str, Any]
    owed: tuple[ReviewOwed, ...]
    reasons: tuple[str, ...]
    state: RecordState[Step]
    reported: Instant
    timeline: tuple[ProvenEntry, ...]
    response: ProvenEntry | None
    arrival: ProvenEntry | None
    repaired: ProvenEntry | None
    resolved: ProvenEntry | None
    confirmed: ProvenEntry | None
    lost: int | None
    lost_on_claims: int | None
    services: tuple[str, ...]
    lost_by_services: Mapping[str, Mapping[Condition, int]]
    promises: tuple[PromiseTold, ...]
    parts: tuple[PartFitted, ...]
    repeats: str
    before: tuple[Ticket, ...]
    actions: tuple[Action, ...]
    attached: tuple[ProvenEntry, ...]

    @property
    def detected_at(self) -> Instant | None:
        """When the fault was noticed, as the reviews say; None where they do not."""
        told = self.analysis.get("detected_at")
        return None if told is None else parse_instant(told)

    @property
    def by_contract(self) -> tuple[Verdict, ...]:
        """The promises to restore, which count the outage as the contract does."""
        return tuple(told.verdict for told in self.promises if told.verdict.target == "restore")


def report_reasons(whole: Book, ticket: Ticket) -> tuple[str, ...]:
    """Why there is an incident report on a ticket; () where there is none."""
    state = whole.states[ticket.id]
    grave = reviewed_severities(whole.records.contract)
    found = {
        "severity": state.severity in grave and not ticket.planned,
        "repeat": ticket.id in came_back(whole),
        "restore": any(
            verdict.target == "restore" and verdict.outcome is Outcome.BREACHED
            for verdict in whole.verdicts_of(ticket.id)
        ),
        "review": bool(steps_of(whole, ticket.id, "analysed")),
    }
    return tuple(reason for reason, holds in found.items() if holds)


def incident_report(book: Book, whole: Book, ticket: Ticket) -> IncidentReport:
    """The report on a ticket; ``book`` is what its reader may have of the ``whole``."""
    state = whole.states[ticket.id]
    reviews = steps_of(book, ticket.id, "analysed")
    review = next(reversed(reviews), None)
    final = any(is_review(proven.entry, "final") for proven in reviews)
    fault = ticket.kind == "fault"
    services = _services(whole, ticket)
    lost, lost_on_claims, _ = time_lost(whole, ticket) if fault else (None, None, None)
    return IncidentReport(
        ticket=ticket,
        edition="final" if final else "preliminary",
        review=review,
        analysis={
            key: value
            for proven in reviews
            for key, value in proven.entry.data.items()
            if value not in {None, ""}
        },
        owed=reviews_owed(whole, [ticket.id]),
        reasons=report_reasons(whole, ticket),
        state=state,
        reported=reported(whole, ticket),
        timeline=steps_of(book, ticket.id),
        response=as_read(book, ticket.id, state.response),
        arrival=as_read(book, ticket.id, state.arrival),
        repaired=as_read(book, ticket.id, state.spells[-1].repaired),
        resolved=as_read(book, ticket.id, state.finished),
        confirmed=as_read(book, ticket.id, state.confirmed),
        lost=lost,
        lost_on_claims=lost_on_claims,
        services=services,
        lost_by_services={
            name: effects_in(service_stretches(name, whole.things)).get(ticket.id, {})
            for name in services
        },
        promises=tuple(
            PromiseTold(
                verdict,
                explanation_of(ticket, verdict) if verdict.outcome is Outcome.BREACHED else None,
            )
            for verdict in judged_of(whole, ticket.id)
        ),
        parts=parts_fitted(book, ticket.id),
        repeats=came_back(whole).get(ticket.id, ""),
        before=tuple(_before(whole, ticket)),
        actions=tuple(
            action
            for action in actions_of(book.records.actions, book.as_of, book.zone)
            if action.about.get("ticket") == ticket.id
        ),
        attached=steps_of(book, ticket.id, "attached"),
    )


def _services(whole: Book, ticket: Ticket) -> tuple[str, ...]:
    """The services that the ticket's equipment bears, as it was listed before the report, and those that it names."""
    listed = whole.official_assets.before(reported(whole, ticket))
    resting = {
        service for name in ticket.assets if name in listed for service in listed[name].services
    }
    stated = resting.union(ticket.impact)
    return tuple(name for name in whole.records.contract.services if name in stated)


def _before(whole: Book, ticket: Ticket) -> Iterator[Ticket]:
    """The faults reported in the 90 days before it on a shared asset; where both have a coded cause, of the same one."""
    begun, cause = reported(whole, ticket), last_said(whole, ticket, "cause_code")
    for other in reactive(whole, "fault"):
        causes = {cause, last_said(whole, other, "cause_code")} - {""}
        if (
            other.id != ticket.id
            and 0 <= begun - reported(whole, other) <= BEFORE
            and set(other.assets) & set(ticket.assets)
            and len(causes) < 2
        ):
            yield other
