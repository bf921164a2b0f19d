"""When something happened, as exactly as its record says it: of an old register perhaps the day alone, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.imported import Precision

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from weibao.language import Language
    from weibao.model.instant import Instant

DAY_ONLY = N_("{day} (day only)")
TIME_UNKNOWN = N_("time not known")


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
