"""Times as engineers type them: ``09:12``, ``-20m``, or RFC 3339."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.duration import parse_duration
from weibao.model.instant import Instant, local_day, parse_instant
from weibao.refusal import UsageRefusal

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_END = 253_402_214_400  # 9999-12-31: later times cannot be written in every zone
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?")
_LENGTHS = re.compile(r"-((?:\d+[dhms])+)")
_LENGTH = re.compile(r"\d+[dhms]")
_DAY_AND_CLOCK = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2})?)")


def parse_when(text: str, now: Instant, zone: ZoneInfo) -> Instant:
    """The instant meant by ``text`` at the instant ``now``.

    ``09:12`` is today's in ``zone``, or yesterday's where today's is still to come by more than
    an hour (a step of last evening, recorded after midnight); ``-20m`` and ``-1h30m`` count back
    from now; a day and a time without an offset are local to ``zone``. Digits and marks may be of
    full width, as a Chinese keyboard writes them.

    Raises:
        Refusal: it is none of these.
    """
    try:
        instant = _instant(unicodedata.normalize("NFKC", text).strip(), now, zone)
    except (ValueError, OverflowError):
        instant = _END
    if not 0 <= instant < _END:
        raise UsageRefusal(
            N_("“{text}” is not a time."),
            mend=N_("Write 09:12, -20m, -1h30m, “2026-11-23 09:12” or 2026-11-23T09:12:00+08:00."),
            text=text,
        ) from None
    return instant


def _instant(text: str, now: Instant, zone: ZoneInfo) -> Instant:
    if text == "now":
        return now
    if match := _LENGTHS.fullmatch(text):
        return now - sum(parse_duration(length).seconds for length in _LENGTH.findall(match[1]))
    if match := _DAY_AND_CLOCK.fullmatch(text):
        local = datetime.fromisoformat(f"{match[1]}T{match[2]}").replace(tzinfo=zone)
        return int(local.timestamp())
    if match := _CLOCK.fullmatch(text):
        hour, minute, second = (int(part or 0) for part in match.groups())
        today = local_day(now, zone)
        local = datetime(today.year, today.month, today.day, hour, minute, second, tzinfo=zone)
        # A whole day back by the calendar, which is not 24 hours when the clocks change.
        late = local.timestamp() > now + 3600
        return int((local - timedelta(days=1) if late else local).timestamp())
    return parse_instant(text)
