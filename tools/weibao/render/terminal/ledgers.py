"""How a ledger that is there once reads: its table, and whether that is all that it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from weibao.language import N_
from weibao.render.words.explain import stamp
from weibao.report.found import damages

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

    from weibao.language import Language
    from weibao.report.book import Book


def ledger_text(book: Book, path: str, table: Table, none: str, words: Language) -> RenderableType:
    """The table, or ``none`` where it has no row; of a damaged file never that there is nothing more."""
    if any(damages(finding) and finding.place.path == path for finding in book.findings):
        more = Text(words.text(N_("{path} is damaged: there may be more."), path=path))
        shown = (table, more) if table.rows else (more,)
        return Group(Text(stamp(book), style="dim"), *shown)
    if not table.rows:
        return Text(none)
    return Group(Text(stamp(book), style="dim"), table)
