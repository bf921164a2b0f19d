"""How the promised reports read on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from weibao.language import N_
from weibao.render.terminal.layout import new_table
from weibao.render.terminal.lists import list_text
from weibao.render.words.deliveries import state_told
from weibao.render.words.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType

    from weibao.language import Language
    from weibao.operations.deliverables import Delivery
    from weibao.report.book import Book


def deliveries_text(book: Book, chosen: Iterable[Delivery], words: Language) -> RenderableType:
    """The reports as a table, in the order of their periods."""
    table = new_table()
    for heading in (N_("Report"), N_("Of"), N_("Due"), N_("State")):
        table.add_column(words.text(heading))
    for delivery in chosen:
        late = not delivery.in_time and delivery.due is not None and delivery.due < book.as_of
        table.add_row(
            Text(words.term("deliverable", delivery.kind)),
            Text(plain(delivery.covers)),
            Text("" if delivery.due is None else words.moment(delivery.due, book.zone)),
            Text(state_told(delivery, book.as_of, words), style="bold red" if late else ""),
        )
    none = words.text(N_("The contract promises no report of a period that is over."))
    return list_text(book, "records/reports/", table, none, words)
