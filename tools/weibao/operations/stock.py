"""Stock: the fold of the movements. A serial is in one place at a time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Literal

from weibao.model.timeline import place_in_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from weibao.history.official import Official
    from weibao.model.entry import Entry
    from weibao.model.instant import Instant
    from weibao.model.spares import Spares

StockFault = Literal[
    "not_there",
    "already_there",
    "same_depot",
    "unverified",
    "faulty",
    "unknown_serial",
    "not_sent",
]
"""Why a movement cannot be; shown through ``term("stock_fault", …)``."""

PieceState = Literal["in_stock", "issued", "at_maker", "scrapped"]

FAULTY = "faulty"
"""The condition of a piece that helps in no fault."""

PROVENANCE = ("supplier", "source_document", "document_sha256", "oem_verified_by")
"""What must be said of a piece, as it comes in or later, for it to be proven the maker's own and legally sourced."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One part with a serial number: where it is, in which condition, and whether it is proven the maker's own.

    Attributes:
        depot: where it lies, "" once it left.
        ticket: the one that it was last issued to, or that it came out of the equipment for; or "".
        condition: a word of the kind ``condition``.
        provenance: what is known of :data:`PROVENANCE`.
        warranty_to: the last day of its warranty; None where none is known.
        movements: those that the book took in, in the order of the timeline.
        ready: for each of these the depot in which it was fit for use after it, "" for none.
    """

    part: str
    serial: str
    state: PieceState = "in_stock"
    depot: str = ""
    ticket: str = ""
    condition: str = "new"
    provenance: Mapping[str, str] = field(default_factory=dict)
    warranty_to: date | None = None
    movements: tuple[Entry, ...] = ()
    ready: tuple[str, ...] = ()

    @property
    def verified(self) -> bool:
        """Whether it is proven the maker's own and legally sourced (requirements 20 and 22)."""
        return all(self.provenance.get(key) for key in PROVENANCE)

    @property
    def receipts(self) -> tuple[tuple[Entry, Mapping[str, str]], ...]:
        """The movements that say where it comes from, each with what it alone says of :data:`PROVENANCE`."""
        said = (
            (entry, {key: entry.data[key] for key in PROVENANCE if entry.data.get(key)})
            for entry in self.movements
            if entry.event != "rma_sent"  # its supplier is to whom it went
        )
        return tuple((entry, origin) for entry, origin in said if origin)

    @property
    def held(self) -> str:
        """The depot where it lies, or the ticket that it is issued for; "" elsewhere."""
        return {"in_stock": self.depot, "issued": self.ticket}.get(self.state, "")

    @property
    def usable(self) -> bool:
        """Whether it lies in a depot and may go into the customer's equipment: that alone counts as stock."""
        return self.state == "in_stock" and self.verified and self.condition != FAULTY


@dataclass(frozen=True, slots=True)
class StockLevel:
    """How many of a part lie in a depot, against the contract's minimum (0: none asked).

    Of the ``quantity``, so many are ``unusable``: faulty, or not proven the maker's own.
    """

    part: str
    depot: str
    quantity: int
    minimum: int
    unusable: int = 0

    @property
    def usable(self) -> int:
        """How many count towards the minimum."""
        return self.quantity - self.unusable

    @property
    def short(self) -> bool:
        """Whether fewer are fit for use than the minimum."""
        return self.usable < self.minimum


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
        return tuple(serial for serial in self.expected if serial not in self.found)

    @property
    def surplus(self) -> tuple[str, ...]:
        """On the shelf and not in the book."""
        return tuple(serial for serial in self.found if serial not in self.expected)


@dataclass(frozen=True, slots=True)
class WrongMovement:
    """A movement that cannot be: ``why`` is a word of the kind ``stock_fault``.

    ``piece`` is the part as the book has it before the movement; None where it never came in.
    """

    entry: Entry
    why: StockFault
    part: str
    serial: str
    piece: Piece | None


@dataclass(frozen=True, slots=True)
class Stock:
    """The stock after all movements: pieces by (part, serial), levels, counts, what was wrong."""

    pieces: Mapping[tuple[str, str], Piece]
    levels: tuple[StockLevel, ...]
    counts: tuple[Count, ...]
    wrong: tuple[WrongMovement, ...]

    def quantity(self, part: str) -> int:
        """How many of a part lie in all depots."""
        return sum(level.quantity for level in self.levels if level.part == part)

    @property
    def at_maker(self) -> tuple[Piece, ...]:
        """The pieces that were sent back to the maker and are not here again, by part and serial."""
        return tuple(piece for piece in self.pieces.values() if piece.state == "at_maker")

    def serials_at(self, level: StockLevel) -> tuple[str, ...]:
        """The serial numbers that lie there."""
        wanted = (level.part, level.depot, "in_stock")
        return tuple(
            piece.serial
            for piece in self.pieces.values()
            if (piece.part, piece.depot, piece.state) == wanted
        )


