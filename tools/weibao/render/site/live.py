"""What of the status page follows the reader's clock: each part at every instant at which it is another.

A part is one template, said by the voice of the Book as of an instant. All its editions are in the page,
and the browser picks the last that has come; it reckons nothing. When the page is stale, the edition is
one in which nothing is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from weibao.language import N_
from weibao.render.edition import addresses
from weibao.render.site.page import typeset
from weibao.render.words.due import due_told, whose
from weibao.render.words.headline import sentence_told
from weibao.report.conditions import conditions_of
from weibao.report.due.due import PROMISED, due, for_customer, open_by_harm
from weibao.report.due.item import DueKind, Harm
from weibao.report.due.operations import made_in_part
from weibao.report.headline import Mood, doubted_tickets, headline
from weibao.report.staffing import on_duty_in_term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from weibao.model.instant import Instant
    from weibao.model.ticket import Ticket
    from weibao.render.edition.voice import Voice
    from weibao.report.book import Book
    from weibao.report.conditions import ThingNow
    from weibao.report.due.item import DueItem
    from weibao.sla.verdict import Verdict

PARTS = ("headline", "services", "due", "coming", "open", "duty")
"""The parts that follow the clock; each has its template in ``templates/live/``."""

SUBJECTS = (N_("Services"), N_("Promises"), N_("Record"))
"""Of what the three sentences of the headline speak."""

NEXT, PAST, LEFT = N_("Due next"), N_("Past due"), N_("Left undone earlier")
"""What is due, by what can still be done about it."""

_MOODS = {Mood.BAD: 0, Mood.RISK: 1, Mood.UNKNOWN: 2, Mood.NOTE: 3, Mood.CALM: 3}
"""The order in which sentences stand: what is no trouble stays behind, the services first."""

_SHIFT = frozenset({DueKind.TAKE_OVER, DueKind.HAND_OVER})

_ENDINGS = frozenset({DueKind.CONTRACT, DueKind.CALENDAR, DueKind.CREDENTIAL})


@dataclass(frozen=True, slots=True)
class LiveEdition:
    """A part of the page as it is from an instant on."""

    at: Instant
    html: Markup


@dataclass(frozen=True, slots=True)
class LivePart:
    """A part of the page: as of the page's own instant, then as it becomes, and once the page is stale: "" for no change."""

    now: Markup
    later: tuple[LiveEdition, ...]
    stale: Markup


@dataclass(frozen=True, slots=True)
class SaidSentence:
    """A sentence of the headline: of what it speaks, how grave it is, and its words."""

    subject: str
    mood: Mood
    words: str


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service as it is, with the tickets that bear on it and those that did and are watched."""

    now: ThingNow
    name: str
    tickets: tuple[tuple[str, str], ...]
    watched: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """An open ticket with what it must reach next."""

    ticket: Ticket
    title: str
    next: Verdict | None
    severity: int | None
    state: str
    paused: bool
    owner: str


@dataclass(frozen=True, slots=True)
class DueRow:
    """Something that is due, as the customer is told: its title where it is a ticket's.

    ``page`` is that of the round that it is, "" for anything else. ``ends`` says that it is the end of something, and not something to be done; ``in_part`` that it was done, and not
    all of it.
    """

    item: DueItem
    told: str
    title: str
    page: str
    who: str
    ends: bool
    in_part: bool


def live_parts(voice: Voice) -> dict[str, LivePart]:
    """By name, each part with all its editions; of two alike in a row the second is left out."""
    own, *others = ((v, _facts(v)) for v in (voice, *map(voice.at, voice.ahead.books)))
    found = {}
    for part in PARTS:
        now = latest = live_edition(part, *own)
        later = []
        for other, facts in others:
            html = live_edition(part, other, facts)
            if html != latest:
                later.append(LiveEdition(other.book.as_of, html))
                latest = html
        stale = live_edition(part, *own, stale=True)
        found[part] = LivePart(now, tuple(later), Markup() if stale == latest else stale)
    return found


def live_edition(
    part: str, voice: Voice, facts: Mapping[str, Any], *, stale: bool = False
) -> Markup:
    """A part as of the voice's instant; ``stale``, as one that is not to be relied on any more."""
    html = typeset(f"live/{part}.html", addresses.STATUS, voice, stale=stale, **facts)
    return Markup(html)  # noqa: S704 - our own template


