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


def installed(
    tickets: Iterable[Ticket], ledger: Iterable[Entry], as_of: Instant
) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """By part and serial number, the equipment that it was put into and not taken out of: mostly one piece.

    It comes out where it is replaced; where it is returned with the ticket for which it came out and its
    condition; and where it is scrapped.
    """
    steps = [entry for ticket in tickets for entry in ticket.log if entry.event == "part_replaced"]
    steps += [entry for entry in ledger if _comes_out(entry)]
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for entry in sorted(steps, key=place_in_time):
        data = entry.data
        if entry.at > as_of:
            break
        if entry.event != "part_replaced":
            for serial in data["serials"]:
                found.pop((data["part"], serial), None)
            continue
        taken, put_in = ((data["part"], data[f"{way}_serial"]) for way in ("removed", "installed"))
        found[taken] = tuple(asset for asset in found.get(taken, ()) if asset != data["asset"])
        found[put_in] = tuple(dict.fromkeys((*found.get(put_in, ()), data["asset"])))
    return found


def _comes_out(entry: Entry) -> bool:
    """Whether a movement says that a piece came out of equipment, if it was in any."""
    told = entry.event == "returned" and "ticket" in entry.data and "condition" in entry.data
    return told or (entry.event == "scrapped" and "depot" not in entry.data)


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
        yield (
            Whereabouts(piece.state, piece.held, piece.part),
            (part.oem if part else "", piece.serial),
        )


def _put_in(records: Records, as_of: Instant) -> Iterable[tuple[Whereabouts, tuple[str, str]]]:
    into = installed(records.tickets.values(), records.spares.log, as_of)
    for (part_id, serial), assets in into.items():
        part = records.spares.parts.get(part_id)
        for asset in assets:
            yield Whereabouts("installed", asset, ""), (part.oem if part else "", serial)


def _at_odds(places: Collection[Whereabouts]) -> bool:
    """Whether these cannot all be true."""
    booked = [place for place in places if place.part]
    living = [place for place in booked if place.where != "scrapped"] or booked
    fitted = [place for place in places if place.where == "installed"]
    away = [place for place in living if place.where == "issued"]
    return len(living) > 1 or len(fitted) > 1 or bool(fitted and living and not away)