@dataclass(frozen=True, slots=True)
class Shortage:
    """From ``start`` to ``end``, None while it is so, less than the minimum lay there; ``level`` is the lowest by then."""

    level: StockLevel
    start: Instant
    end: Instant | None


@dataclass(frozen=True, slots=True)
class CountDue:
    """A depot whose next count is due at ``due``; ``last`` is None where it was never counted."""

    depot: str
    last: Instant | None
    due: Instant


def stock_of(spares: Spares, as_of: Instant, dated: Official[Spares] | None = None) -> Stock:
    """The stock as of an instant: the fold of the movements up to and including it.

    Movements are taken in the order of the timeline (``at``, then place in the log). One that
    cannot be is listed in ``wrong`` for each serial it fails on, and leaves that piece as it
    was; the other serials of the same entry move. A serial is received once: it comes back from
    a ticket by ``returned``, from the maker by ``rma_returned``, and never once it is scrapped. What
    was taken out of the customer's equipment comes in by ``returned``, with its ticket and its condition. A part
    without the whole of :data:`PROVENANCE`, or a faulty one, is in the book but never issued (requirements 20
    and 22), and counts towards no minimum. Pieces are sorted
    by part and serial; levels, by part and depot, are those with stock or with a minimum. With the
    catalogue as it was ``dated`` a shortage lasts until the parts are there, whatever is edited meanwhile.
    """
    pieces: dict[tuple[str, str], Piece] = {}
    counts: list[Count] = []
    wrong: list[WrongMovement] = []
    for entry in sorted(spares.log, key=place_in_time):
        if entry.at > as_of:
            break
        if entry.event == "counted":
            counts.append(_counted(pieces, entry))
            continue
        part = entry.data["part"]
        for serial in entry.data["serials"]:
            before = pieces.get((part, serial))
            after = _MOVEMENTS[entry.event](before, entry, serial)
            if isinstance(after, Piece):
                pieces[part, serial] = _moved_by(after, entry)
            else:
                wrong.append(WrongMovement(entry, after, part, serial, before))
    in_order = dict(sorted(pieces.items()))
    minimum = _asked(spares) if dated is None else _owed(dated, in_order.values(), as_of)
    return Stock(in_order, _levels(minimum, in_order), tuple(counts), tuple(wrong))


def proven_or_gone(piece: Piece) -> Entry | None:
    """The movement by which a piece was proven the maker's own, or left or broke before that; None where it lies there unproven."""
    known: dict[str, str] = {}
    for entry, ready in zip(piece.movements, piece.ready, strict=True):
        known |= {key: entry.data[key] for key in PROVENANCE if entry.data.get(key)}
        gone = entry.event in {"issued", "scrapped", "rma_sent"}
        if ready or gone or len(known) == len(PROVENANCE) or entry.data.get("condition") == FAULTY:
            return entry
    return None


def shortages(stock: Stock) -> Iterator[Shortage]:
    """The shortages that there were and are, by part, depot and time; before the first receipt nothing lay there.

    The minimums are those of the levels.
    """
    moved: dict[tuple[str, str], list[tuple[Instant, int]]] = {}
    for entry, place, change in _changes(stock.pieces.values()):
        moved.setdefault(place, []).append((entry.at, change))
    for level in stock.levels:
        yield from _shortages(level, sorted(moved.get((level.part, level.depot), ())))


def _shortages(level: StockLevel, moved: Iterable[tuple[Instant, int]]) -> Iterator[Shortage]:
    quantity = lowest = 0
    since: Instant | None = 0 if level.minimum else None
    for at, changes in groupby(moved, key=itemgetter(0)):
        quantity += sum(change for _, change in changes)
        if quantity >= level.minimum:
            if since is not None:
                yield Shortage(replace(level, quantity=lowest, unusable=0), since, at)
            since = None
        else:
            since, lowest = (at, quantity) if since is None else (since, min(lowest, quantity))
    if since is not None:
        yield Shortage(replace(level, quantity=lowest, unusable=0), since, None)


