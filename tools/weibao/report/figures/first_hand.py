"""First-hand confirmations: those that one of the customer's own identities committed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.report.figure import FigureRow, KeyFigure, Tile
from weibao.sla.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.report.book import Book
    from weibao.report.figure import Period


def _rows(book: Book, period: Period) -> Iterator[FigureRow]:
    for record, proof in book.proofs.items():
        for proven in proof.entries:
            if proven.entry.event == "confirmed" and period.has(proven.effective):
                yield FigureRow(
                    record=record,
                    what=str(proven.entry.data["contact"]),
                    tally=Tally(proven.first_hand is True, 1),
                    grade=proven.grade,
                )


FIGURE = KeyFigure(
    name="first_hand",
    title=N_("Confirmations first-hand"),
    definition=N_(
        "Confirmations that one of the customer's own identities committed, of all confirmations that are not imported."
    ),
    rows=_rows,
    place=200,
    tile=Tile(
        title=N_("Confirmations first-hand"),
        tally=lambda audit: audit.confirmations.confirmed.told,
        beside=lambda told, words: words.plural(
            N_("{number} reported by the provider"), "{number} reported by the provider", told.rest
        ),
        page="audit",
        place=30,
        see=("audit-entries", "confirmed"),
    ),
)
