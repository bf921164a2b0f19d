"""Spares: how many lie where, where each piece came from, what was counted (requirements 17–22)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.model.duration import parse_duration
from weibao.model.instant import local_day
from weibao.render.site.page import FixedPage

if TYPE_CHECKING:
    from weibao.model.spares import Part
    from weibao.operations.stock import Piece, StockLevel
    from weibao.render.edition.voice import Voice
    from weibao.report.audit.audit import Audit

SHELF = {"in_stock": 0, "at_maker": 1, "issued": 2, "scrapped": 3}


@dataclass(frozen=True, slots=True)
class PartStock:
    """A part of the catalogue: its stock by depot, and its pieces, those on the shelf first."""

    part: Part
    quantity: int
    levels: tuple[StockLevel, ...]
    pieces: tuple[Piece, ...]

    @property
    def short(self) -> bool:
        """Whether any depot has fewer than its minimum."""
        return any(level.short for level in self.levels)


def _facts(voice: Voice, _audit: Audit) -> dict[str, Any]:
    book = voice.book
    return {
        "stock": [_part(voice, part) for part in book.records.spares.parts.values()],
        "depots": list(book.records.spares.depots.values()),
        "asked": _asked(voice),
        "suppliers": list(book.records.spares.suppliers.values()),
        "levels": {(level.part, level.depot): level for level in book.stock.levels},
        "short": [level for level in book.stock.levels if level.short],
        "counts": list(reversed(book.stock.counts)),
        "wrong": book.stock.wrong,
        "today": local_day(book.as_of, book.zone),
    }


def _asked(voice: Voice) -> list[str]:
    """What the contract asks of a depot, in words."""
    asked, language = voice.book.records.contract.data.get("depots", {}), voice.language
    found = []
    if "distance_km" in asked:
        found.append(language.text(N_("no farther than {km} km"), km=asked["distance_km"]))
    if "delivers_within" in asked:
        length = voice.promise(parse_duration(asked["delivers_within"]))
        found.append(language.text(N_("a part delivered within {length}"), length=length))
    if "hours" in asked:
        found.append(language.text(N_("open: {hours}"), hours=voice.calendar(asked["hours"])))
    return found


def _part(voice: Voice, part: Part) -> PartStock:
    stock = voice.book.stock
    pieces = [piece for piece in stock.pieces.values() if piece.part == part.id]
    pieces.sort(key=lambda piece: (SHELF[piece.state], piece.serial))
    return PartStock(
        part,
        stock.quantity(part.id),
        tuple(level for level in stock.levels if level.part == part.id),
        tuple(pieces),
    )


PAGE = FixedPage(
    address="spares", title=N_("Spares"), template="spares.html", facts=_facts, place=50
)
