"""The calendar as a file for other calendars (iCalendar, RFC 5545): the same entries in the same words."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from weibao.render.edition.calendar_words import entry_told, standing
from weibao.report.calendar import CalendarKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from weibao.model.instant import Instant
    from weibao.render.edition.addresses import Addresses
    from weibao.render.edition.voice import Voice
    from weibao.report.calendar import CalendarEntry

_OCTETS = 74
"""Of a line, beside the blank that a further one begins with."""


def calendar_path(addresses: Addresses) -> str:
    """Where the file of a language lies, from the site's root."""
    return f"{addresses.prefix}calendar.ics"


def calendar_file(voice: Voice, entries: Sequence[CalendarEntry]) -> bytes:
    """The file: what is told twice on the page, as a turn that goes on, is in it once."""
    records = voice.book.records
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//weibao//calendar//EN"]
    lines.append(f"X-WR-CALNAME:{_text(voice.shown(voice.language.pick(records.contract.names)))}")
    found = {_uid(entry, voice): entry for entry in reversed(entries)}
    for uid, entry in reversed(found.items()):
        lines += ["BEGIN:VEVENT", f"UID:{uid}", f"DTSTAMP:{_utc(voice.book.as_of)}"]
        lines += [*_when(entry), f"SUMMARY:{_text(_summary(entry, voice))}", "TRANSP:TRANSPARENT"]
        lines.append("END:VEVENT")
    return "".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCALENDAR")).encode()


def _uid(entry: CalendarEntry, voice: Voice) -> str:
    """The same in every edition of the site; of names it holds what the reader is told."""
    by_record = entry.kind in {CalendarKind.WINDOW, CalendarKind.HANDOVER}
    which = entry.record if by_record else str(entry.start or entry.end or entry.day)
    words = voice.shown(entry_told(entry, voice)) if entry.kind is CalendarKind.DUE else ""
    about = "" if words else " ".join(entry.subject)
    told = f"{voice.book.records.contract.id} {entry.kind.value} {which} {about} {words}"
    return f"{sha256(told.encode()).hexdigest()[:32]}@weibao"


def _summary(entry: CalendarEntry, voice: Voice) -> str:
    told, (how, _) = voice.shown(entry_told(entry, voice)), standing(entry, voice)
    return f"{told} ({how})" if how else told


def _when(entry: CalendarEntry) -> Iterator[str]:
    """Instants where it has both, else the day."""
    if entry.start is not None and entry.end is not None:
        yield f"DTSTART:{_utc(entry.start)}"
        yield f"DTEND:{_utc(entry.end)}"
    else:
        yield f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}"


def _utc(at: Instant) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", words).replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line in pieces of at most 75 octets, no letter cut."""
    pieces, size = [""], 0
    for letter in line:
        size += len(letter.encode())
        if size > _OCTETS:
            pieces.append("")
            size = len(letter.encode())
        pieces[-1] += letter
    return "\r\n ".join(pieces)