def counts_due(dated: Official[Spares], stock: Stock) -> tuple[CountDue, ...]:
    """When each depot is to be counted next, sorted by depot.

    A depot is due ``count_every`` after its last count of any part (requirement 19); where it was
    never counted, after the first part came in. A depot that never held anything owes no count. What
    was due is not put off by an edit that comes after it.
    """
    found = []
    tenures = tuple(dated.tenures())
    for depot in sorted(dated.now.depots):
        last = max((count.entry.at for count in stock.counts if count.depot == depot), default=None)
        since = _first_arrival(stock, depot) if last is None else last
        if since is None:
            continue
        due = [
            (tenure, since + tenure.value.depots[depot].count_every)
            for tenure in tenures
            if depot in tenure.value.depots and tenure.value.depots[depot].count_every
        ]
        at = [at for tenure, at in due if tenure.until is None or tenure.covers(at)]
        if at:
            found.append(CountDue(depot, last, min(at)))
    return tuple(found)


def short_since(stock: Stock, level: StockLevel) -> Instant | None:
    """Since when a depot has had fewer of a part than its minimum; None where it never had enough."""
    changes = (
        (entry.at, change)
        for entry, place, change in _changes(stock.pieces.values())
        if place == (level.part, level.depot)
    )
    quantity, since = 0, None
    for at, more in sorted(changes):
        enough, quantity = quantity >= level.minimum, quantity + more
        if enough and quantity < level.minimum:
            since = at
    return since


def late_counts(spares: Spares, stock: Stock) -> Iterator[tuple[CountDue, Instant]]:
    """The counts that came after they were due, by depot, and when each came."""
    for depot in sorted(spares.depots.values(), key=lambda depot: depot.id):
        times = sorted(count.entry.at for count in stock.counts if count.depot == depot.id)
        first = _first_arrival(stock, depot.id)
        begin = [] if first is None else [first]
        for place, (last, counted) in enumerate(pairwise([*begin, *times])):
            due = last + depot.count_every
            if depot.count_every and due < counted:
                yield CountDue(depot.id, last if place or not begin else None, due), counted


def _received(piece: Piece | None, entry: Entry, serial: str) -> Piece | StockFault:
    if piece is not None:
        return "already_there"
    data = entry.data
    return _told_of(Piece(data["part"], serial, depot=data["depot"]), entry)


def _oem_verified(piece: Piece | None, entry: Entry, _serial: str) -> Piece | StockFault:
    if piece is None:
        return "unknown_serial"
    return "not_there" if piece.state == "scrapped" else _told_of(piece, entry)


def _issued(piece: Piece | None, entry: Entry, _serial: str) -> Piece | StockFault:
    if piece is None:
        return "unknown_serial"
    if not _lies_in(piece, entry.data["depot"]):
        return "not_there"
    if piece.condition == FAULTY:
        return "faulty"
    if not piece.verified:
        return "unverified"
    return replace(piece, state="issued", depot="", ticket=entry.data["ticket"])


def _returned(piece: Piece | None, entry: Entry, serial: str) -> Piece | StockFault:
    data = entry.data
    if piece is None:
        if "ticket" not in data or "condition" not in data:
            return "unknown_serial"
        piece = Piece(data["part"], serial, "issued", ticket=data["ticket"])
    if piece.state != "issued":
        return "already_there" if piece.state == "in_stock" else "not_there"
    return _told_of(replace(piece, state="in_stock", depot=data["depot"]), entry)


def _moved(piece: Piece | None, entry: Entry, _serial: str) -> Piece | StockFault:
    if piece is None:
        return "unknown_serial"
    if not _lies_in(piece, entry.data["from"]):
        return "not_there"
    if entry.data["to"] == piece.depot:
        return "same_depot"
    return replace(piece, depot=entry.data["to"])


def _rma_sent(piece: Piece | None, entry: Entry, _serial: str) -> Piece | StockFault:
    if piece is None:
        return "unknown_serial"
    if not _lies_in(piece, entry.data["depot"]):
        return "not_there"
    return replace(piece, state="at_maker", depot="", condition=FAULTY)


def _rma_returned(piece: Piece | None, entry: Entry, _serial: str) -> Piece | StockFault:
    if piece is None:
        return "unknown_serial"
    if piece.state != "at_maker":
        return "not_sent"
    back = replace(piece, state="in_stock", depot=entry.data["depot"], condition="repaired")
    return _told_of(back, entry)


