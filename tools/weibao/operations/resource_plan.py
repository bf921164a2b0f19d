"""The resource plan: by which day the customer had to approve it, and on which day they did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from weibao.model.duration import parse_duration
from weibao.model.instant import local_day, midnight
from weibao.sla.calendar import Uncovered, working_hours

if TYPE_CHECKING:
    from weibao.model.contract import Contract


@dataclass(frozen=True, slots=True)
class Approval:
    """``due`` is the last day on time, None where the calendar does not say; ``given`` None while it is not."""

    version: str
    due: date | None
    given: date | None

    def late(self, today: date) -> bool:
        """Whether it was given after the day it was due, or is still not given after it."""
        return self.due is not None and (self.given or today) > self.due


DUE_WITHIN = "30d"
"""How soon after the start it is approved, where the contract says nothing of it."""


def approval_of(contract: Contract) -> Approval:
    """The approval of the contract's resource plan (requirement 12); its version is "" where it names none.

    Working days are those of the contract's first calendar; a due day that it does not cover is
    none, for it is never guessed.
    """
    plan = contract.data.get("resource_plan", {})
    given = plan.get("approved_on")
    return Approval(
        plan.get("version", ""),
        _due(contract, plan.get("due_within", DUE_WITHIN)),
        date.fromisoformat(given) if given else None,
    )


def _due(contract: Contract, within: str) -> date | None:
    length = parse_duration(within)
    if not length.in_working_days:
        days = timedelta(days=length.seconds // 86400)
        return contract.start + days if days <= date.max - contract.start else None
    terms = next(iter(contract.calendars.values()), None)
    if terms is None:
        return None
    start = midnight(contract.start, contract.zone)
    end = working_hours(terms).close_of_business(start, length.working_days)
    return None if isinstance(end, Uncovered) else local_day(end - 1, contract.zone)
