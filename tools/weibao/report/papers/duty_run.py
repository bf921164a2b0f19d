"""The rota as it was run in a period, who came and who went, and which certificates end soon."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from weibao.model.instant import local_day
from weibao.operations.on_duty import shifts, stand_in_behind
from weibao.report.staffing import staffing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from weibao.model.instant import Instant
    from weibao.model.staff import Person, Term
    from weibao.operations.on_duty import OnDuty
    from weibao.report.book import Book
    from weibao.report.figure import Period
    from weibao.report.staffing import HeldCertificate

ENDS_SOON = 60
"""Days before its end from which on a certificate is told of."""


@dataclass(frozen=True, slots=True)
class DutyTurn:
    """Who had a rota's duty from ``start`` to ``end``, as far as that is in the period.

    Attributes:
        instead_of: whose turn it was, where it was somebody else's; "" for one's own.
        reason: why, as the rota says it; "" where it does not.
    """

    rota: str
    person: str
    start: Instant
    end: Instant
    instead_of: str
    reason: str


@dataclass(frozen=True, slots=True)
class DutyOfPerson:
    """How often and for how many seconds somebody had a rota's duty, and how often for somebody else."""

    rota: str
    person: str
    turns: int
    seconds: int
    stood_in: int


Step = Literal["joined", "took_up", "gave_up", "left"]


@dataclass(frozen=True, slots=True)
class StaffStep:
    """A role that somebody took up on a day, or had for the last time: as their first or last one, or as another."""

    day: date
    person: str
    role: str
    step: Step


def turns_run(book: Book, period: Period) -> tuple[DutyTurn, ...]:
    """The turns of a period as far as they are over, by the rota that stood then; by rota, in order."""
    begun, over = max(period.start, book.elapsed[0]), min(period.end, book.elapsed[1])
    turns: dict[OnDuty, DutyTurn] = {}
    for span, turn in _by_tenure(book, begun, over):
        # A turn that a later edition of the rota leaves as it was is still one.
        known = turns.get(span)
        turns[span] = replace(known, end=turn.end) if known else turn
    return tuple(sorted(turns.values(), key=lambda turn: (turn.rota, turn.start)))


def _by_tenure(book: Book, begun: Instant, over: Instant) -> Iterator[tuple[OnDuty, DutyTurn]]:
    for tenure in book.official_duty.tenures():
        start = begun if tenure.since is None else max(begun, tenure.since)
        until = over if tenure.until is None else min(over, tenure.until)
        duty = tenure.value
        for rota in duty.rotas if start < until else ():
            for span in shifts(duty, rota, start, until):
                stood = stand_in_behind(duty, span)
                first, last = max(span.start, start), min(span.end, until)
                reason = stood.reason if stood else ""
                yield span, DutyTurn(rota, span.person, first, last, span.instead_of, reason)


def by_person(turns: tuple[DutyTurn, ...]) -> tuple[DutyOfPerson, ...]:
    """The turns added up, by rota and person."""
    found: dict[tuple[str, str], list[DutyTurn]] = {}
    for turn in turns:
        found.setdefault((turn.rota, turn.person), []).append(turn)
    return tuple(
        DutyOfPerson(
            rota,
            person,
            len(own),
            sum(turn.end - turn.start for turn in own),
            sum(bool(turn.instead_of) for turn in own),
        )
        for (rota, person), own in sorted(found.items())
    )


def staff_steps(book: Book, period: Period) -> tuple[StaffStep, ...]:
    """The roles that began or ended in a period, in the order of the days."""
    first, last = local_day(period.start, book.zone), local_day(period.end - 1, book.zone)
    return tuple(
        sorted(
            (
                step
                for person in book.records.staff.people.values()
                for role in person.roles
                for step in _steps(person, role)
                if first <= step.day <= last
            ),
            key=lambda step: (step.day, step.person, step.role),
        )
    )


def _steps(person: Person, role: Term) -> Iterator[StaffStep]:
    new = role.start == min(own.start for own in person.roles)
    yield StaffStep(role.start, person.id, role.what, "joined" if new else "took_up")
    if role.end is not None:
        ends = [own.end for own in person.roles if own.end is not None]
        gone = len(ends) == len(person.roles) and role.end == max(ends)
        yield StaffStep(role.end, person.id, role.what, "left" if gone else "gave_up")


def ending_certificates(book: Book) -> tuple[tuple[str, HeldCertificate], ...]:
    """Of those who are there on the Book's day, the certificates that end soon or are over; the first to end first."""
    found = [
        (member.person, held, held.left)
        for member in staffing(book).members
        if member.roles
        for held in member.certificates
        if held.left is not None and held.left <= ENDS_SOON
    ]
    found.sort(key=lambda row: (row[2], row[0], row[1].certificate.vendor))
    return tuple((person, held) for person, held, _ in found)
