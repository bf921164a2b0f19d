"""The spare parts of the example: depots, catalogue, and the store that hands them out."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from weibao.demo.data_files import NameInBoth, read_data
from weibao.demo.hours import MINUTE, ZONE, at_time
from weibao.model.instant import local_day

if TYPE_CHECKING:
    from datetime import date

    from weibao.demo.year import Year
    from weibao.model.instant import Instant


@dataclass(frozen=True, slots=True)
class PartsDepot:
    """Where parts lie: who of the customer watches a count, how far it is to the sites that it is nearest to."""

    name: NameInBoth
    address: NameInBoth
    witness: str
    distance_km: dict[str, int]
    delivers_within: str

    @property
    def sites(self) -> tuple[str, ...]:
        """The sites that it is nearest to."""
        return tuple(self.distance_km)


@dataclass(frozen=True, slots=True)
class PartsSupplier:
    """Who delivers a maker's parts, and the number of the authorisation."""

    id: str
    name: NameInBoth
    number: str


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """A part; ``prefix`` begins its serial numbers, ``minimum`` is by depot in their order."""

    id: str
    oem: str
    number: str
    name: str
    english: str
    fits: tuple[str, ...]
    prefix: str
    minimum: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Warehouse:
    """The depots by their ids, who supplies the parts of each maker, and the parts."""

    depots: dict[str, PartsDepot]
    suppliers: dict[str, PartsSupplier]
    parts: tuple[CatalogueRow, ...]


WAREHOUSE = read_data(Warehouse, "data/parts.yaml")
DEPOTS, CATALOGUE = WAREHOUSE.depots, WAREHOUSE.parts
PART = {row.id: row for row in CATALOGUE}


def spares_data(start: date) -> dict[str, Any]:
    """The header of spares.yaml of a term that begins on a day."""
    days = {"from": f"{start.year - 1}-01-01", "to": f"{start.year + 2}-12-31"}
    return {
        "depots": {
            key: {
                "name": asdict(depot.name),
                "address": asdict(depot.address),
                "keeper": "cao-ying",
                "hours": "always",
                "count_every": "100d",
                "delivers_within": depot.delivers_within,
                "distance_km": depot.distance_km,
            }
            for key, depot in DEPOTS.items()
        },
        "suppliers": {
            supplier.id: {
                "name": asdict(supplier.name),
                "authorised": [{"by": maker, "number": supplier.number, **days}],
            }
            for maker, supplier in WAREHOUSE.suppliers.items()
        },
        "parts": {
            row.id: {
                "oem": row.oem,
                "number": row.number,
                "name": {"zh": row.name, "en": row.english},
                "fits": list(row.fits),
                "minimum": {
                    depot: number
                    for depot, number in zip(DEPOTS, row.minimum, strict=True)
                    if number
                },
            }
            for row in CATALOGUE
        },
    }


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement of stock to be; ``data`` are the entry's own keys."""

    at: Instant
    event: str
    part: str
    serials: tuple[str, ...]
    data: dict[str, Any]


@dataclass(slots=True)
class StockedPiece:
    """A serial number that the store knows: where it lies, from when, until when."""

    part: str
    serial: str
    depot: str
    since: Instant
    until: Instant | None = None

    def lies_at(self, instant: Instant) -> bool:
        """Whether it is on the shelf."""
        return self.since <= instant and (self.until is None or instant < self.until)


@dataclass(slots=True)
class Store:
    """Hands parts out to tickets and orders more; what it did is in ``movements``."""

    year: Year
    pieces: list[StockedPiece] = field(default_factory=list)
    movements: list[Movement] = field(default_factory=list)
    _count: dict[str, int] = field(default_factory=dict)

    @property
    def opening(self) -> Instant:
        """When the first stock comes in: on the first working morning of the term."""
        return at_time(self.year.days.shifted(self.year.start, 0), 9, 30)

    def stock(self) -> None:
        """The first stock: each part's minimum and two more."""
        for row in CATALOGUE:
            for depot, minimum in zip(DEPOTS, row.minimum, strict=True):
                for _ in range(minimum + 2 if minimum else 0):
                    self.add(row.id, depot, self.opening)

    def add(self, part: str, depot: str, since: Instant) -> StockedPiece:
        """A new serial number on the shelf."""
        self._count[part] = number = self._count.get(part, 0) + 1
        made = f"{local_day(since, ZONE):%y%m}"
        piece = StockedPiece(
            part, f"{PART[part].prefix}{made}{self.year.seed % 7}{number:03}", depot, since
        )
        self.pieces.append(piece)
        return piece

    def issue(self, part: str, site: str, at: Instant, ticket: str) -> str:
        """A serial number of this part, issued to the ticket at ``at`` from the nearest depot.

        Where none is left, the first stock had one more. Falling below the minimum brings an
        order, which arrives some days later.
        """
        depots = sorted(DEPOTS, key=lambda depot: site not in DEPOTS[depot].sites)
        shelf = [
            piece
            for depot in depots
            for piece in self.pieces
            if piece.part == part
            and piece.depot == depot
            and piece.lies_at(at)
            and piece.until is None
        ]
        piece = shelf[0] if shelf else self.add(part, depots[0], self.opening)
        piece.until = at
        data = {"depot": piece.depot, "ticket": ticket}
        self.movements.append(Movement(at, "issued", part, (piece.serial,), data))
        self._order(part, piece.depot, at)
        return piece.serial

    def _order(self, part: str, depot: str, at: Instant) -> None:
        minimum = PART[part].minimum[list(DEPOTS).index(depot)]
        left = [
            piece
            for piece in self.pieces
            if piece.part == part and piece.depot == depot and piece.until is None
        ]
        if len(left) > minimum:
            return
        arrives = self.year.days.later(at, 9 * 60 * 6 + len(self.movements) % 200)
        if arrives + 30 * MINUTE < self.year.finish:
            for _ in range(2 + minimum // 2):
                self.add(part, depot, arrives)
