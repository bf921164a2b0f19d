"""What the records show of one piece with a serial number: where it came from, who proved it, and where it went."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

from weibao.model.paths import attachment_sha256
from weibao.operations.stock import FAULTY, PROVENANCE
from weibao.operations.whereabouts import in_two_places, installed
from weibao.report.papers.spares_list import lacking
from weibao.report.papers.spares_moved import move_told
from weibao.rules.book.suppliers import supplier_filings, supplier_standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from weibao.history.proven import ProvenEntry
    from weibao.model.spares import Part
    from weibao.operations.stock import Piece
    from weibao.report.book import Book
    from weibao.report.papers.spares_moved import SpareMove
    from weibao.rules.book.suppliers import SupplierStanding


class Shown(StrEnum):
    """What the records show of a piece.

    ``genuine`` is proven the maker's own, delivered by whom its maker had authorised; ``unauthorised`` is proven,
    but nothing shows that who delivered it might; ``unverified`` lacks proof; ``contradicted`` is said to be in
    two places at once.
    """

    GENUINE = "genuine"
    UNAUTHORISED = "unauthorised"
    UNVERIFIED = "unverified"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class Fitting:
    """A piece that was put into equipment: for which ticket, and with which entry."""

    ticket: str
    step: ProvenEntry


@dataclass(frozen=True, slots=True)
class PieceCertificate:
    """What a certificate on a piece may say.

    Attributes:
        piece: as its reader may have it.
        part: of the catalogue; None where that has it no more.
        shown: what the records show of it.
        lacking: what of the proof is not there.
        said: what the movements that its reader may have say of its origin.
        brought: the step by which it came in; None where its reader may not have it.
        verified: the step by which it was said who verified it with the maker.
        standing: what was on file of its supplier; None where none is named.
        filed: whether the document of its origin is in the records, and is the one that is named.
        moves: all its movements, in order.
        fittings: each time that it was put into equipment, in order.
        inside: the equipment that it is in now.
    """

    piece: Piece
    part: Part | None
    shown: Shown
    lacking: tuple[str, ...]
    said: Mapping[str, str]
    brought: ProvenEntry | None
    verified: ProvenEntry | None
    standing: SupplierStanding | None
    filed: bool
    moves: tuple[SpareMove, ...]
    fittings: tuple[Fitting, ...]
    inside: tuple[str, ...]

    @property
    def faulty(self) -> bool:
        """Whether it is known not to work."""
        return self.piece.condition == FAULTY


def near_serials(book: Book, serial: str) -> tuple[str, ...]:
    """The serial numbers of the ledger that are nearest to one that it has not."""
    folded = {_folded(piece.serial): piece.serial for piece in book.stock.pieces.values()}
    return tuple(folded[near] for near in get_close_matches(_folded(serial), folded, 3))


def piece_certificate(book: Book, whole: Book, serial: str) -> PieceCertificate | None:
    """The certificate on the piece with a serial number; None where the ledger has none.

    ``book`` is what its reader may have of the ``whole``. Under several parts it is the piece that is not scrapped.
    """
    found = [piece for piece in book.stock.pieces.values() if piece.serial == serial]
    if not found:
        return None
    piece = next((piece for piece in found if piece.state != "scrapped"), found[0])
    proven = {step.entry.index: step for step in book.proofs["spares"].entries}
    steps = [proven[entry.index] for entry in piece.movements if entry.index in proven]
    # Whom it was sent to for repair is no supplier of it.
    proving = [step for step in steps if step.entry.event in _PROVES]
    said = {
        key: step.entry.data[key]
        for step in proving
        for key in PROVENANCE
        if step.entry.data.get(key)
    }
    brings = [step for step in steps if step.entry.event in _BROUGHT]
    delivered = [
        step
        for step in proving
        if "supplier" in said and step.entry.data.get("supplier") == said["supplier"]
    ]
    standing = (
        supplier_standing(whole, supplier_filings(whole), delivered[0]) if delivered else None
    )
    records = book.records
    return PieceCertificate(
        piece=piece,
        part=records.spares.parts.get(piece.part),
        shown=_shown(whole, piece, standing),
        lacking=lacking(piece),
        said=said,
        brought=brings[0] if brings else None,
        verified=_last(step for step in steps if step.entry.data.get("oem_verified_by")),
        standing=standing,
        filed=_filed(book, said.get("document_sha256", "")),
        moves=tuple(move_told(step) for step in steps if step.entry.event != "oem_verified"),
        fittings=tuple(_fittings(book, piece)),
        inside=installed(records.tickets.values(), records.spares.log, book.as_of).get(
            (piece.part, serial), ()
        ),
    )


_BROUGHT = frozenset({"received", "returned"})
_PROVES = frozenset({"received", "oem_verified"})


def _folded(serial: str) -> str:
    return "".join(letter for letter in serial.casefold() if letter.isalnum())


def _shown(whole: Book, piece: Piece, standing: SupplierStanding | None) -> Shown:
    if in_two_places(whole.records, whole.as_of, {piece.serial}):
        return Shown.CONTRADICTED
    if not piece.verified:
        return Shown.UNVERIFIED
    vouched = standing is not None and standing.paper is not None
    return Shown.GENUINE if vouched else Shown.UNAUTHORISED


def _last(steps: Iterable[ProvenEntry]) -> ProvenEntry | None:
    return next(iter(list(steps)[::-1]), None)


def _filed(book: Book, digest: str) -> bool:
    """Whether a document with this SHA-256 lies among the attachments."""
    return bool(digest) and any(
        attachment_sha256(path) == digest and sha256(raw).hexdigest() == digest
        for path, raw in book.files.items()
    )


def _fittings(book: Book, piece: Piece) -> Iterable[Fitting]:
    found = [
        Fitting(ticket, step)
        for ticket in book.records.tickets
        for step in book.proofs[ticket].entries
        if step.entry.event == "part_replaced"
        and step.entry.at <= book.as_of
        and (step.entry.data["part"], step.entry.data["installed_serial"])
        == (piece.part, piece.serial)
    ]
    return sorted(found, key=lambda fitting: (fitting.step.entry.at, fitting.ticket))
