"""The month up to an instant, of which lists as of that instant tell what changed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from weibao.model.instant import local_day, midnight
from weibao.report.figure import Period

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from weibao.model.instant import Instant


def month_to(instant: Instant, zone: ZoneInfo) -> Period:
    """From the beginning of the same day of the month before, or its last day, to the instant itself."""
    day = local_day(instant, zone)
    before = day.replace(day=1) - timedelta(days=1)
    return Period(midnight(before.replace(day=min(day.day, before.day)), zone), instant + 1)
