"""How what is due reads in a terminal: a row a thing, the command that mends it beneath."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rich.text import Text

from weibao.language import N_
from weibao.render.terminal.layout import new_table
from weibao.render.words.due import command_told, due_moment, due_told, roughly, whose
from weibao.render.words.explain import person_name
from weibao.render.words.plain import plain
from weibao.report.due.item import Harm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType

    from weibao.language import Language
    from weibao.model.instant import Instant
    from weibao.report.book import Book
    from weibao.report.due.item import DueItem

HARM_MARKS = {
    Harm.BROKEN: ("✗", "bold red"),
    Harm.THREATENED: ("!", "bold yellow"),
    Harm.OWED: ("○", "yellow"),
    Harm.COMING: ("▸", "cyan"),
}


def due_table(book: Book, items: Iterable[DueItem], words: Language) -> RenderableType:
    """What is due, the gravest first: what and of which record, by when, whose."""
    table = new_table(words.text(N_("What is due")))
    table.add_column("", no_wrap=True)
    table.add_column(words.text(N_("What")), ratio=1)
    table.add_column(words.text(N_("Due")), no_wrap=True)
    table.add_column(words.text(N_("Who")))
    for item in items:
        mark, style = HARM_MARKS[item.harm]
        when = due_moment(item, book.as_of, book.records, words)
        table.add_row(
            Text(mark, style=style),
            Text.assemble(
                (called(book, item, words), style),
                "\n",
                (plain(command_told(item, words)), "dim"),
            ),
            Text(f"{when}\n{left(item, book.as_of, words)}", style=style),
            Text(plain(whose(item, words, partial(_person, book, words)))),
        )
    if not table.row_count:
        return Text(words.text(N_("Nothing is due.")))
    return table


def called(book: Book, item: DueItem, words: Language, *, short: bool = False) -> str:
    """What is due and of which ticket or inspection (``short``: the end of its id), safe to print."""
    told = plain(due_told(item, book.records, words, partial(_person, book, words)))
    if item.record.startswith("records/"):
        return told
    return f"{told} {item.record.rpartition('-')[2] if short else item.record}"


def left(item: DueItem, now: Instant, words: Language) -> str:
    """How long until it is due, or how long it has been."""
    time = roughly(item.left(now), words)
    if item.left(now) < 0:
        return words.text(N_("{time} late"), time=time)
    return words.text(N_("{time} left"), time=time)


def _person(book: Book, words: Language, person: str) -> str:
    return person_name(book, person, words)
