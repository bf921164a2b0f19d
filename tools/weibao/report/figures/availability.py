"""Availability of services in the period, and how long equipment works between outages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.instant import local_day
from weibao.report.figure import FigureRow, KeyFigure, Period, Unit
from weibao.report.population import reactive, reported
from weibao.sla.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.report.book import Book
    from weibao.sla.availability import Availability, ServiceAvailability

TRAILING = 365
"""Days over which the time between outages is measured."""

LEAST = 90 * 86400
"""Seconds that equipment must have been covered in them for the time between its outages to say anything."""

GRAVE = (1, 2)
"""The severities of an outage of equipment."""


def availability_over(book: Book, period: Period) -> Availability | None:
    """The availability of the period's days; None where none of it has passed."""
    end = min(period.end, book.as_of)
    if end <= period.start:
        return None
    days = (local_day(end, book.zone) - local_day(period.start, book.zone)).days + 1
    return book.availability_until(end, days)


def _experienced(book: Book, period: Period) -> Iterator[FigureRow]:
    found = availability_over(book, period)
    for service in found.services.values() if found else ():
        yield FigureRow(
            record="records/contract.yaml",
            what=service.id,
            group=service.id,
            tally=Tally(int(service.seconds - service.lost), service.seconds),
            part=-service.lost % 1,
        )
        yield from _behind(service)


def _behind(service: ServiceAvailability) -> Iterator[FigureRow]:
    """The tickets for whose sake a service was not all operational; their seconds are in its own row."""
    tickets = {ticket for day in service.troubled_days for ticket in day.tickets}
    for ticket in sorted(tickets):
        yield FigureRow(record=ticket, what=service.id, group=service.id, tally=Tally(0, 0))


def _by_contract(book: Book, period: Period) -> Iterator[FigureRow]:
    found = availability_over(book, period)
    for service in found.services.values() if found else ():
        counted = service.seconds - service.excluded_seconds
        yield FigureRow(
            record="records/contract.yaml",
            what=service.id,
            group=service.id,
            tally=Tally(int(counted - service.lost_by_contract), counted),
            part=-service.lost_by_contract % 1,
        )
        yield from _behind(service)


def _between(book: Book, period: Period) -> Iterator[FigureRow]:
    end = min(period.end, book.as_of)
    found = book.availability_until(end, TRAILING)
    begun = end - TRAILING * 86400
    outages: dict[str, int] = {}
    for fault in reactive(book, "fault"):
        severity = book.states[fault.id].severity
        if severity in GRAVE and begun <= reported(book, fault) < end:
            yield FigureRow(record=fault.id, tally=Tally(0, 0))
            for named in fault.assets:
                outages[named] = outages.get(named, 0) + 1
    for asset in found.assets.values():
        if asset.seconds >= LEAST:
            count = outages.get(asset.id, 0)
            yield FigureRow(
                record="records/assets.yaml",
                what=asset.id,
                tally=Tally(count, count),
                seconds=asset.seconds - asset.down_seconds,
            )


EXPERIENCED = KeyFigure(
    name="availability",
    title=N_("Availability as experienced"),
    definition=N_(
        "Seconds of the covered days of the period, less those lost: 1 for an outage and for maintenance, 0.3 for a partial outage, 0 for a degradation, unless the contract weighs them otherwise, and 0 for what a redundancy group bears. Nothing is left out."
    ),
    unit=Unit.TIME,
    grouped_by="service",
    whole=False,
    rows=_experienced,
    place=70,
)

BY_CONTRACT = KeyFigure(
    name="availability_contract",
    title=N_("Availability by contract"),
    definition=N_(
        "The same without approved windows and pauses for a carrier or for force majeure, which are taken off the loss and off the whole."
    ),
    unit=Unit.TIME,
    grouped_by="service",
    whole=False,
    rows=_by_contract,
    place=71,
)

BETWEEN_OUTAGES = KeyFigure(
    name="time_between_outages",
    title=N_("Time between outages (MTBF)"),
    definition=N_(
        "Seconds for which covered equipment worked in the twelve months to the end of the period, for each outage of a piece of it (a fault of severity 1 or 2); of equipment that was covered for 90 days of them at least."
    ),
    unit=Unit.PER_EVENT,
    rows=_between,
    place=72,
)
