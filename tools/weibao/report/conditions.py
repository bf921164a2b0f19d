"""What every asset and service is like at the instant of a Book, since when, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.model.instant import local_day
from weibao.rules.catalogue import RULES, Severity
from weibao.sla.condition import HARM, Condition, asset_stretches, service_stretches

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from weibao.model.instant import Instant
    from weibao.report.book import Book
    from weibao.sla.condition import Stretch


@dataclass(frozen=True, slots=True)
class ThingNow:
    """An asset or a service at an instant.

    Attributes:
        since: from when it has been so; None where nothing troubles it, or nothing is known.
        tickets: those that bear on it, else those that make it unknown.
        watched: those that bore on it, are restored and not resolved yet.
    """

    id: str
    condition: Condition
    since: Instant | None = None
    tickets: tuple[str, ...] = ()
    watched: tuple[str, ...] = ()


def conditions_of(book: Book, *, services: bool) -> tuple[ThingNow, ...]:
    """The services, or the assets, the most harmed first.

    One is unknown where nothing that it rests on is covered on that day, where a damaged record names
    it, and where a ticket cannot be read at all: that may be about anything. What is known to be worse stands.
    """
    things = book.things_now
    known = things.now.resting
    if not services:
        known = {asset: frozenset({asset}) for asset in things.now.assets}
    doubted = _doubted(book)
    found = []
    for key, rests_on in known.items():
        stretches = service_stretches(key, things) if services else asset_stretches(key, things)
        now = _now(key, stretches, book.as_of)
        doubtful = sorted(
            record for record, named in doubted.items() if not named or named & {key, *rests_on}
        )
        if not _covered(book, rests_on):
            now = ThingNow(key, Condition.UNKNOWN)
        elif doubtful and HARM[now.condition] > HARM[Condition.UNKNOWN]:
            now = ThingNow(key, Condition.UNKNOWN, tickets=tuple(doubtful))
        elif now.condition is Condition.OPERATIONAL:
            now = ThingNow(key, now.condition, watched=_watched(book, {key, *rests_on}))
        found.append(now)
    return tuple(sorted(found, key=lambda now: (HARM[now.condition], now.since or 0, now.id)))


def _now(key: str, stretches: Sequence[Stretch], instant: Instant) -> ThingNow:
    """The stretch that is on, and those of one condition that lead to it without a gap."""
    current = next((span for span in stretches if span.start <= instant < span.end), None)
    if current is None:
        return ThingNow(key, Condition.OPERATIONAL)
    since = current.start
    for stretch in reversed(stretches):
        if stretch.end == since and stretch.condition is current.condition:
            since = stretch.start
    return ThingNow(key, current.condition, since, current.tickets)


def _covered(book: Book, assets: Iterable[str]) -> bool:
    day = local_day(book.as_of, book.zone)
    contract, known = book.records.contract, book.records.assets
    return contract.start <= day <= contract.end and any(
        known[asset].covered_from <= day <= known[asset].covered_to for asset in assets
    )


def _watched(book: Book, named: set[str]) -> tuple[str, ...]:
    """Faults on these that are restored and not resolved yet."""
    return tuple(
        ticket.id
        for ticket in book.open_tickets
        if ticket.kind == "fault"
        and book.states[ticket.id].restored
        and not book.states[ticket.id].resolved
        and named.intersection((*ticket.assets, *ticket.impact))
    )


def _doubted(book: Book) -> Mapping[str, frozenset[str]]:
    """By damaged ticket what it names; nothing where it cannot be read, and may be about anything."""
    found = {
        record: frozenset((*ticket.assets, *ticket.impact))
        for record, findings in book.damaged.items()
        if (ticket := book.records.tickets.get(record)) is not None
        and any(RULES[finding.code].severity is Severity.ERROR for finding in findings)
    }
    read = {ticket.path for ticket in book.records.tickets.values()}
    unread = {finding.place.path for finding in book.reading} | set(book.records.unreadable)
    return found | {
        path: frozenset() for path in unread - read if path.startswith("records/tickets/")
    }
