"""Settings as they were: which terms and calendars count for a clock that starts at an instant.

An edition of the contract counts for what comes after it. Of the editions that may have stood at an
instant, each gives a due time, and the earliest rules; so no edit moves a promise that was made before it.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from weibao.sla.clock import FOREVER, Clocks, clocks_of
from weibao.sla.holidays import by_notice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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


@dataclass(frozen=True, slots=True)
class DatedContract:
    """An edition of the contract.

    Attributes:
        contract: what it says.
        time: the *time* of its commit.
        witnessed: by when somebody outside had it; FOREVER where nobody has.
        until: of one beside the official line, when it landed; None of one on the line.
    """

    contract: Contract
    time: Instant
    witnessed: Instant = FOREVER
    until: Instant | None = None


@dataclass(frozen=True)
class Editions:
    """All editions of a contract, ready to be asked what stood when.

    Attributes:
        contract: the contract as it stands.
        line: the editions of the official line, the oldest first, as far as later ones reach back.
        beside: those that commits beside the line brought, until they landed.
        agreed: what was agreed when the first record was made.
        log_began: when the log of first sights was begun, None where there is none: before that,
            landing stands for a witness.
        approved: editions to which the customer agreed, in the order of their approval: what they
            promise, from when on that counts (None: for the past as well), and their place on the line.
    """

    contract: Contract
    line: tuple[tuple[DatedContract, Clocks], ...]
    beside: tuple[tuple[DatedContract, Clocks], ...]
    agreed: tuple[Clocks, ...]
    log_began: Instant | None
    approved: tuple[tuple[Clocks, Instant | None, int], ...] = ()
    landing_counts: bool = True

    @property
    def at_worst(self) -> Editions:
        """See ``InForce``."""
        signed = tuple(edition for edition in self.approved if edition[1] is None)
        return replace(self, landing_counts=False, approved=signed)

    def at(self, instant: Instant) -> tuple[Clocks, ...]:
        """The last edition known by then, those made since, and what stood beside the line.

        Of what the customer approved the last edition takes the place of all before it.
        """
        by_landing = self.landing_counts and (self.log_began is None or instant < self.log_began)
        made = bisect_left(self.line, instant, key=lambda edition: edition[0].time)
        for clocks, since, place in reversed(self.approved):
            if since is None or since <= instant:
                return _each_once(clocks, *(later for _, later in self.line[place:made]))
        known = made if by_landing else 0
        if not by_landing:
            known = max(
                (
                    place
                    for place, (edition, _) in enumerate(self.line[:made], 1)
                    if edition.witnessed < instant
                ),
                default=0,
            )
        first = (self.line[known - 1][1],) if known else self.agreed
        beside = (
            clocks
            for edition, clocks in self.beside
            if edition.time < instant <= (FOREVER if edition.until is None else edition.until)
        )
        later = (clocks for _, clocks in self.line[known:made])
        return _each_once(*first, *later, *beside) or (self.line[0][1],)


def _each_once(*found: Clocks) -> tuple[Clocks, ...]:
    return tuple({id(clocks): clocks for clocks in found}.values())


def dated_settings(
    now: Contract,
    line: Sequence[DatedContract],
    beside: Iterable[DatedContract],
    agreed: Iterable[Contract],
    log_began: Instant | None,
    approved: Iterable[tuple[int, Instant | None]] = (),
) -> InForce:
    """The settings by the editions of a contract, the oldest of the ``line`` first.

    ``approved`` are places on the line, and from when on the edition there counts as agreed.
    """
    if not line:
        return clocks_of(now)
    kinds: list[Clocks] = []

    def worked_out(contract: Contract, after: Sequence[DatedContract]) -> Clocks:
        """The clocks of an edition; of those that promise the same, one and the same value."""
        reaching = _reached(contract, [later.contract for later in after])
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

    dated = tuple(
        (edition, worked_out(edition.contract, line[place:]))
        for place, edition in enumerate(line, 1)
    )
    others = tuple(
        (
            edition,
            worked_out(edition.contract, [dated for dated in line if dated.time > edition.time]),
        )
        for edition in beside
    )
    known = [worked_out(contract, line) for contract in agreed]
    first = _each_once(*known)
    if len(kinds) == 1:
        return replace(kinds[0], contract=now)
    agreed_since = tuple((dated[place][1], since, place + 1) for place, since in approved)
    return Editions(now, dated, others, first, log_began, agreed_since)


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
