"""What every asset and service is like at the instant of a Book, since when, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from weibao.model.impact import Impact, impacts_in
from weibao.model.instant import local_day
from weibao.model.load import read_record
from weibao.model.paths import kind_of, stem_of
from weibao.rules.catalogue import RULES, Severity
from weibao.sla.condition import HARM, Condition, asset_stretches, service_stretches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from weibao.model.instant import Instant
    from weibao.model.ticket import Ticket
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

    One is unknown where nothing that it rests on is covered on that day, and where a ticket may be about it
    that is damaged or does not say what it is about (:func:`doubted`). What is known to be worse stands. A
    service that was taken out of the contract while it is in trouble stays until the trouble is over.
    """
    things = book.things_now
    known = things.now.resting
    if not services:
        known = {asset: frozenset({asset}) for asset in things.now.assets}
    doubts = doubted(book)
    found = []
    for key, rests_on in known.items():
        stretches = service_stretches(key, things) if services else asset_stretches(key, things)
        now = _now(key, stretches, book.as_of)
        doubtful = sorted(
            record for record, named in doubts.items() if not named or named & {key, *rests_on}
        )
        if not _covered(book, rests_on):
            now = ThingNow(key, Condition.UNKNOWN)
        elif doubtful and HARM[now.condition] > HARM[Condition.UNKNOWN]:
            now = ThingNow(key, Condition.UNKNOWN, tickets=tuple(doubtful))
        elif now.condition is Condition.OPERATIONAL:
            now = ThingNow(key, now.condition, watched=_watched(book, {key, *rests_on}))
        found.append(now)
    if services:
        gone = {key for span in things.spans for key in things.setting_before(span.begun).resting}
        then = (
            _now(key, service_stretches(key, things), book.as_of) for key in gone - known.keys()
        )
        found += [now for now in then if now.condition is not Condition.OPERATIONAL]
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
        and named & _named(ticket)
    )


def doubted(book: Book) -> Mapping[str, frozenset[str]]:
    """By ticket whose word cannot be relied on, what it may be about; nothing where that is anything.

    A damaged one may be about whatever any version of it named; one that was taken away is damaged, and one
    that cannot be read, or names what there never was, may be about anything. So may an open fault that
    names nothing, where one of its severity takes something from services.
    """
    found = {
        record: _ever_named(book, record, path) if kind_of(path) == "ticket" else frozenset[str]()
        for record, path in damaged_tickets(book).items()
    }
    unplaced = (ticket.id for ticket in grave_faults(book) if not _named(ticket))
    return found | dict.fromkeys(unplaced, frozenset[str]())


def damaged_tickets(book: Book) -> Mapping[str, str]:
    """By id, the paths of the tickets with errors in themselves or their growth, and of what cannot be read among them."""
    found = {
        record: findings[0].place.path
        for record, findings in book.damaged.items()
        if kind_of(findings[0].place.path) == "ticket"
        and any(RULES[finding.code].severity is Severity.ERROR for finding in findings)
    }
    read = {ticket.path for ticket in book.records.tickets.values()}
    unread = {finding.place.path for finding in book.reading} | set(book.records.unreadable)
    strange = (path for path in unread - read if path.startswith("records/tickets/"))
    return {stem_of(path): path for path in strange} | found


def _ever_named(book: Book, record: str, path: str) -> frozenset[str]:
    """What any version of a ticket named; nothing where one cannot be read, or names what there never was."""
    ticket = book.records.tickets.get(record)
    versions = [_named(ticket)] if ticket else []
    for change in book.history.changes:
        if change.path == path and change.after is not None:
            value = read_record(path, book.history.blobs[change.after]).value
            versions.append(_named(value) if value else frozenset())
    settings = [setting for _, setting in book.things_now.settings]
    known = {name for setting in settings for name in (*setting.assets, *setting.resting)}
    named = frozenset[str]().union(*versions)
    return named if all(versions) and named <= known else frozenset()


def _named(ticket: Ticket) -> frozenset[str]:
    """The assets and services that a ticket names, at its head and by what is stated later."""
    stated = (impacts_in(entry.data.get("impact", ())) for entry in ticket.log)
    return frozenset(chain(ticket.assets, ticket.impact, *stated))


def grave_faults(book: Book) -> Iterator[Ticket]:
    """Open faults, not restored, of a severity that takes something from services by the contract's table."""
    for ticket in book.open_tickets:
        state = book.states[ticket.id]
        if ticket.kind == "fault" and not (state.restored or state.resolved):
            terms = book.things_now.setting_before(ticket.reported_at).terms
            if terms.effect(ticket.kind, state.severity).service > Impact.NONE:
                yield ticket
