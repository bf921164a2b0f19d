"""What a service sheet tells of a ticket: who came when and with which certificates, what was done, and what it came to."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from weibao.model.events import TARGETS
from weibao.model.instant import local_day
from weibao.operations.qualification import maker
from weibao.operations.visits import visits_by_evidence, visits_on_claims
from weibao.report.papers.record_steps import as_read, last_step, steps_of
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.history.proven import ProvenEntry
    from weibao.model.instant import Instant
    from weibao.model.staff import Certificate
    from weibao.model.state import RecordState
    from weibao.model.ticket import Ticket
    from weibao.operations.stock import Piece
    from weibao.operations.visits import SiteVisit, Stay
    from weibao.report.book import Book
    from weibao.sla.reading import Step
    from weibao.sla.verdict import Verdict

WORK = (
    "acknowledged",
    "updated",
    "referred",
    "part_requested",
    "part_arrived",
    "paused",
    "resumed",
    "reopened",
)
"""The steps that say in words what was done, beside those that a sheet tells in places of their own."""


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who worked on a ticket.

    Attributes:
        person: who.
        certificates: theirs of the makers of the ticket's equipment that were valid on that day.
        uncertified: the makers of its equipment of whom they held none.
        stay: when they were on site; None where they worked from afar.
        claimed: the same by the claims alone.
    """

    person: str
    certificates: tuple[Certificate, ...]
    uncertified: tuple[str, ...]
    stay: Stay | None = None
    claimed: Stay | None = None


@dataclass(frozen=True, slots=True)
class SheetVisit:
    """A visit: ``dispatched`` as the claims have it is ``claimed``; ``workers`` in the order of their coming."""

    visit: SiteVisit
    claimed: SiteVisit
    workers: tuple[Worker, ...]


@dataclass(frozen=True, slots=True)
class PartFitted:
    """A part that was put in, in place of another; ``piece`` is what the ledger knows of it, None for nothing."""

    step: ProvenEntry
    piece: Piece | None


@dataclass(frozen=True, slots=True)
class ServiceSheet:
    """What a service sheet tells.

    Attributes:
        ticket: as its reader may have it.
        visits: all of the ticket, or the one that the sheet is on.
        remote: who worked on it from afar, where nobody came.
        sent: the step by which somebody was sent who has not arrived; None for nobody.
        done: what was done, in words, meanwhile.
        parts: what was replaced meanwhile.
        restored, resolved: the steps that count by the end of it.
        state: what the ticket had come to by the end of it.
        promises: every promise that was judged, in the order of the targets.
        confirmed: what the customer said at last.
        attached: the files that it has.
    """

    ticket: Ticket
    visits: tuple[SheetVisit, ...]
    remote: tuple[Worker, ...]
    sent: ProvenEntry | None
    done: tuple[ProvenEntry, ...]
    parts: tuple[PartFitted, ...]
    restored: ProvenEntry | None
    resolved: ProvenEntry | None
    state: RecordState[Step]
    promises: tuple[Verdict, ...]
    confirmed: ProvenEntry | None
    attached: tuple[ProvenEntry, ...]

    @property
    def going_on(self) -> SheetVisit | None:
        """The visit that somebody is still on; None where nobody is."""
        last = self.visits[-1] if self.visits else None
        return last if last and last.visit.left is None else None


def visits_in(book: Book, ticket: str) -> tuple[SiteVisit, ...]:
    """The visits of a ticket by the instant."""
    return visits_by_evidence(book.proofs[ticket].timeline, book.as_of)


def service_sheet(book: Book, whole: Book, ticket: Ticket, number: int | None) -> ServiceSheet:
    """The sheet on a ticket, or on the visit of it that has the number; ``book`` is what its reader may have of the ``whole``.

    What is done between one visit and the next belongs to the first of them, what comes before all to the
    first, and what comes after all to the last.
    """
    visits = tuple(_visits(book, ticket))
    start, end = _span(visits, number, book.as_of)
    state = whole.at(end).states[ticket.id]
    done = tuple(_between(steps_of(book, ticket.id, *WORK), start, end))
    chosen = tuple(told for told in visits if number in {None, told.visit.number})
    return ServiceSheet(
        ticket=ticket,
        visits=chosen,
        remote=() if visits else tuple(_remote(book, ticket)),
        sent=_sent(book, ticket, visits, number) if state.open else None,
        done=done,
        parts=tuple(
            PartFitted(step, _piece(book, step))
            for step in _between(steps_of(book, ticket.id, "part_replaced"), start, end)
        ),
        restored=as_read(book, ticket.id, state.spells[-1].repaired),
        resolved=as_read(book, ticket.id, state.finished),
        state=state,
        promises=judged_of(whole, ticket.id),
        confirmed=last_step(book, ticket.id, "confirmed"),
        attached=steps_of(book, ticket.id, "attached"),
    )


