"""Duties with a length that the plan leaves to the contract: how long each may take, and when it is due.

The block ``duties`` of contract.yaml changes these defaults. A length in working days ends with the last of
them, by the contract's first calendar.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.model.duration import parse_duration
from weibao.sla.calendar import Uncovered, working_hours

if TYPE_CHECKING:
    from collections.abc import Callable

    from weibao.model.contract import Contract
    from weibao.model.instant import Instant
    from weibao.sla.calendar import WorkingHours

DUTIES = {
    "part_used_within": "7d",
    "contact_notice": "30d",
    "desk_records_within": "24h",
    "confirmed_within": "3wd",
    "called_back_within": "2wd",
    "credential_notice": "60d",
    "report_accepted_within": "10wd",
    "drill_every": "366d",
    "exchange_every": "366d",
    "old_part_back_within": "7d",
    "reserve_within": "4h",
    "shift_taken_over_within": "30m",
    "audit_every": "365d",
    "survey_every": "",
    "refer_within": "",
}
"""By its key in the contract, how long each may take where the contract says nothing of it; "": then it is not asked."""


NOTICES = frozenset({"contact_notice", "credential_notice"})
"""Those of them that ask for more the longer they are; the others, the shorter."""


def length_of(contract: Contract, duty: str) -> str:
    """How long a duty may take, as a contract writes it; "" where it asks for none."""
    return stated_length(contract, duty) or DUTIES.get(duty, "")


def stated_length(contract: Contract, duty: str) -> str:
    """The same where the contract itself says it, "" where it does not."""
    length: str = contract.data.get("duties", {}).get(duty, "")
    return length


def handover_rotas(contract: Contract) -> frozenset[str]:
    """The rotas whose shifts are handed over."""
    return frozenset(contract.data.get("duties", {}).get("handover_rotas", ()))


def first_calendar(contract: Contract) -> WorkingHours | None:
    """The calendar that says what a working day is; it takes long to lay out."""
    terms = next(iter(contract.calendars.values()), None)
    return working_hours(terms) if terms else None


def first_calendars() -> Callable[[Contract], WorkingHours | None]:
    """The first calendars of several contracts, each laid out once."""
    known: dict[int, WorkingHours | None] = {}

    def calendar(contract: Contract) -> WorkingHours | None:
        if id(contract) not in known:
            known[id(contract)] = first_calendar(contract)
        return known[id(contract)]

    return calendar


def due(
    contract: Contract, duty: str, start: Instant, calendar: Callable[[], WorkingHours | None]
) -> Instant | None:
    """The last instant that is in time; None where nothing is asked, or the calendar does not cover it: it is never guessed."""
    stated = length_of(contract, duty)
    return after(stated, start, calendar) if stated else None


def after(
    length: str, start: Instant, calendar: Callable[[], WorkingHours | None]
) -> Instant | None:
    """The instant that is a length after another; None where the calendar does not cover it."""
    found = parse_duration(length)
    if not found.in_working_days:
        return start + found.seconds
    hours = calendar()
    end = hours.close_of_business(start, found.working_days) if hours else None
    return None if isinstance(end, Uncovered) else end
