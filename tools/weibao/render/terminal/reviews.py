"""How the reviews read: what was looked at, by whom, and what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from weibao.language import N_
from weibao.render.terminal.layout import new_table
from weibao.render.terminal.lists import list_text
from weibao.render.words.entry_facts import entry_facts, plainly
from weibao.render.words.explain import person_name
from weibao.render.words.findings import event_title
from weibao.render.words.plain import plain
from weibao.report.clauses.traces import REVIEWS

if TYPE_CHECKING:
    from rich.console import RenderableType

    from weibao.language import Language
    from weibao.report.book import Book


def reviews_text(book: Book, words: Language) -> RenderableType:
    """The reviews as a table, the latest first."""
    table = new_table()
    for heading in (N_("Time"), N_("What"), N_("By"), N_("Grade")):
        table.add_column(words.text(heading), no_wrap=True)
    table.add_column(words.text(N_("What was found")), ratio=1)
    saying = plainly(book.records, words)
    for proven in reversed(book.proofs["reviews"].timeline):
        entry = proven.entry
        told = (
            f"{words.pick({'zh': field.zh, 'en': field.en})}: {value}"
            for field, value in entry_facts("reviews", entry, saying)
        )
        table.add_row(
            Text(words.moment(entry.at, book.zone)),
            Text(event_title("reviews", entry.event, words)),
            Text(plain(person_name(book, entry.by, words))),
            Text(proven.grade.value),
            Text(plain(" · ".join(told))),
        )
    none = words.text(N_("Nothing was reviewed yet."))
    return list_text(book, REVIEWS, table, none, words)
