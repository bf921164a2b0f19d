"""How the spares read: what lies where, and one serial number from its receipt to today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from weibao.language import N_
from weibao.operations.stock import PROVENANCE
from weibao.render.terminal.layout import new_table
from weibao.render.words.explain import person_name, stamp
from weibao.render.words.findings import event_title
from weibao.render.words.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType

    from weibao.language import Language
    from weibao.model.entry import Entry
    from weibao.operations.stock import Piece, StockLevel
    from weibao.report.book import Book


def stock_text(book: Book, levels: Iterable[StockLevel], words: Language) -> RenderableType:
    """What lies in each depot against its minimum, by part."""
    table = new_table()
    for heading in (N_("Part"), N_("Depot"), N_("In stock"), N_("Minimum"), N_("Serial numbers")):
        right = heading in {"In stock", "Minimum"}
        table.add_column(words.text(heading), justify="right" if right else "left")
    for level in levels:
        mark, style = ("!", "bold red") if level.short else ("✓", "")
        table.add_row(
            Text(plain(level.part)),
            Text(plain(level.depot)),
            Text(f"{mark} {level.quantity}", style=style),
            Text(str(level.minimum or "–")),
            Text(plain(words.listing(book.stock.serials_at(level)) or "–")),
        )
    if not table.rows:
        there = any(level.quantity or level.minimum for level in book.stock.levels)
        said = (
            N_("There is none of that.")
            if there
            else N_("No part is in stock, and none is asked for.")
        )
        return Text(words.text(said))
    return Group(Text(stamp(book), style="dim"), table)


def trace_text(book: Book, pieces: Iterable[Piece], words: Language) -> RenderableType:
    """Where each piece is, where it came from, and every movement of it."""
    parts: list[RenderableType] = [Text(stamp(book), style="dim")]
    for piece in pieces:
        parts.extend(_piece_text(book, piece, words))
    return Group(*parts)


def _piece_text(book: Book, piece: Piece, words: Language) -> list[RenderableType]:
    where = words.term("piece_state", piece.state)
    if held := piece.depot or piece.ticket:
        where = f"{where}: {held}"
    proven = (
        words.text(N_("proven the maker's own"))
        if piece.verified
        else words.text(N_("not proven: it may not be issued"))
    )
    source = piece.movements[0].data
    origin = [plain(str(source[key])) for key in PROVENANCE if key in source]
    table = new_table()
    for heading in (N_("Time"), N_("Step"), N_("By"), N_("Where"), N_("Ticket"), N_("Note")):
        table.add_column(words.text(heading))
    for entry in piece.movements:
        table.add_row(
            Text(words.moment(entry.at, book.zone)),
            Text(event_title(entry.event, words)),
            Text(plain(person_name(book, entry.by, words))),
            Text(plain(_where(entry))),
            Text(entry.data.get("ticket", "–")),
            Text(plain(entry.note)),
        )
    return [
        Text(),
        Text(f"{plain(piece.part)}  {plain(piece.serial)}", style="bold"),
        Text(f"{where} · {proven}", style="" if piece.verified else "yellow"),
        Text(words.text(N_("From: {origin}"), origin=" · ".join(origin))),
        table,
    ]


def _where(entry: Entry) -> str:
    if "to" in entry.data:
        return f"{entry.data['from']} → {entry.data['to']}"
    return str(entry.data.get("depot", "–"))
