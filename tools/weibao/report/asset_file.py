"""A piece of equipment: all that the records have on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.model.instant import local_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.model.assets import Asset
    from weibao.model.entry import Entry
    from weibao.model.inspection import Inspection
    from weibao.model.ticket import Ticket
    from weibao.report.book import Book


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
