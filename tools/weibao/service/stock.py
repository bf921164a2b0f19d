"""Stock: the fold of the movements. A serial is in one place at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.record.entry import Entry


@dataclass(frozen=True, slots=True)
class Piece:
    """One part with a serial number: where it is, and whether it is proven the maker's own.

    ``depot`` is "" once it left; ``ticket`` is the one it was last issued to, or "".
    """

    part: str
    serial: str
    state: Literal["in_stock", "issued", "scrapped"]
    depot: str
    ticket: str
    verified: bool
    movements: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class StockLevel:
    """How many of a part lie in a depot, against the contract's minimum (0: none asked)."""

    part: str
    depot: str
    quantity: int
    minimum: int

    @property
    def short(self) -> bool:
        """Whether there are fewer than the minimum."""
        return self.quantity < self.minimum


@dataclass(frozen=True, slots=True)
class Count:
    """A count of one part in one depot, held against the book at that moment."""

    entry: Entry
    depot: str
    part: str
    expected: tuple[str, ...]
    found: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """In the book and not on the shelf."""
        return tuple(one for one in self.expected if one not in self.found)

    @property
    def surplus(self) -> tuple[str, ...]:
        """On the shelf and not in the book."""
        return tuple(one for one in self.found if one not in self.expected)


@dataclass(frozen=True, slots=True)
class WrongMovement:
    """A movement that cannot be: ``why`` is a word of the kind ``stock_fault``."""

    entry: Entry
    why: Literal["not_there", "already_there", "unverified", "unknown_serial"]
    part: str
    serial: str


@dataclass(frozen=True, slots=True)
class Stock:
    """The stock after all movements: pieces by (part, serial), levels, counts, what was wrong."""

    pieces: Mapping[tuple[str, str], Piece]
    levels: tuple[StockLevel, ...]
    counts: tuple[Count, ...]
    wrong: tuple[WrongMovement, ...]
