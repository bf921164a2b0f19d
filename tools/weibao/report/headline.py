"""The headline: how the services are, the promises and the record, each in what one sentence says.

Each is worked out from all that can make it false, and the gravest decides the mood of the whole. Every
view says these three, in its own language, and none makes one of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from weibao.report.conditions import conditions_of, damaged_tickets, grave_faults
from weibao.report.due.due import PROMISED, due
from weibao.report.due.item import DueKind, Harm
from weibao.report.soundness import commits_missing, damage, errors_of_record, failed_checks
from weibao.sla.condition import Condition
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.model.instant import Instant
    from weibao.report.book import Book
    from weibao.report.conditions import ThingNow
    from weibao.report.due.item import DueItem


HOUR, DAY = 3600, 86400
IN_DAYS = 2 * DAY
"""Seconds from which on a length is told in whole days; until then in whole hours."""


class Mood(StrEnum):
    """How grave a sentence is, the gravest first."""

    BAD = "bad"
    RISK = "risk"
    UNKNOWN = "unknown"
    NOTE = "note"
    CALM = "calm"


class Statement(StrEnum):
    """What a sentence says."""

    OUT = "out"
    PARTLY_OUT = "partly_out"
    DEGRADED = "degraded"
    NOT_KNOWN = "not_known"
    MAINTAINED = "maintained"
    FAULTS_OPEN = "faults_open"
    NO_IMPACT = "no_impact"
    NO_SERVICES = "no_services"

    OVERDUE = "overdue"
    AT_RISK = "at_risk"
    UNEXPLAINED = "unexplained"
    NOT_JUDGED = "not_judged"
    DOUBTED = "doubted"
    STANDING_STILL = "standing_still"
    IN_TIME = "in_time"
    NOTHING_PROMISED = "nothing_promised"

    DAMAGED = "damaged"
    ERRORS = "errors"
    BEHIND = "behind"
    UNWITNESSED = "unwitnessed"
    UNDAMAGED = "undamaged"


MOODS = {
    Statement.OUT: Mood.BAD,
    Statement.PARTLY_OUT: Mood.BAD,
    Statement.DEGRADED: Mood.RISK,
    Statement.NOT_KNOWN: Mood.UNKNOWN,
    Statement.MAINTAINED: Mood.NOTE,
    Statement.FAULTS_OPEN: Mood.NOTE,
    Statement.NO_IMPACT: Mood.CALM,
    Statement.NO_SERVICES: Mood.UNKNOWN,
    Statement.OVERDUE: Mood.BAD,
    Statement.AT_RISK: Mood.RISK,
    Statement.UNEXPLAINED: Mood.RISK,
    Statement.NOT_JUDGED: Mood.UNKNOWN,
    Statement.DOUBTED: Mood.UNKNOWN,
    Statement.STANDING_STILL: Mood.NOTE,
    Statement.IN_TIME: Mood.CALM,
    Statement.NOTHING_PROMISED: Mood.CALM,
    Statement.DAMAGED: Mood.BAD,
    Statement.ERRORS: Mood.BAD,
    Statement.BEHIND: Mood.UNKNOWN,
    Statement.UNWITNESSED: Mood.NOTE,
    Statement.UNDAMAGED: Mood.CALM,
}
_MOODS = {mood: rank for rank, mood in enumerate(Mood)}


@dataclass(frozen=True, slots=True)
class Lasted:
    """How long something has lasted, in whole hours, from two days on in whole days."""

    number: int
    in_days: bool


def lasted(seconds: int) -> Lasted:
    """So that what is said of it stands for an hour."""
    in_days = seconds >= IN_DAYS
    return Lasted(seconds // (DAY if in_days else HOUR), in_days)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, before anybody says it.

    Attributes:
        number: of how many services, promises or places it speaks.
        subjects: the ids of the services, or of the tickets, that it names.
        since, until: instants that it names; None where it names none.
        lasted: how long what it says of the services has been so.
        also: how many services are out, partly out or degraded besides those it speaks of.
        unknown: of how many besides it is not known how they are.
    """

    says: Statement
    number: int = 0
    subjects: tuple[str, ...] = ()
    since: Instant | None = None
    until: Instant | None = None
    lasted: Lasted | None = None
    also: int = 0
    unknown: int = 0

    @property
    def mood(self) -> Mood:
        """How grave it is."""
        return MOODS[self.says]


@dataclass(frozen=True, slots=True)
class Headline:
    """The three sentences, as of an instant."""

    as_of: Instant
    services: Sentence
    promises: Sentence
    record: Sentence

    @property
    def sentences(self) -> tuple[Sentence, Sentence, Sentence]:
        """In the order in which they are said."""
        return self.services, self.promises, self.record

    @property
    def mood(self) -> Mood:
        """The gravest of the three."""
        return min((sentence.mood for sentence in self.sentences), key=_MOODS.__getitem__)


