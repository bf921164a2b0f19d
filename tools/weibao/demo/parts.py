"""The spare parts of the example: depots, catalogue, and the store that hands them out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from weibao.demo.hours import MINUTE, ZONE, at_time
from weibao.model.instant import local_day

if TYPE_CHECKING:
    from weibao.demo.year import Year
    from weibao.model.instant import Instant

DEPOTS = {
    "lancheng-depot": (
        "澜城备件库",
        "Lancheng depot",
        "澜城市滨江路 88 号 B1",
        "B1, 88 Binjiang Road, Lancheng",
    ),
    "qingyu-depot": ("青屿备件库", "Qingyu depot", "青屿市海丰路 6 号", "6 Haifeng Road, Qingyu"),
}
NEAREST = {"lancheng": "lancheng-depot", "yunxiu": "lancheng-depot", "qingyu": "qingyu-depot"}


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


CATALOGUE = (
    CatalogueRow(
        "hw-s12700-mpu",
        "huawei",
        "03030MPU-D",
        "S12700 主控板",
        "S12700 main processing unit",
        ("S12708",),
        "MPU",
        (1, 0),
    ),
    CatalogueRow(
        "hw-s12700-lpu",
        "huawei",
        "03030LPU-48X",
        "S12700/S7700 业务板",
        "S12700/S7700 line card",
        ("S12708", "S7706"),
        "LPU",
        (1, 0),
    ),
    CatalogueRow(
        "hw-s7700-fan",
        "huawei",
        "02120FAN-A",
        "框式交换机风扇框",
        "Chassis fan tray",
        ("S12708", "S7706"),
        "FAN",
        (1, 0),
    ),
    CatalogueRow(
        "h3c-s5560-psu",
        "h3c",
        "PSR150-A1",
        "S5560X 电源模块",
        "S5560X power supply",
        ("S5560X-54C-EI",),
        "PSU",
        (2, 1),
    ),
    CatalogueRow(
        "hw-sfp-10g-lr",
        "huawei",
        "OMXD30000",
        "万兆单模光模块",
        "10G single-mode module",
        ("S12708", "S7706", "S7503E", "S10508X", "USG6650E", "USG6530E"),
        "SFP",
        (3, 2),
    ),
    CatalogueRow(
        "h3c-msr-sic",
        "h3c",
        "RT-SIC-4GSW",
        "MSR 接口卡",
        "MSR interface card",
        ("MSR5680", "MSR3620"),
        "SIC",
        (1, 1),
    ),
    CatalogueRow(
        "vt-ups-battery",
        "vertiv",
        "BAT-12V100",
        "UPS 电池",
        "UPS battery",
        ("EXL-S1-120K", "ITA-20K"),
        "BAT",
        (4, 2),
    ),
)
PART = {row.id: row for row in CATALOGUE}


def spares_data() -> dict[str, Any]:
    """The header of spares.yaml."""
    return {
        "depots": {
            key: {
                "name": {"zh": zh, "en": en},
                "address": {"zh": address, "en": english},
                "keeper": "cao-ying",
                "hours": "always",
                "count_every": "100d",
            }
            for key, (zh, en, address, english) in DEPOTS.items()
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
class Piece:
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
    pieces: list[Piece] = field(default_factory=list)
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

    def add(self, part: str, depot: str, since: Instant) -> Piece:
        """A new serial number on the shelf."""
        self._count[part] = number = self._count.get(part, 0) + 1
        made = f"{local_day(since, ZONE):%y%m}"
        piece = Piece(
            part, f"{PART[part].prefix}{made}{self.year.seed % 7}{number:03}", depot, since
        )
        self.pieces.append(piece)
        return piece

    def issue(self, part: str, site: str, at: Instant, ticket: str) -> str:
        """A serial number of this part, issued to the ticket at ``at`` from the nearest depot.

        Where none is left, the first stock had one more. Falling below the minimum brings an
        order, which arrives some days later.
        """
        depots = sorted(DEPOTS, key=lambda depot: depot != NEAREST[site])
        shelf = [
            one
            for depot in depots
            for one in self.pieces
            if one.part == part and one.depot == depot and one.lies_at(at) and one.until is None
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
            one
            for one in self.pieces
            if one.part == part and one.depot == depot and one.until is None
        ]
        if len(left) > minimum:
            return
        arrives = self.year.days.later(at, 9 * 60 * 6 + len(self.movements) % 200)
        if arrives + 30 * MINUTE < self.year.finish:
            for _ in range(2 + minimum // 2):
                self.add(part, depot, arrives)
