"""How a list of records reads: its table, and whether that is all that there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from weibao.language import N_
from weibao.render.words.explain import stamp
from weibao.render.words.plain import plain
from weibao.report.found import untold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType
    from rich.table import Table

    from weibao.language import Language
    from weibao.report.book import Book


def list_text(
    book: Book,
    where: str,
    table: Table,
    none: str,
    words: Language,
    *,
    also: Iterable[Text] = (),
    stamped: bool = True,
) -> RenderableType:
    """The table, or ``none`` where it has no row; never that there is nothing more where some is damaged.

    ``where`` is the folder that the list is of, or the file that is there once; ``also`` what belongs to it
    below the table; ``stamped`` says by what commit and instant it is.
    """
    parts: list[RenderableType] = [*([table] if table.rows else []), *also]
    if damaged := untold(book, where):
        path = where if len(damaged) > 1 else damaged[0]
        parts.append(
            Text(words.text(N_("{path} is damaged: there may be more."), path=plain(path)))
        )
    if not parts:
        return Text(none)
    return Group(Text(stamp(book), style="dim"), *parts) if stamped else Group(*parts)