def _scrapped(piece: Piece | None, entry: Entry, _serial: str) -> Piece | StockFault:
    if piece is None:
        return "unknown_serial"
    depot = entry.data.get("depot", "")
    if piece.state == "scrapped" or (depot and not _lies_in(piece, depot)):
        return "not_there"
    return replace(piece, state="scrapped", depot="")


_MOVEMENTS: Mapping[str, Callable[[Piece | None, Entry, str], Piece | StockFault]] = {
    "received": _received,
    "oem_verified": _oem_verified,
    "issued": _issued,
    "returned": _returned,
    "moved": _moved,
    "rma_sent": _rma_sent,
    "rma_returned": _rma_returned,
    "scrapped": _scrapped,
}


MOVEMENTS = tuple(_MOVEMENTS)
"""The events that say something of a piece, in the order of the ledger's table."""


def _lies_in(piece: Piece, depot: str) -> bool:
    return piece.state == "in_stock" and piece.depot == depot


def _told_of(piece: Piece, entry: Entry) -> Piece:
    """The piece with what a movement says of its origin, its condition and its warranty."""
    data = entry.data
    warranty = data.get("warranty_to")
    return replace(
        piece,
        condition=data.get("condition", piece.condition),
        provenance={
            **piece.provenance,
            **{key: data[key] for key in PROVENANCE if data.get(key)},
        },
        warranty_to=date.fromisoformat(warranty) if warranty else piece.warranty_to,
    )


def _moved_by(piece: Piece, entry: Entry) -> Piece:
    ready = piece.depot if piece.usable else ""
    return replace(piece, movements=(*piece.movements, entry), ready=(*piece.ready, ready))


def _counted(pieces: Mapping[tuple[str, str], Piece], entry: Entry) -> Count:
    depot, part = entry.data["depot"], entry.data["part"]
    expected = (
        piece.serial for piece in pieces.values() if piece.part == part and _lies_in(piece, depot)
    )
    found = set(entry.data["serials"])
    return Count(entry, depot, part, tuple(sorted(expected)), tuple(sorted(found)))


def _asked(spares: Spares) -> dict[tuple[str, str], int]:
    """The minimum by part and depot."""
    return {
        (part.id, depot): number
        for part in spares.parts.values()
        for depot, number in part.minimum.items()
    }


def _owed(
    dated: Official[Spares], pieces: Iterable[Piece], as_of: Instant
) -> dict[tuple[str, str], int]:
    """The minimum that counts as of an instant: the one that stands, or that of a shortage that goes on.

    A shortage begins with the movement that leaves less than the minimum before it, and where something was
    asked from the first, with nothing there. It ends where that minimum is reached.
    """
    asked = _asked(dated.before(as_of + 1))
    if not dated.dated:
        return asked
    short = _asked(next(dated.tenures()).value)
    quantity: Counter[tuple[str, str]] = Counter()
    for entry, place, change in sorted(_changes(pieces), key=lambda row: place_in_time(row[0])):
        quantity[place] += change
        part = dated.before(entry.at).parts.get(place[0])
        minimum = part.minimum.get(place[1], 0) if part else 0
        short[place] = max(minimum, short.get(place, 0))
        if quantity[place] >= short[place]:
            del short[place]
    return {place: max(asked.get(place, 0), short.get(place, 0)) for place in {**asked, **short}}


def _changes(pieces: Iterable[Piece]) -> Iterator[tuple[Entry, tuple[str, str], int]]:
    """How each movement changed what lay where fit for use: one more or one less of a part in a depot."""
    for piece in pieces:
        lay = ""
        for entry, lies in zip(piece.movements, piece.ready, strict=True):
            if lay != lies:
                if lay:
                    yield entry, (piece.part, lay), -1
                if lies:
                    yield entry, (piece.part, lies), 1
            lay = lies


def _levels(
    minimum: Mapping[tuple[str, str], int], pieces: Mapping[tuple[str, str], Piece]
) -> tuple[StockLevel, ...]:
    lying = [piece for piece in pieces.values() if piece.state == "in_stock"]
    quantity = Counter((piece.part, piece.depot) for piece in lying)
    usable = Counter((piece.part, piece.depot) for piece in lying if piece.usable)
    return tuple(
        StockLevel(*place, quantity[place], minimum.get(place, 0), quantity[place] - usable[place])
        for place in sorted({*minimum, *quantity})
    )


def _first_arrival(stock: Stock, depot: str) -> Instant | None:
    arrivals = (
        entry.at
        for piece in stock.pieces.values()
        for entry in piece.movements
        if depot in {entry.data.get("depot"), entry.data.get("to")}
    )
    return min(arrivals, default=None)
