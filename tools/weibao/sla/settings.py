"""Settings as they were: which terms and calendars count for a clock that starts at an instant.

An edition of the contract counts for what comes after it. Of the editions that may have stood at an
instant, each gives a due time, and the earliest rules; so no edit moves a promise that was made before it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from weibao.history.candidates import Candidates, DatedEdition
from weibao.sla.clock import Clocks, clocks_of
from weibao.sla.holidays import by_notice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from weibao.model.contract import CalendarTerms, Contract
    from weibao.model.instant import Instant


class InForce(Protocol):
    """The settings by which promises are judged."""

    @property
    def contract(self) -> Contract:
        """The contract as it stands now."""

    @property
    def at_worst(self) -> InForce:
        """The same, where only what somebody outside has witnessed counts as known."""

    def at(self, instant: Instant) -> tuple[Clocks, ...]:
        """The terms and calendars that may have stood at ``instant``: one or more, each once."""


@dataclass(frozen=True)
class Editions:
    """The settings by all editions of a contract, each with later ones as far as those reach back."""

    contract: Contract
    dated: Candidates[Clocks]

    @property
    def at_worst(self) -> Editions:
        """See ``InForce``."""
        return replace(self, dated=self.dated.at_worst)

    def at(self, instant: Instant) -> tuple[Clocks, ...]:
        """See ``InForce``."""
        return tuple({id(clocks): clocks for clocks in self.dated.at(instant)}.values())


def dated_settings(contracts: Candidates[Contract]) -> InForce:
    """The settings by the editions of a contract."""
    line = contracts.line
    if not line:
        return clocks_of(contracts.now)
    kinds: list[Clocks] = []

    def worked_out(contract: Contract, after: Sequence[DatedEdition[Contract]]) -> Clocks:
        """The clocks of an edition; of those that promise the same, one and the same value."""
        reaching = _reached(contract, [later.value for later in after])
        for clocks in kinds:
            same = clocks.contract
            if (same.terms, same.calendars, same.zone) == (
                reaching.terms,
                reaching.calendars,
                reaching.zone,
            ):
                return clocks
        kinds.append(clocks_of(reaching))
        return kinds[-1]

    def dated(edition: DatedEdition[Contract], clocks: Clocks) -> DatedEdition[Clocks]:
        return DatedEdition(clocks, edition.time, edition.witnessed, edition.until)

    along = tuple(
        dated(edition, worked_out(edition.value, line[place:]))
        for place, edition in enumerate(line, 1)
    )
    beside = tuple(
        dated(
            edition,
            worked_out(edition.value, [later for later in line if later.time > edition.time]),
        )
        for edition in contracts.beside
    )
    agreed = tuple(worked_out(contract, line) for contract in contracts.agreed)
    if len(kinds) == 1:
        return replace(kinds[0], contract=contracts.now)
    began, approved = contracts.log_began, contracts.approved
    return Editions(
        contracts.now, Candidates(along[-1].value, along, beside, agreed, began, approved)
    )


def _reached(contract: Contract, later: Sequence[Contract]) -> Contract:
    """The contract with what later editions may add to its calendars.

    Public holidays as the notices have them, and days that it did not cover, by the first edition that covers
    them with the same week and nothing else but the notices'.
    """
    calendars = {
        name: _reached_calendar(
            calendar, [edition.calendars[name] for edition in later if name in edition.calendars]
        )
        for name, calendar in contract.calendars.items()
    }
    return replace(contract, calendars=calendars)


def _reached_calendar(calendar: CalendarTerms, later: Sequence[CalendarTerms]) -> CalendarTerms:
    for other in later:
        if (other.zone, other.hours) != (calendar.zone, calendar.hours):
            continue
        own, others = _by_day(calendar), _by_day(other)
        added = {day: hours for day, hours in others.items() if day not in own}
        noticed = {day: hours for day, hours in added.items() if by_notice(day, hours)}
        extends = all(
            day in noticed or calendar.covers_from <= day <= calendar.covers_to for day in added
        )
        adjoining = (
            other.covers_from <= calendar.covers_to + timedelta(1)
            and calendar.covers_from - timedelta(1) <= other.covers_to
        )
        covers = (calendar.covers_from, calendar.covers_to)
        if extends and adjoining:
            covers = (min(covers[0], other.covers_from), max(covers[1], other.covers_to))
        taken = tuple(
            replace(override, days=tuple(day for day in override.days if day in noticed))
            for override in other.overrides
            if any(day in noticed for day in override.days)
        )
        calendar = replace(
            calendar,
            covers_from=covers[0],
            covers_to=covers[1],
            overrides=(*calendar.overrides, *taken),
        )
    return calendar


def _by_day(calendar: CalendarTerms) -> Mapping[date, tuple[str, ...]]:
    return {day: override.hours for override in calendar.overrides for day in override.days}
