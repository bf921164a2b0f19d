"""How the spares read: what lies where, and one serial number from its receipt to today."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from weibao.language import N_
from weibao.model.instant import local_day
from weibao.model.timeline import place_in_time
from weibao.operations.stock import PROVENANCE
from weibao.operations.whereabouts import installed
from weibao.render.terminal.layout import new_table
from weibao.render.terminal.lists import list_text
from weibao.render.words.explain import person_name, stamp
from weibao.render.words.findings import event_title
from weibao.render.words.plain import plain
from weibao.report.clauses.traces import SPARES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType

    from weibao.language import Language
    from weibao.model.entry import Entry
    from weibao.operations.stock import Piece, StockLevel
    from weibao.report.book import Book


def stock_text(book: Book, levels: Iterable[StockLevel], words: Language) -> RenderableType:
    """What lies in each depot against its minimum, by part."""
    table = new_table()
    headings = (N_("Part"), N_("Depot"), N_("Usable"), N_("In stock"), N_("Minimum"))
    for heading in (*headings, N_("Serial numbers")):
        right = heading in headings[2:]
        table.add_column(words.text(heading), justify="right" if right else "left")
    for level in levels:
        mark, style = ("!", "bold red") if level.short else ("✓", "")
        table.add_row(
            Text(plain(level.part)),
            Text(plain(level.depot)),
            Text(f"{mark} {level.usable}", style=style),
            Text(str(level.quantity)),
            Text(str(level.minimum or "–")),
            Text(plain(words.listing(book.stock.serials_at(level)) or "–")),
        )
    away = [_away_text(book, piece, words) for piece in book.stock.at_maker]
    there = any(level.quantity or level.minimum for level in book.stock.levels)
    none = (
        N_("There is none of that.") if there else N_("No part is in stock, and none is asked for.")
    )
    return list_text(book, SPARES, table, words.text(none), words, also=away)


def suppliers_text(book: Book, words: Language) -> RenderableType:
    """Who may deliver parts: by supplier the makers' authorisations."""
    today = local_day(book.as_of, book.zone)
    table = new_table()
    for heading in (N_("Supplier"), N_("Name"), N_("Authorised by"), N_("Number"), N_("Valid")):
        table.add_column(words.text(heading))
    for supplier in book.records.spares.suppliers.values():
        if not supplier.authorised:
            table.add_row(Text(supplier.id), Text(plain(words.pick(supplier.names))), "–", "–", "–")
        for paper in supplier.authorised:
            table.add_row(
                Text(supplier.id),
                Text(plain(words.pick(supplier.names))),
                Text(plain(paper.issuer)),
                Text(plain(paper.number)),
                Text(
                    f"{words.day(paper.start)} – {words.day(paper.end)}",
                    style="" if paper.covers(today) else "yellow",
                ),
            )
    none = words.text(N_("No supplier is on the register."))
    return list_text(book, SPARES, table, none, words)


def _away_text(book: Book, piece: Piece, words: Language) -> Text:
    """A piece that is with the maker: since when, where, and under which number."""
    sent = piece.movements[-1]
    told = words.text(
        N_("At the maker: {part} {serial}, since {since}, {supplier}"),
        part=plain(piece.part),
        serial=plain(piece.serial),
        since=words.moment(sent.at, book.zone),
        supplier=plain(sent.data["supplier"]),
    )
    return Text(" · ".join([told, *([plain(sent.data["rma"])] if "rma" in sent.data else [])]))


def trace_text(book: Book, pieces: Iterable[Piece], words: Language) -> RenderableType:
    """Where each piece is, where it came from, and every movement of it."""
    parts: list[RenderableType] = [Text(stamp(book), style="dim")]
    for piece in pieces:
        parts.extend(_piece_text(book, piece, words))
    return Group(*parts)


def _piece_text(book: Book, piece: Piece, words: Language) -> list[RenderableType]:
    into = installed(book.records.tickets.values(), book.records.spares.log, book.as_of)
    assets = into.get((piece.part, piece.serial), ()) if piece.state == "issued" else ()
    where = words.term("piece_state", "installed" if assets else piece.state)
    if held := words.listing(assets) if assets else piece.held:
        where = f"{where}: {held}"
    proven = (
        words.text(N_("proven the maker's own"))
        if piece.verified
        else words.text(N_("not proven: it may not be issued"))
    )
    origin = [plain(piece.provenance[key]) for key in PROVENANCE if key in piece.provenance]
    standing = [where, words.term("piece_condition", piece.condition), proven]
    if piece.warranty_to is not None:
        day = piece.warranty_to.isoformat()
        ended = piece.warranty_to < local_day(book.as_of, book.zone)
        standing.append(
            words.text(N_("warranty ended on {day}"), day=day)
            if ended
            else words.text(N_("under warranty until {day}"), day=day)
        )
    table = new_table()
    for heading in (N_("Time"), N_("Step"), N_("By"), N_("Where"), N_("Ticket"), N_("Note")):
        table.add_column(words.text(heading))
    for entry in sorted((*piece.movements, *_replacements(book, piece)), key=place_in_time):
        table.add_row(
            Text(words.moment(entry.at, book.zone)),
            Text(event_title("spares", entry.event, words)),
            Text(plain(person_name(book, entry.by, words))),
            Text(plain(_where(entry))),
            Text(entry.data.get("ticket", "–")),
            Text(" · ".join(plain(said) for said in (_detail(entry), entry.note) if said)),
        )
    return [
        Text(),
        Text(f"{plain(piece.part)}  {plain(piece.serial)}", style="bold"),
        Text(" · ".join(standing), style="" if piece.verified else "yellow"),
        Text(words.text(N_("From: {origin}"), origin=" · ".join(origin) or "–")),
        table,
    ]


def _replacements(book: Book, piece: Piece) -> Iterator[Entry]:
    """The steps of tickets that put the piece into equipment or took it out."""
    for ticket in book.records.tickets.values():
        for entry in ticket.log:
            data = entry.data
            if entry.event == "part_replaced" and entry.at <= book.as_of:
                serials = (data["removed_serial"], data["installed_serial"])
                if data["part"] == piece.part and piece.serial in serials:
                    yield replace(entry, data={**data, "ticket": ticket.id})


def _detail(entry: Entry) -> str:
    """The number of a return to the maker; of a replacement what went for what."""
    if entry.event == "part_replaced":
        return f"{entry.data['removed_serial']} → {entry.data['installed_serial']}"
    return str(entry.data.get("rma", ""))


def _where(entry: Entry) -> str:
    if "to" in entry.data:
        return f"{entry.data['from']} → {entry.data['to']}"
    return str(entry.data.get("depot") or entry.data.get("asset", "–"))
