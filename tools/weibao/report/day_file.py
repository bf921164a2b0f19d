"""A day of the contract: what was in trouble, what was reported, and what was done on it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.model.instant import local_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from weibao.model.inspection import Inspection
    from weibao.model.ticket import Ticket
    from weibao.report.book import Book
    from weibao.sla.availability import DayOfService, ServiceAvailability


@dataclass(frozen=True, slots=True)
class DayFile:
    """One contract-local day.

    Attributes:
        services, assets: those that were not all operational on it, by id.
        reported: the tickets reported on it, the earliest first.
        closed: those closed on it.
        windows: the planned work whose window is on it, at least in part.
        rounds: the inspections begun on it.
    """

    day: date
    services: tuple[tuple[str, DayOfService], ...]
    assets: tuple[tuple[str, DayOfService], ...]
    reported: tuple[Ticket, ...]
    closed: tuple[Ticket, ...]
    windows: tuple[Ticket, ...]
    rounds: tuple[Inspection, ...]


def days_of(book: Book) -> tuple[DayFile, ...]:
    """The days of the twelve months to the Book's instant on which anything was, the earliest first."""
    services, assets = book.availability.services, book.availability.assets
    span = {day.day for found in (*services.values(), *assets.values()) for day in found.days}
    services_on, assets_on = _troubled(services), _troubled(assets)
    reported: dict[date, list[Ticket]] = defaultdict(list)
    closed: dict[date, list[Ticket]] = defaultdict(list)
    windows: dict[date, list[Ticket]] = defaultdict(list)
    for ticket in book.records.tickets.values():
        reported[local_day(ticket.reported_at, book.zone)].append(ticket)
        ended = book.states[ticket.id].closed
        if ended:
            closed[local_day(ended.instant, book.zone)].append(ticket)
        if ticket.window:
            first, last = (local_day(instant, book.zone) for instant in ticket.window)
            for day in span:
                if first <= day <= last:
                    windows[day].append(ticket)
    rounds: dict[date, list[Inspection]] = defaultdict(list)
    for done in book.records.inspections.values():
        if done.log:
            rounds[local_day(done.log[0].at, book.zone)].append(done)
    return tuple(
        DayFile(
            day,
            tuple(services_on.get(day, ())),
            tuple(assets_on.get(day, ())),
            tuple(sorted(reported.get(day, ()), key=lambda told: (told.reported_at, told.id))),
            tuple(sorted(closed.get(day, ()), key=lambda told: told.id)),
            tuple(sorted(windows.get(day, ()), key=lambda planned: planned.id)),
            tuple(sorted(rounds.get(day, ()), key=lambda done: done.id)),
        )
        for day in sorted(
            span
            & (
                services_on.keys()
                | assets_on.keys()
                | reported.keys()
                | closed.keys()
                | windows.keys()
                | rounds.keys()
            )
        )
    )


def _troubled(
    things: Mapping[str, ServiceAvailability],
) -> dict[date, list[tuple[str, DayOfService]]]:
    found: dict[date, list[tuple[str, DayOfService]]] = defaultdict(list)
    for key, known in things.items():
        for day in known.troubled_days:
            found[day.day].append((key, day))
    return found
