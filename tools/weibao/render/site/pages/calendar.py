"""The calendar: windows, rounds, duty, reports and what ends, by day, from a month back to a quarter ahead."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.model.instant import local_day
from weibao.operations.on_duty import OnDuty
from weibao.render.edition import addresses
from weibao.render.edition.calendar_words import entry_told, place_of, standing, times_told
from weibao.render.edition.public import public_calendar
from weibao.render.edition.withheld import Told
from weibao.render.site.icalendar import calendar_path
from weibao.render.site.page import FixedPage
from weibao.report.calendar import CalendarKind, ends_within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from weibao.render.edition.voice import Voice
    from weibao.report.audit.audit import Audit
    from weibao.report.calendar import CalendarEntry


ICONS = {
    CalendarKind.WINDOW: "wrench-clock",
    CalendarKind.ROUND: "clipboard-check-outline",
    CalendarKind.MEETING: "account-group",
    CalendarKind.REVIEW: "clipboard-search-outline",
    CalendarKind.DELIVERABLE: "file-document-outline",
    CalendarKind.DUE: "calendar-alert",
    CalendarKind.AUTHORISATION: "certificate-outline",
    CalendarKind.SUPPORT: "lifebuoy",
    CalendarKind.HANDOVER: "swap-horizontal",
    CalendarKind.TURN: "account-hard-hat",
}
"""An icon for each kind of thing; the words always stand beside it."""


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """What is on a day: its kind, words, times and how it stands, where it is told of, and whose turn of duty it is."""

    kind: CalendarKind
    words: str
    times: str
    standing: str
    mood: str
    address: str
    anchor: str
    turn: OnDuty | None


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day on which there is anything; the turns of duty on it apart."""

    day: date
    short: str
    today: bool
    rows: tuple[CalendarRow, ...]
    turns: tuple[CalendarRow, ...]


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """A month, or the part of it that is over or comes."""

    key: str
    name: str
    days: tuple[CalendarDay, ...]


def _facts(voice: Voice, audit: Audit) -> dict[str, Any]:
    entries = public_calendar(audit, voice.audience)
    today = local_day(voice.book.as_of, voice.book.zone)
    return {
        "past": list(_months(voice, [entry for entry in entries if entry.day < today])),
        "coming": list(_months(voice, [entry for entry in entries if entry.day >= today])),
        "ends": ends_within(voice.book),
        "nobody_on_a_rota": not voice.book.records.duty.rotas,
        "icons": ICONS,
        "file": Told(voice.addresses.file(addresses.CALENDAR, calendar_path(voice.addresses))),
    }


def _months(voice: Voice, entries: Iterable[CalendarEntry]) -> Iterator[CalendarMonth]:
    for month, of_month in groupby(entries, key=lambda entry: f"{entry.day:%Y-%m}"):
        days = groupby(of_month, key=lambda entry: entry.day)
        yield CalendarMonth(
            month,
            voice.month(month),
            tuple(_day(voice, day, of_day) for day, of_day in days),
        )


def _day(voice: Voice, day: date, entries: Iterable[CalendarEntry]) -> CalendarDay:
    today = local_day(voice.book.as_of, voice.book.zone)
    rows = [_row(voice, entry) for entry in entries]
    return CalendarDay(
        day,
        voice.short_day(day),
        day == today,
        tuple(row for row in rows if row.turn is None),
        tuple(row for row in rows if row.turn is not None),
    )


def _row(voice: Voice, entry: CalendarEntry) -> CalendarRow:
    turn = entry.told_of if isinstance(entry.told_of, OnDuty) else None
    words, times = entry_told(entry, voice), times_told(entry, voice)
    return CalendarRow(
        entry.kind, words, times, *standing(entry, voice), *place_of(entry, voice), turn
    )


PAGE = FixedPage(
    address=addresses.CALENDAR,
    title=N_("Calendar"),
    template="calendar.html",
    facts=_facts,
    place=45,
)
