"""The list of spares: depot by depot what lies there, proven and counted; what fits nothing; and what moved of late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.model.instant import local_day
from weibao.operations.stock import FAULTY, PROVENANCE
from weibao.report.papers.month_to import month_to
from weibao.report.papers.spares_moved import count_told, moves_in
from weibao.sla.tally import Tally, tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.history.proven import ProvenEntry
    from weibao.model.assets import Asset
    from weibao.model.spares import Depot, Part
    from weibao.operations.stock import Piece, StockLevel
    from weibao.report.book import Book
    from weibao.report.figure import Period
    from weibao.report.papers.spares_moved import CountTold, SpareMove


@dataclass(frozen=True, slots=True)
class ListedPiece:
    """A piece in a depot: since when it lies there, and what it lacks of the proof that it is the maker's own."""

    piece: Piece
    since: ProvenEntry | None
    lacking: tuple[str, ...]
    faulty: bool


@dataclass(frozen=True, slots=True)
class DepotLine:
    """A part in a depot.

    Attributes:
        part: of the catalogue; None where that has it no more.
        level: how many lie there, against the minimum.
        verified: those proven the maker's own, of all that lie there.
        serves: the covered equipment into which it may go.
        pieces: what lies there.
        count: the last count; None where it was never counted.
    """

    part: Part | None
    level: StockLevel
    verified: Tally
    serves: tuple[Asset, ...]
    pieces: tuple[ListedPiece, ...]
    count: CountTold | None


@dataclass(frozen=True, slots=True)
class DepotList:
    """A depot with its lines, in the order of the catalogue."""

    depot: Depot
    lines: tuple[DepotLine, ...]


@dataclass(frozen=True, slots=True)
class Unserved:
    """Equipment of one model for which no usable part lies in any depot; ``parts`` of the catalogue would fit it."""

    vendor: str
    model: str
    assets: tuple[Asset, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class SparesList:
    """The list.

    Attributes:
        depots: all, or the one that it is of.
        unserved: covered equipment that no spare helps; of the list of all depots.
        away: the pieces that are at their makers; of the list of all depots.
        period: of the movements.
        moves: those of the period that touched its depots.
    """

    depots: tuple[DepotList, ...]
    unserved: tuple[Unserved, ...]
    away: tuple[Piece, ...]
    period: Period
    moves: tuple[SpareMove, ...]


def spares_list(book: Book, depot: str = "") -> SparesList:
    """The list as of a Book, as its reader may have it; of one ``depot``, or of all."""
    spares, today = book.records.spares, local_day(book.as_of, book.zone)
    covered = [
        asset
        for asset in book.records.assets.values()
        if asset.covered_from <= today <= asset.covered_to
    ]
    steps = {step.entry.index: step for step in book.proofs["spares"].entries}
    counts = {(count.depot, count.part): count_told(count) for count in book.stock.counts}
    order = {part: place for place, part in enumerate(spares.parts)}
    levels = sorted(book.stock.levels, key=lambda level: (order.get(level.part, len(order)),))

    def line(level: StockLevel) -> DepotLine:
        part = spares.parts.get(level.part)
        lying = [
            piece
            for piece in book.stock.pieces.values()
            if (piece.part, piece.depot, piece.state) == (level.part, level.depot, "in_stock")
        ]
        return DepotLine(
            part,
            level,
            tally(piece.verified for piece in lying),
            tuple(asset for asset in covered if part is not None and named_for(part, asset)),
            tuple(_listed(piece, steps) for piece in lying),
            counts.get((level.depot, level.part)),
        )

    chosen = [known for known in spares.depots.values() if depot in {"", known.id}]
    period = month_to(book.as_of, book.zone)
    moves = moves_in(book, period)
    return SparesList(
        tuple(
            DepotList(known, tuple(line(level) for level in levels if level.depot == known.id))
            for known in chosen
        ),
        () if depot else tuple(_unserved(book, covered)),
        () if depot else book.stock.at_maker,
        period,
        tuple(move for move in moves if not depot or depot in {move.origin, move.to}),
    )


def named_for(part: Part, asset: Asset) -> bool:
    """Whether the catalogue says that a part goes into an asset."""
    return bool(asset.model) and asset.model in part.fits


def lacking(piece: Piece) -> tuple[str, ...]:
    """What of the proof that it is the maker's own and legally sourced nobody has given."""
    return tuple(key for key in PROVENANCE if not piece.provenance.get(key))


def _listed(piece: Piece, steps: dict[int, ProvenEntry]) -> ListedPiece:
    came = [
        step
        for entry in piece.movements
        if entry.event in _INWARD and (step := steps.get(entry.index)) is not None
    ]
    return ListedPiece(piece, came[-1] if came else None, lacking(piece), piece.condition == FAULTY)


_INWARD = frozenset({"received", "returned", "rma_returned", "moved"})


def _unserved(book: Book, covered: Iterable[Asset]) -> Iterator[Unserved]:
    """By maker and model; a line or a room has no parts of its own."""
    models: dict[tuple[str, str], list[Asset]] = {}
    for asset in covered:
        if asset.kind not in {"line", "environment"}:
            models.setdefault((asset.vendor, asset.model), []).append(asset)
    usable = {level.part for level in book.stock.levels if level.usable}
    for (vendor, model), assets in sorted(models.items()):
        parts = [part for part in book.records.spares.parts.values() if named_for(part, assets[0])]
        if not any(part.id in usable for part in parts):
            yield Unserved(vendor, model, tuple(assets), tuple(parts))
