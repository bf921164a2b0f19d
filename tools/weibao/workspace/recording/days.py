"""Days and spans as people type them: a plain day is the whole of it, from midnight to midnight."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.instant import midnight
from weibao.model.times.when import Tense, parse_day, parse_when
from weibao.refusal import UsageRefusal
from weibao.workspace.recording.rota_changes import DutySpan

if TYPE_CHECKING:
    from weibao.model.times.when import TimeAndPlace

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def span_at(text: str, here: TimeAndPlace) -> DutySpan:
    """The local day that ``text`` names, or the second of the time that it names.

    Raises:
        Refusal: it names neither.
    """
    day = _day_meant(text, here)
    if day is None:
        start = parse_when(text, here, Tense.PLANNED)
        return DutySpan(start, start + 1)
    try:
        return DutySpan(midnight(day, here.zone), midnight(day + timedelta(days=1), here.zone))
    except (ValueError, OverflowError):
        raise not_a_day(text) from None


def span_between(first: str, last: str, here: TimeAndPlace) -> DutySpan:
    """From the first day or time to the last one, a day being whole; "" for the last is the first day.

    Raises:
        Refusal: one is neither, or it ends before it begins.
    """
    begins = span_at(first, here)
    if last:
        ends = span_at(last, here)
        end = ends.start if _day_meant(last, here) is None else ends.end
    elif _day_meant(first, here) is None:
        raise UsageRefusal(
            N_("When does it end? “{text}” is a time, and only a day ends by itself."),
            mend=N_("Give the end after it: a time, or the last day."),
            text=first,
        )
    else:
        end = begins.end
    if end <= begins.start:
        raise UsageRefusal(
            N_("It would end at {last}, before it begins at {first}."),
            mend=N_("Give the first day or time, and then the last."),
            first=first,
            last=last,
        )
    return DutySpan(begins.start, end)


def not_a_day(text: str) -> UsageRefusal:
    """The refusal of what is no day."""
    return UsageRefusal(N_("“{text}” is not a day."), mend=N_("Write it as 2026-11-23."), text=text)


def _day_meant(text: str, here: TimeAndPlace) -> date | None:
    """The day that is written, or said as people do; None where it is no whole day."""
    try:
        return _day(text) or parse_day(text, here)
    except UsageRefusal:
        if _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip()):
            raise
        return None


def _day(text: str) -> date | None:
    """The day, where it is written as one: 2026-11-23, in half or full width."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not _DAY.fullmatch(plain):
        return None
    try:
        return date.fromisoformat(plain)
    except ValueError:
        raise not_a_day(text) from None
