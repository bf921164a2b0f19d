"""The headline: how the services are, the promises and the record, each in what one sentence says.

Each is worked out from all that can make it false, and the gravest decides the mood of the whole. Every
view says these three, in its own language, and none makes one of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from weibao.report.conditions import conditions_of
from weibao.report.due.due import PROMISED, due
from weibao.report.due.item import DueKind, Harm
from weibao.report.soundness import damage, errors_of_record, failed_checks
from weibao.sla.condition import Condition
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.model.instant import Instant
    from weibao.report.book import Book
    from weibao.report.conditions import ThingNow
    from weibao.report.due.item import DueItem


class Mood(StrEnum):
    """How grave a sentence is, the gravest first."""

    BAD = "bad"
    RISK = "risk"
    UNKNOWN = "unknown"
    NOTE = "note"
    CALM = "calm"


class Saying(StrEnum):
    """What a sentence says."""

    OUT = "out"
    PARTLY_OUT = "partly_out"
    DEGRADED = "degraded"
    NOT_KNOWN = "not_known"
    MAINTAINED = "maintained"
    NO_IMPACT = "no_impact"
    NO_SERVICES = "no_services"

    OVERDUE = "overdue"
    AT_RISK = "at_risk"
    UNEXPLAINED = "unexplained"
    NOT_JUDGED = "not_judged"
    STANDING_STILL = "standing_still"
    IN_TIME = "in_time"
    NOTHING_PROMISED = "nothing_promised"

    DAMAGED = "damaged"
    ERRORS = "errors"
    UNWITNESSED = "unwitnessed"
    UNDAMAGED = "undamaged"


MOODS = {
    Saying.OUT: Mood.BAD,
    Saying.PARTLY_OUT: Mood.BAD,
    Saying.DEGRADED: Mood.RISK,
    Saying.NOT_KNOWN: Mood.UNKNOWN,
    Saying.MAINTAINED: Mood.NOTE,
    Saying.NO_IMPACT: Mood.CALM,
    Saying.NO_SERVICES: Mood.UNKNOWN,
    Saying.OVERDUE: Mood.BAD,
    Saying.AT_RISK: Mood.RISK,
    Saying.UNEXPLAINED: Mood.RISK,
    Saying.NOT_JUDGED: Mood.UNKNOWN,
    Saying.STANDING_STILL: Mood.NOTE,
    Saying.IN_TIME: Mood.CALM,
    Saying.NOTHING_PROMISED: Mood.CALM,
    Saying.DAMAGED: Mood.BAD,
    Saying.ERRORS: Mood.BAD,
    Saying.UNWITNESSED: Mood.NOTE,
    Saying.UNDAMAGED: Mood.CALM,
}
_MOODS = {mood: rank for rank, mood in enumerate(Mood)}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, before anybody says it.

    Attributes:
        number: of how many services, promises or places it speaks.
        subjects: the ids of the services, or of the tickets, that it names.
        since, until: instants that it names; None where it names none.
        also: how many services are out, partly out or degraded besides those it speaks of.
    """

    says: Saying
    number: int = 0
    subjects: tuple[str, ...] = ()
    since: Instant | None = None
    until: Instant | None = None
    also: int = 0

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
        _services(conditions_of(book, services=True)),
        _promises(book, due(book, book.as_of)),
        _record(book),
    )


_SAID = {
    Condition.OUTAGE: Saying.OUT,
    Condition.PARTIAL: Saying.PARTLY_OUT,
    Condition.DEGRADED: Saying.DEGRADED,
    Condition.UNKNOWN: Saying.NOT_KNOWN,
    Condition.MAINTENANCE: Saying.MAINTAINED,
}
_HARMED = frozenset({Condition.OUTAGE, Condition.PARTIAL, Condition.DEGRADED})


def _services(found: tuple[ThingNow, ...]) -> Sentence:
    if not found:
        return Sentence(Saying.NO_SERVICES)
    for condition, says in _SAID.items():
        so = [now for now in found if now.condition is condition]
        if so:
            begun = [now.since for now in so if now.since is not None]
            return Sentence(
                says,
                len(so),
                tuple(now.id for now in so),
                since=min(begun, default=None),
                also=sum(now.condition in _HARMED and now not in so for now in found),
            )
    return Sentence(Saying.NO_IMPACT, len(found))


def _promises(book: Book, items: tuple[DueItem, ...]) -> Sentence:
    promised = [item for item in items if item.kind in PROMISED]
    for harm, says in ((Harm.BROKEN, Saying.OVERDUE), (Harm.THREATENED, Saying.AT_RISK)):
        so = [item for item in promised if item.harm is harm]
        if so:
            first = min(item.instant for item in so)
            return Sentence(says, len(so), _named(so), since=first)
    unexplained = [item for item in items if item.kind is DueKind.EXPLANATION]
    if unexplained:
        return Sentence(Saying.UNEXPLAINED, len(unexplained), _named(unexplained))
    running = [verdict for ticket in book.open_tickets for verdict in book.verdicts_of(ticket.id)]
    unjudged = [verdict for verdict in running if verdict.outcome is Outcome.UNDETERMINED]
    if unjudged:
        tickets = tuple(sorted({verdict.ticket for verdict in unjudged}))
        return Sentence(Saying.NOT_JUDGED, len(unjudged), tickets)
    if promised:
        return Sentence(Saying.IN_TIME, len(promised), until=min(item.instant for item in promised))
    paused = tuple(ticket.id for ticket in book.open_tickets if book.states[ticket.id].paused)
    if paused:
        return Sentence(Saying.STANDING_STILL, len(paused), paused)
    return Sentence(Saying.NOTHING_PROMISED)


def _named(items: Iterable[DueItem]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.record for item in items))


def _record(book: Book) -> Sentence:
    if places := max(damage(book), failed_checks(book)):
        return Sentence(Saying.DAMAGED, places)
    if errors := errors_of_record(book):
        return Sentence(Saying.ERRORS, errors)
    if book.unwitnessed is not None:
        found = book.unwitnessed
        return Sentence(Saying.UNWITNESSED, found.records, since=found.start, until=found.end)
    return Sentence(Saying.UNDAMAGED, len(book.checks))