def judged_of(whole: Book, ticket: str) -> tuple[Verdict, ...]:
    """The promises on a ticket that were not cancelled with it, in the order of the targets."""
    return tuple(
        verdict
        for verdict in sorted(whole.verdicts_of(ticket), key=_by_target)
        if verdict.outcome is not Outcome.CANCELLED
    )


def parts_fitted(book: Book, ticket: str) -> tuple[PartFitted, ...]:
    """Every part that was replaced for a ticket."""
    return tuple(
        PartFitted(step, _piece(book, step)) for step in steps_of(book, ticket, "part_replaced")
    )


def workers_on(
    book: Book, ticket: Ticket, people: Iterable[str], at: Instant
) -> tuple[Worker, ...]:
    """People with their certificates of the makers of a ticket's equipment, as both stood before an instant."""
    contract, day = book.records.contract, local_day(at, book.zone)
    listed = book.official_assets.before(at)
    staff = book.official_staff.before(at)
    equipment = [listed[name] for name in ticket.assets if name in listed]
    makers = sorted({maker(asset, contract) for asset in equipment} - {""})
    found = []
    for person in dict.fromkeys(people):
        known = staff.people.get(person) or book.records.staff.people.get(person)
        valid = [
            held
            for held in (known.certificates if known else ())
            if held.vendor in makers and held.term.covers(day)
        ]
        certified = {held.vendor for held in valid}
        lacking = tuple(name for name in makers if name not in certified)
        found.append(Worker(person, tuple(valid), lacking))
    return tuple(found)


def _visits(book: Book, ticket: Ticket) -> Iterator[SheetVisit]:
    steps = steps_of(book, ticket.id)
    claims = visits_on_claims(proven.entry for proven in steps)
    for visit, claimed in zip(visits_in(book, ticket.id), claims, strict=True):
        people = workers_on(book, ticket, visit.people, visit.arrived)
        by_person = {worker.person: worker for worker in people}
        yield SheetVisit(
            visit,
            claimed,
            tuple(
                Worker(
                    stay.person,
                    by_person[stay.person].certificates,
                    by_person[stay.person].uncertified,
                    stay,
                    said,
                )
                for stay, said in zip(visit.stays, claimed.stays, strict=True)
            ),
        )


def _span(
    visits: tuple[SheetVisit, ...], number: int | None, as_of: Instant
) -> tuple[Instant, Instant]:
    """From when to when what is done belongs to the sheet: from its beginning (excluded) to its end (included)."""
    if number is None:
        return 0, as_of
    began = [told.visit.dispatched or told.visit.arrived for told in visits]
    for place, (before, following) in enumerate(pairwise(visits), 1):
        # Who was sent before the others left began with what they came for when these were gone.
        left = before.visit.left or following.visit.arrived
        began[place] = max(began[place], left + 1)
    start = 0 if number == 1 else began[number - 1] - 1
    end = as_of if number == len(began) else min(began[number] - 1, as_of)
    return start, max(start, end)


def _between(steps: Iterable[ProvenEntry], start: Instant, end: Instant) -> Iterator[ProvenEntry]:
    return (proven for proven in steps if start < proven.effective <= end)


def _remote(book: Book, ticket: Ticket) -> Iterator[Worker]:
    """Who answered, repaired or resolved it, where nobody came."""
    steps = steps_of(book, ticket.id, "acknowledged", "restored", "resolved")
    if steps:
        yield from workers_on(
            book, ticket, (proven.entry.by for proven in steps), steps[0].effective
        )


def _sent(
    book: Book, ticket: Ticket, visits: tuple[SheetVisit, ...], number: int | None
) -> ProvenEntry | None:
    """The last dispatch after which nobody arrived; of none but the last visit."""
    sent = last_step(book, ticket.id, "dispatched")
    if sent is None or number not in {None, len(visits)}:
        return None
    arrivals = (stay.claimed.arrived for told in visits for stay in told.workers if stay.claimed)
    return None if any(arrived >= sent.entry.at for arrived in arrivals) else sent


def _piece(book: Book, step: ProvenEntry) -> Piece | None:
    data = step.entry.data
    return book.stock.pieces.get((data["part"], data["installed_serial"]))


def _by_target(verdict: Verdict) -> tuple[int, int]:
    return (TARGETS.index(verdict.target), verdict.occurrence)