def _facts(voice: Voice) -> dict[str, Any]:
    """What the templates of the parts tell."""
    book = voice.book
    everything = due(book, book.as_of)
    items = for_customer(everything)
    coming = [item for item in items if item.harm is Harm.COMING and _by_the_calendar(item)]
    rows = [_due(voice, item) for item in items if item not in coming]
    said = headline(book)
    sentences = [
        SaidSentence(
            subject,
            sentence.mood,
            sentence_told(sentence, book.records, voice.language),
        )
        for subject, sentence in zip(SUBJECTS, said.sentences, strict=True)
    ]
    return {
        "mood": said.mood,
        "sentences": sorted(sentences, key=lambda sentence: _MOODS[sentence.mood]),
        "services": [_service(voice, now) for now in conditions_of(book, services=True)],
        "due_items": _as_they_can_be_saved(rows, book.as_of),
        "not_taken": {
            item.subject[0]: item.instant
            for item in everything
            if item.kind in _SHIFT and item.instant < book.as_of
        },
        "coming": [_due(voice, item) for item in coming],
        "doubtful": len(doubted_tickets(book)),
        "open_tickets": [_open(voice, ticket) for ticket in going_on(book)],
        "on_duty": on_duty_in_term(book),
        "waiting": [ticket for ticket in book.open_tickets if _waits(book, ticket)],
    }


def _as_they_can_be_saved(rows: Iterable[DueRow], now: Instant) -> list[tuple[str, list[DueRow]]]:
    """What is due under what it is: first what can still be kept, then what is past, the latest first, then old gaps."""
    parts: dict[str, list[DueRow]] = {NEXT: [], PAST: [], LEFT: []}
    for row in sorted(rows, key=lambda row: row.item.instant):
        if row.in_part:
            parts[LEFT].insert(0, row)
        elif row.item.instant < now:
            parts[PAST].insert(0, row)
        else:
            parts[NEXT].append(row)
    return [(called, found) for called, found in parts.items() if found]


def _by_the_calendar(item: DueItem) -> bool:
    """Whether it comes of itself: nobody waits for it yet, as for a promise or the end of open work."""
    return item.kind not in PROMISED and item.kind is not DueKind.WINDOW_ENDS


def going_on(book: Book) -> Iterator[Ticket]:
    """The open tickets by harm, without planned work whose window has not opened."""
    return (ticket for ticket in open_by_harm(book) if not _waits(book, ticket))


def _waits(book: Book, ticket: Ticket) -> bool:
    """Whether it is planned work whose window has not opened."""
    ahead = ticket.window is not None and book.as_of < ticket.window[0]
    return ticket.planned and ahead and not book.states[ticket.id].resolved


def _service(voice: Voice, now: ThingNow) -> ServiceRow:
    return ServiceRow(
        now,
        voice.service(now.id),
        tuple(_called(voice, now.tickets)),
        tuple(_called(voice, now.watched)),
    )


def _called(voice: Voice, tickets: Iterable[str]) -> Iterator[tuple[str, str]]:
    for key in tickets:
        yield key, _title(voice, key) or key


def _title(voice: Voice, key: str) -> str:
    ticket = voice.book.records.tickets.get(key)
    return ticket.title if ticket else ""


def _open(voice: Voice, ticket: Ticket) -> OpenTicket:
    state = voice.book.states[ticket.id]
    return OpenTicket(
        ticket,
        _title(voice, ticket.id),
        voice.book.next_deadline(ticket.id),
        state.severity if state.severity is not None else ticket.severity,
        state.state.value,
        state.paused,
        state.owner,
    )


def _round_page(voice: Voice, item: DueItem) -> str:
    """Where a round of the plan is told of: its record, or the list of what is pressing."""
    if item.kind is not DueKind.ROUND:
        return ""
    known = item.record in voice.book.records.inspections
    return addresses.inspection_page(item.record) if known else addresses.INSPECTIONS


def _due(voice: Voice, item: DueItem) -> DueRow:
    return DueRow(
        item,
        due_told(item, voice.book.records, voice.language, voice.person),
        _title(voice, item.record),
        _round_page(voice, item),
        whose(item, voice.language, voice.person),
        item.kind in _ENDINGS,
        made_in_part(voice.book, item),
    )
