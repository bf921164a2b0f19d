"""The contract's working calendars: what they cover, how many days differ from the week, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from weibao.model.contract import CalendarTerms, Contract


@dataclass(frozen=True, slots=True)
class CalendarTold:
    """A calendar, how many days of it differ from the week, and the reasons that the contract gives, each once."""

    terms: CalendarTerms
    days: int
    reasons: tuple[str, ...]


def calendars_told(contract: Contract) -> tuple[CalendarTold, ...]:
    """Every calendar, in the order of the contract."""
    return tuple(
        CalendarTold(
            terms,
            sum(len(override.days) for override in terms.overrides),
            tuple(dict.fromkeys(override.why for override in terms.overrides if override.why)),
        )
        for terms in contract.calendars.values()
    )
