"""A piece of equipment: all that the records have on it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.model.instant import local_day
from weibao.operations.whereabouts import fits
from weibao.sla.condition import asset_stretches

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from weibao.model.assets import Asset
    from weibao.model.entry import Entry
    from weibao.model.impact import RedundancyGroup
    from weibao.model.imported import Precision
    from weibao.model.inspection import Inspection
    from weibao.model.instant import Instant
    from weibao.model.ticket import Ticket
    from weibao.operations.stock import Stock, StockLevel
    from weibao.report.book import Book
    from weibao.sla.availability import ServiceAvailability
    from weibao.sla.condition import Condition, Stretch


@dataclass(frozen=True, slots=True)
class RoundReading:
    """What a round found of one item: ``value`` as it was written, "" where nothing was measured.

    ``precision`` is how exactly an old register says when, None where it is exact.
    """

    at: Instant
    precision: Precision | None
    value: str | float
    status: str
    inspection: str
    index: int


@dataclass(frozen=True, slots=True)
class MeasuredItem:
    """What rounds found of one item of the checklist, the oldest first."""

    item: str
    unit: str
    found: tuple[RoundReading, ...]

    @property
    def measured(self) -> tuple[tuple[Instant, float, str], ...]:
        """Those that are numbers: when, how much, and how that is."""
        return tuple(
            (reading.at, reading.value, reading.status)
            for reading in self.found
            if not isinstance(reading.value, str)
        )


@dataclass(frozen=True, slots=True)
class AssetFile:
    """Everything that the records have on one asset, the latest first.

    Attributes:
        asset: the asset.
        covered: whether it is covered at the Book's instant.
        open, past: the tickets that name it.
        inspections: the rounds that took it in, each with what was found on it that was not well.
        replaced: the parts that were replaced in it, each with its ticket.
    """

    asset: Asset
    covered: bool
    open: tuple[Ticket, ...]
    past: tuple[Ticket, ...]
    inspections: tuple[tuple[Inspection, tuple[Entry, ...]], ...]
    replaced: tuple[tuple[Ticket, Entry], ...]

    @property
    def tickets(self) -> tuple[Ticket, ...]:
        """All that name it, the open ones first."""
        return (*self.open, *self.past)


@dataclass(frozen=True, slots=True)
class AssetHistory:
    """What became of an asset, and what there is for it.

    Attributes:
        availability: over the twelve months to the Book's instant; None of one that is not listed.
        effects: what each ticket did to it.
        readings: what rounds found on it, by item.
        groups: the redundancy groups that it stands in, by the terms in effect.
        spares: the stock of the parts that may go into it.
    """

    availability: ServiceAvailability | None
    effects: Mapping[str, Mapping[Condition, int]]
    readings: tuple[MeasuredItem, ...]
    groups: tuple[RedundancyGroup, ...]
    spares: tuple[StockLevel, ...]


@dataclass(frozen=True, slots=True)
class ListedAsset:
    """An asset in a list: whether it is covered at the Book's instant, and its open tickets' ids."""

    asset: Asset
    covered: bool
    open: tuple[str, ...]


def asset_files(book: Book, chosen: Iterable[Asset]) -> tuple[ListedAsset, ...]:
    """The assets by site and id, each with what is open on it."""
    return tuple(
        ListedAsset(
            asset,
            _covered(book, asset),
            tuple(ticket.id for ticket in book.open_tickets if asset.id in ticket.assets),
        )
        for asset in sorted(chosen, key=lambda asset: (asset.site, asset.id))
    )


def origin_of(stock: Stock, replaced: Entry) -> tuple[Entry, Mapping[str, str]] | None:
    """Where the part that a replacement put in came from: the last receipt before it that says; None where none does."""
    piece = stock.pieces.get((replaced.data["part"], replaced.data["installed_serial"]))
    before = (
        [receipt for receipt in piece.receipts if receipt[0].at <= replaced.at] if piece else []
    )
    return before[-1] if before else None


def _covered(book: Book, asset: Asset) -> bool:
    return asset.covered_from <= local_day(book.as_of, book.zone) <= asset.covered_to


def asset_file(book: Book, asset: Asset) -> AssetFile:
    """What a Book has on an asset."""
    records = book.records
    named = [ticket for ticket in records.tickets.values() if asset.id in ticket.assets]
    named.sort(key=lambda ticket: (-ticket.reported_at, ticket.id))
    running = {ticket.id for ticket in book.open_tickets}
    rounds = [
        inspection for inspection in records.inspections.values() if asset.id in inspection.assets
    ]
    replaced = [
        (ticket, entry)
        for ticket in records.tickets.values()
        for entry in ticket.log
        if entry.event == "part_replaced" and entry.data["asset"] == asset.id
    ]
    return AssetFile(
        asset=asset,
        covered=_covered(book, asset),
        open=tuple(ticket for ticket in named if ticket.id in running),
        past=tuple(ticket for ticket in named if book.states[ticket.id].ended),
        inspections=tuple(
            (inspection, _not_well(inspection, asset))
            for inspection in sorted(rounds, key=lambda ticket: ticket.id)[::-1]
        ),
        replaced=tuple(sorted(replaced, key=lambda ticket: (-ticket[1].at, ticket[0].id))),
    )


def _not_well(inspection: Inspection, asset: Asset) -> tuple[Entry, ...]:
    """The checks of a round that failed or gave a warning on the asset."""
    return tuple(
        entry
        for entry in inspection.log
        if entry.event == "checked"
        and entry.data["asset"] == asset.id
        and entry.data["status"] in {"failed", "warning"}
    )


def asset_history(book: Book, asset: Asset) -> AssetHistory:
    """What became of an asset, of which a Book has the rest in :func:`asset_file`."""
    fitting = {part.id for part in book.records.spares.parts.values() if fits(part, asset)}
    return AssetHistory(
        availability=book.availability.assets.get(asset.id),
        effects=effects_in(asset_stretches(asset.id, book.things)),
        readings=_readings(book, asset),
        groups=tuple(group for group in book.things.now.terms.groups if asset.id in group.assets),
        spares=tuple(level for level in book.stock.levels if level.part in fitting),
    )


def effects_in(stretches: Iterable[Stretch]) -> dict[str, Counter[Condition]]:
    """By ticket, the seconds of each condition that it brought a thing; of two at once both."""
    found: dict[str, Counter[Condition]] = {}
    for stretch in stretches:
        for ticket in stretch.tickets:
            lasting = found.setdefault(ticket, Counter())
            lasting[stretch.condition] += stretch.end - stretch.start
    return found


def _readings(book: Book, asset: Asset) -> tuple[MeasuredItem, ...]:
    """What rounds found on an asset by item."""
    return measured_items(
        (done.id, entry)
        for done in book.records.inspections.values()
        if asset.id in done.assets
        for entry in done.log
        if entry.event == "checked" and entry.data["asset"] == asset.id
    )


def measured_items(checks: Iterable[tuple[str, Entry]]) -> tuple[MeasuredItem, ...]:
    """Checks of one asset, each with its inspection, by item, in the order in which the items first came up."""
    by_item: dict[str, list[tuple[str, Entry]]] = {}
    for done, entry in checks:
        by_item.setdefault(entry.data["item"], []).append((done, entry))
    return tuple(
        MeasuredItem(
            item,
            next((str(entry.data["unit"]) for _, entry in found if "unit" in entry.data), ""),
            tuple(
                RoundReading(
                    entry.at,
                    entry.precision,
                    _value(entry),
                    entry.data["status"],
                    done,
                    entry.index,
                )
                for done, entry in sorted(found, key=lambda check: (check[1].at, check[0]))
            ),
        )
        for item, found in by_item.items()
    )


def _value(check: Entry) -> str | float:
    value = check.data.get("value", "")
    measured = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if measured else str(value)
