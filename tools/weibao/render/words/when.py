"""When something happened, as exactly as its record says it: of an old register perhaps the day alone, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.imported import Precision

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from weibao.language import Language
    from weibao.model.instant import Instant
    from weibao.sla.verdict import Verdict

DAY_ONLY = N_("{day} (day only)")
TIME_UNKNOWN = N_("time not known")
AT_THE_EARLIEST = N_("{moment} at the earliest")


def when(
    instant: Instant,
    precision: Precision | None,
    zone: ZoneInfo,
    words: Language,
    *,
    pattern: str = "yyyy-MM-dd HH:mm",
) -> str:
    """An instant; its day where no more is known, and that nobody knows where not even that is."""
    if precision is Precision.UNKNOWN:
        return words.text(TIME_UNKNOWN)
    if precision is Precision.DAY:
        day = words.moment(instant, zone, pattern=pattern.partition(" ")[0])
        return words.text(DAY_ONLY, day=day)
    return words.moment(instant, zone, pattern=pattern)


def due_when(
    verdict: Verdict, zone: ZoneInfo, words: Language, *, pattern: str = "yyyy-MM-dd HH:mm"
) -> str:
    """When a promise is due; at the earliest, where nobody knows exactly from when it counts. "–" for never."""
    if verdict.due is None:
        return "–"
    moment = words.moment(verdict.due, zone, pattern=pattern)
    return words.text(AT_THE_EARLIEST, moment=moment) if verdict.start_precision else moment
