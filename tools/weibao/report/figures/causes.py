"""What faults come from: those resolved in the period by their cause, and by the side that answers for it.

Both are the provider's word. They are counted here, and change no verdict and no availability.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.report.figure import FigureRow, KeyFigure, Unit
from weibao.report.population import last_said, reactive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.report.book import Book
    from weibao.report.figure import Period

UNCODED = "-"
"""The group of those that say nothing of it; no id is written so."""


def _rows(key: str, book: Book, period: Period) -> Iterator[FigureRow]:
    for fault in reactive(book, "fault"):
        first = book.states[fault.id].spells[0].resolved
        if first is not None and period.has(first.instant):
            said = last_said(book, fault, key)
            yield FigureRow(record=fault.id, group=said or UNCODED, grade=first.grade)


BY_CAUSE = KeyFigure(
    name="causes",
    title=N_("Faults by cause"),
    definition=N_(
        "Faults first resolved in the period, by the cause of the contract's list that their last resolution names. It is the provider's word."
    ),
    unit=Unit.COUNT,
    grouped_by="cause",
    rows=partial(_rows, "cause_code"),
    place=103,
)

BY_SIDE = KeyFigure(
    name="responsible",
    title=N_("Faults by who answers for them"),
    definition=N_(
        "Faults first resolved in the period, by the side that answers for them by their last resolution. It is the provider's word, and takes nothing off any promise or availability."
    ),
    unit=Unit.COUNT,
    grouped_by="responsible",
    rows=partial(_rows, "responsible"),
    place=106,
)
