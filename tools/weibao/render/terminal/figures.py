"""How key figures read in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from weibao.language import N_
from weibao.render.terminal.layout import indented, new_table
from weibao.render.words.explain import stamp
from weibao.render.words.figures import beside_told, group_told, value_told
from weibao.render.words.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType

    from weibao.language import Language
    from weibao.model.records import Records
    from weibao.report.book import Book
    from weibao.report.figure import FigureRow, Measured, Period


def figures_text(
    book: Book, period: Period, figures: Iterable[Measured], words: Language, *, explained: bool
) -> RenderableType:
    """The figures as a table; with the definition and every record behind each, where they are asked for."""
    start, end = (words.moment(at, book.zone) for at in (period.start, period.end))
    heading = words.text(
        N_("From {start} to {end}, as of {stamp}"), start=start, end=end, stamp=stamp(book)
    )
    if explained:
        parts = [part for measured in figures for part in _explained(measured, book.records, words)]
        return Group(Text(heading, style="dim"), *parts)
    table = new_table()
    for title in (N_("Name"), N_("Figure"), N_("Value"), N_("Beside it")):
        table.add_column(words.text(title))
    for measured in figures:
        for name, title, part in _lines(measured, book.records, words):
            table.add_row(name, title, value_told(part, words), "; ".join(beside_told(part, words)))
    return Group(Text(heading, style="dim"), table)


def _lines(
    measured: Measured, records: Records, words: Language
) -> Iterator[tuple[str, str, Measured]]:
    """The whole, where that means anything; else each group."""
    figure = measured.figure
    title = words.text(figure.title)
    if figure.whole or not measured.groups:
        yield figure.name, title, measured
        return
    for group, part in measured.groups.items():
        yield figure.name, f"{title} · {plain(group_told(figure, group, records, words))}", part


def _explained(measured: Measured, records: Records, words: Language) -> Iterator[RenderableType]:
    figure = measured.figure
    yield Text()
    yield Text(f"{words.text(figure.title)} ({figure.name})", style="bold")
    yield indented(words.text(figure.definition), 2, "dim")
    whole = [("", measured)] if figure.whole else []
    for group, part in (*whole, *measured.groups.items()):
        name = f"{plain(group_told(figure, group, records, words))}: " if group else ""
        beside = "".join(f" · {told}" for told in beside_told(part, words))
        yield indented(f"{name}{value_told(part, words)}{beside}", 2)
    rows = (*measured.counted, *measured.imported)
    if rows:
        yield _rows(rows, words)


def _rows(rows: Iterable[FigureRow], words: Language) -> RenderableType:
    table = new_table()
    for title in (N_("Record"), N_("What"), N_("Counts for"), N_("Length"), N_("Grade")):
        table.add_column(words.text(title))
    for row in rows:
        table.add_row(
            plain(row.record),
            plain(row.what),
            f"{int(row.tally.count)}/{int(row.tally.of)}",
            "" if row.seconds is None else words.duration(row.seconds),
            row.grade.value if row.grade else "",
        )
    return table
