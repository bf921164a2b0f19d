"""Where every serial number is said to be: in a depot, at the maker, in equipment. It can be in one place only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from weibao.model.timeline import place_in_time
from weibao.operations.stock import stock_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from weibao.model.assets import Asset
    from weibao.model.entry import Entry
    from weibao.model.instant import Instant
    from weibao.model.records import Records
    from weibao.model.spares import Part
    from weibao.model.ticket import Ticket
    from weibao.operations.stock import Stock

Where = Literal["in_stock", "issued", "at_maker", "scrapped", "installed"]
"""Where something can be; shown through ``term("piece_state", …)``."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a serial number is said to be: ``held`` is the depot, the ticket or the asset, "" where there is none.

    ``part`` is as which the ledger has it there, "" in equipment.
    """

    where: Where
    held: str
    part: str


@dataclass(frozen=True, slots=True)
class TwoPlaces:
    """A serial number of a maker that is said to be in several places."""

    maker: str
    serial: str
    places: tuple[Whereabouts, ...]


def fits(part: Part, asset: Asset) -> bool:
    """Whether a part may go into an asset: where both say nothing of models, nobody knows otherwise."""
    return not part.fits or not asset.model or asset.model in part.fits


@dataclass(frozen=True, slots=True)
class Installation:
    """A part that a ticket put into an asset and that none took out again."""

    asset: str
    ticket: str
    entry: Entry


def installed(
    tickets: Iterable[Ticket], as_of: Instant
) -> Mapping[tuple[str, str], tuple[Installation, ...]]:
    """By part and serial number, where it was put in and not taken out: mostly one place."""
    steps = sorted(
        (
            (entry, ticket.id)
            for ticket in tickets
            for entry in ticket.log
            if entry.event == "part_replaced" and entry.at <= as_of
        ),
        key=lambda step: place_in_time(step[0]),
    )
    found: dict[tuple[str, str], tuple[Installation, ...]] = {}
    for entry, ticket in steps:
        part, asset = entry.data["part"], entry.data["asset"]
        taken = (part, entry.data["removed_serial"])
        left = tuple(put for put in found.pop(taken, ()) if put.asset != asset)
        if left:
            found[taken] = left
        put_in = (part, entry.data["installed_serial"])
        others = tuple(put for put in found.get(put_in, ()) if put.asset != asset)
        found[put_in] = (*others, Installation(asset, ticket, entry))
    return found


def in_two_places(
    records: Records, as_of: Instant, only: Collection[str] | None = None
) -> tuple[TwoPlaces, ...]:
    """The serial numbers, of ``only`` these, that are said to be in more than one place, by maker and number.

    Serial numbers are the maker's. What was issued may be in one piece of equipment. A piece that is
    scrapped under one part and stands under another was entered under the wrong one at first.
    """
    said: dict[tuple[str, str], set[Whereabouts]] = {}
    stock = stock_of(records.spares, as_of)
    for place, key in (*_booked(records, stock), *_put_in(records, as_of)):
        if only is None or key[1] in only:
            said.setdefault(key, set()).add(place)
    for asset in records.assets.values():
        # Equipment that is listed twice, and nowhere else, is told by itself (R226).
        if asset.vendor and (asset.vendor, asset.serial) in said:
            said[asset.vendor, asset.serial].add(Whereabouts("installed", asset.id, ""))
    return tuple(
        TwoPlaces(
            *key, tuple(sorted(places, key=lambda place: (place.where, place.held, place.part)))
        )
        for key, places in sorted(said.items())
        if _at_odds(places)
    )


def _booked(records: Records, stock: Stock) -> Iterable[tuple[Whereabouts, tuple[str, str]]]:
    for piece in stock.pieces.values():
        part = records.spares.parts.get(piece.part)
        held = piece.ticket if piece.state == "issued" else piece.depot
        yield Whereabouts(piece.state, held, piece.part), (part.oem if part else "", piece.serial)


def _put_in(records: Records, as_of: Instant) -> Iterable[tuple[Whereabouts, tuple[str, str]]]:
    for (part_id, serial), places in installed(records.tickets.values(), as_of).items():
        part = records.spares.parts.get(part_id)
        for put in places:
            yield Whereabouts("installed", put.asset, ""), (part.oem if part else "", serial)


def _at_odds(places: Collection[Whereabouts]) -> bool:
    """Whether these cannot all be true."""
    booked = [place for place in places if place.part]
    living = [place for place in booked if place.where != "scrapped"] or booked
    fitted = [place for place in places if place.where == "installed"]
    away = [place for place in living if place.where == "issued"]
    return len(living) > 1 or len(fitted) > 1 or bool(fitted and living and not away)
