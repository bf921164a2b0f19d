"""Spares: how many lie where, where each piece came from, what was counted (requirements 17–22)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.site import addresses
from weibao.render.site.page import SitePage, typeset
from weibao.render.site.public import public_log

if TYPE_CHECKING:
    from weibao.model.entry import Entry
    from weibao.model.spares import Part
    from weibao.operations.stock import Piece, StockLevel
    from weibao.render.site.voice import Voice

SHELF = {"in_stock": 0, "issued": 1, "scrapped": 2}


@dataclass(frozen=True, slots=True)
class PartStock:
    """A part of the catalogue: its stock by depot, and its pieces, those on the shelf first."""

    part: Part
    levels: tuple[StockLevel, ...]
    pieces: tuple[tuple[Piece, Entry | None, tuple[Entry, ...]], ...]

    @property
    def quantity(self) -> int:
        """How many lie in all depots."""
        return sum(level.quantity for level in self.levels)

    @property
    def short(self) -> bool:
        """Whether any depot has fewer than its minimum."""
        return any(level.short for level in self.levels)


def spares_page(voice: Voice) -> SitePage:
    """The page of spares."""
    book = voice.book
    parts = [_part(voice, one) for one in book.records.spares.parts.values()]
    counts = [one for one in reversed(book.stock.counts) if not one.entry.internal]
    html = typeset(
        "spares.html",
        addresses.SPARES,
        voice,
        parts=parts,
        depots=list(book.records.spares.depots.values()),
        levels={(one.part, one.depot): one for one in book.stock.levels},
        short=[one for one in book.stock.levels if one.short],
        counts=counts,
        wrong=[one for one in book.stock.wrong if not one.entry.internal],
    )
    title = voice.language.text(N_("Spares"))
    return SitePage(addresses.SPARES, addresses.SPARES, title, html)


def _part(voice: Voice, part: Part) -> PartStock:
    stock = voice.book.stock
    pieces = [one for one in stock.pieces.values() if one.part == part.id]
    pieces.sort(key=lambda one: (SHELF[one.state], one.serial))
    return PartStock(
        part,
        tuple(one for one in stock.levels if one.part == part.id),
        tuple((one, _origin(one), public_log(one.movements)) for one in pieces),
    )


def _origin(piece: Piece) -> Entry | None:
    for movement in public_log(piece.movements):
        if movement.event == "received":
            return movement
    return None