def headline(book: Book) -> Headline:
    """The headline of a Book."""
    return Headline(
        book.as_of,
        _services(book, conditions_of(book, services=True)),
        _promises(book, due(book, book.as_of)),
        _record(book),
    )


_SAID = {
    Condition.OUTAGE: Statement.OUT,
    Condition.PARTIAL: Statement.PARTLY_OUT,
    Condition.DEGRADED: Statement.DEGRADED,
    Condition.UNKNOWN: Statement.NOT_KNOWN,
    Condition.MAINTENANCE: Statement.MAINTAINED,
}
_HARMED = frozenset({Condition.OUTAGE, Condition.PARTIAL, Condition.DEGRADED})


def _services(book: Book, found: tuple[ThingNow, ...]) -> Sentence:
    if not found:
        return Sentence(Statement.NO_SERVICES)
    for condition, says in _SAID.items():
        so = [standing for standing in found if standing.condition is condition]
        if so:
            begun = min(
                (standing.since for standing in so if standing.since is not None), default=None
            )
            return Sentence(
                says,
                len(so),
                tuple(standing.id for standing in so),
                since=begun,
                lasted=None if begun is None else lasted(book.as_of - begun),
                also=sum(
                    standing.condition in _HARMED and standing not in so for standing in found
                ),
                unknown=sum(
                    standing.condition is Condition.UNKNOWN and standing not in so
                    for standing in found
                ),
            )
    # By what is recorded these take nothing from any service; by their severity they would.
    if open_faults := tuple(ticket.id for ticket in grave_faults(book)):
        return Sentence(Statement.FAULTS_OPEN, len(open_faults), open_faults)
    return Sentence(Statement.NO_IMPACT, len(found))


def _promises(book: Book, items: tuple[DueItem, ...]) -> Sentence:
    promised = [item for item in items if item.kind in PROMISED]
    for harm, says in ((Harm.BROKEN, Statement.OVERDUE), (Harm.THREATENED, Statement.AT_RISK)):
        so = [item for item in promised if item.harm is harm]
        if so:
            first = min(item.instant for item in so)
            return Sentence(says, len(so), _named(so), since=first)
    troubled = _not_calm(book, items)
    if troubled is not None:
        return troubled
    if promised:
        return Sentence(
            Statement.IN_TIME, len(promised), until=min(item.instant for item in promised)
        )
    paused = tuple(ticket.id for ticket in book.open_tickets if book.states[ticket.id].paused)
    if paused:
        return Sentence(Statement.STANDING_STILL, len(paused), paused)
    return Sentence(Statement.NOTHING_PROMISED)


def _not_calm(book: Book, items: tuple[DueItem, ...]) -> Sentence | None:
    """What is told before any promise is called in time: what nobody explained, could judge or can know."""
    unexplained = [item for item in items if item.kind is DueKind.EXPLANATION]
    if unexplained:
        return Sentence(Statement.UNEXPLAINED, len(unexplained), _named(unexplained))
    running = [verdict for ticket in book.open_tickets for verdict in book.verdicts_of(ticket.id)]
    unjudged = [verdict for verdict in running if verdict.outcome is Outcome.UNDETERMINED]
    if unjudged:
        tickets = tuple(sorted({verdict.ticket for verdict in unjudged}))
        return Sentence(Statement.NOT_JUDGED, len(unjudged), tickets)
    if doubtful := doubted_tickets(book):
        return Sentence(Statement.DOUBTED, len(doubtful), doubtful)
    return None


def doubted_tickets(book: Book) -> tuple[str, ...]:
    """The tickets of which nobody can say what is promised: damaged ones, but for those that stand and are over."""
    standing = book.records.tickets.keys()
    return tuple(
        sorted(
            record
            for record in damaged_tickets(book)
            if record not in standing or (not book.states[record].ended and _altered(book, record))
        )
    )


def _altered(book: Book, record: str) -> bool:
    """Whether something is wrong with a record as a file, or with how it grew."""
    return any(finding.code[0] in "LR" for finding in book.damaged.get(record, ()))


def _named(items: Iterable[DueItem]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.record for item in items))


def _record(book: Book) -> Sentence:
    if places := max(damage(book), failed_checks(book)):
        return Sentence(Statement.DAMAGED, places)
    if errors := errors_of_record(book):
        return Sentence(Statement.ERRORS, errors)
    if missing := commits_missing(book):
        return Sentence(Statement.BEHIND, missing)
    if book.unwitnessed is not None:
        found = book.unwitnessed
        return Sentence(Statement.UNWITNESSED, found.records, since=found.start, until=found.end)
    return Sentence(Statement.UNDAMAGED, len(book.checks))
