"""The steps of a record that papers tell: those that had happened by the Book's instant, as its reader may have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from weibao.history.proven import ProvenEntry
    from weibao.report.book import Book
    from weibao.sla.reading import Step


def steps_of(book: Book, record: str, *events: str) -> tuple[ProvenEntry, ...]:
    """The steps of a record by the instant, in the order of their claims; of these events alone, where any are given."""
    return tuple(
        proven
        for proven in book.proofs[record].timeline
        if proven.effective <= book.as_of and (not events or proven.entry.event in events)
    )


def last_step(book: Book, record: str, event: str) -> ProvenEntry | None:
    """The last of them; None where there is none."""
    return next(reversed(steps_of(book, record, event)), None)


def as_read(book: Book, record: str, step: Step | None) -> ProvenEntry | None:
    """A step of the state as the Book's reader may have it; None where there is none, or it is withheld."""
    if step is None:
        return None
    entries = book.proofs[record].entries
    return next((proven for proven in entries if proven.entry.index == step.entry.index), None)
