"""How the rota reads: who is on duty now, and who will be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from weibao.language import N_
from weibao.operations.on_duty import leave_during, stand_in_behind, uncovered
from weibao.render.terminal.layout import new_table
from weibao.render.words.explain import person_name, stamp
from weibao.render.words.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType

    from weibao.language import Language
    from weibao.model.instant import Instant
    from weibao.operations.on_duty import OnDuty
    from weibao.report.book import Book


def now_text(book: Book, words: Language) -> RenderableType:
    """Who has each rota's duty at the Book's instant, until when, and how to reach them."""
    parts: list[RenderableType] = [
        Text(words.text(N_("On duty as of {stamp}"), stamp=stamp(book)), style="dim")
    ]
    if book.on_duty:
        parts.append(_shifts(book, book.on_duty, words, phones=_phones(book)))
    for rota in uncovered(book.records.duty, book.on_duty):
        told = words.text(N_("Nobody has the duty “{rota}” now."), rota=_rota(rota, words))
        parts.append(Text(f"✗ {told}", style="bold red"))
    if not book.records.duty.rotas:
        parts.append(Text(words.text(N_("duty.yaml has no rota."))))
    return Group(*parts)


def shifts_text(book: Book, spans: Iterable[OnDuty], words: Language) -> RenderableType:
    """The shifts as a table; the one that runs at the Book's instant is marked."""
    spans = tuple(spans)
    if not spans:
        return Text(words.text(N_("There is no shift in these days.")))
    return _shifts(book, spans, words, phones=False)


def _shifts(
    book: Book, spans: Iterable[OnDuty], words: Language, *, phones: bool
) -> RenderableType:
    table = new_table()
    for heading in (N_("Rota"), N_("From"), N_("Until"), N_("Person")):
        table.add_column(words.text(heading), no_wrap=True)
    if phones:
        table.add_column(words.text(N_("Phone")), no_wrap=True)
    table.add_column(words.text(N_("Remark")))
    people = book.records.staff.people
    for span in spans:
        runs = span.start <= book.as_of < span.end
        cells = [
            Text(f"{'▸' if runs else ' '} {_rota(span.rota, words)}"),
            Text(_when(book, span.start, words)),
            Text(_when(book, span.end, words)),
            Text(plain(person_name(book, span.person, words))),
        ]
        if phones:
            phone = people[span.person].phone if span.person in people else ""
            cells.append(Text(plain(phone) or "–"))
        table.add_row(*cells, _remark(book, span, words), style="bold" if runs else "")
    return table


def _remark(book: Book, on_duty: OnDuty, words: Language) -> Text:
    """Whom a stand-in stands in for and why; and whether who has the duty is on leave."""
    told = []
    if on_duty.instead_of:
        away = plain(person_name(book, on_duty.instead_of, words))
        stand_in = stand_in_behind(book.records.duty, on_duty)
        reason = plain(stand_in.reason) if stand_in else ""
        told.append(
            words.text(N_("instead of {away}: {reason}"), away=away, reason=reason)
            if reason
            else words.text(N_("instead of {away}"), away=away)
        )
    leaves = leave_during(book.records.duty, on_duty)
    for leave in leaves:
        start, end = (_when(book, at, words) for at in (leave.start, leave.end))
        told.append(words.text(N_("! on leave {start} – {end}"), start=start, end=end))
    return Text("\n".join(told), style="bold red" if leaves else "")


def _phones(book: Book) -> bool:
    """Whether the contract lets the staff's phone numbers be shown."""
    return book.records.contract.publish_phones


def _rota(rota: str, words: Language) -> str:
    return plain(words.term("role", rota))


def _when(book: Book, at: Instant, words: Language) -> str:
    return words.moment(at, book.zone, pattern="MM-dd EEE HH:mm")
