"""What the reviews, the scenes of a drill and the resolutions of a ticket say, below its timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from weibao.language import N_
from weibao.model.events import OF_A_DRILL
from weibao.render.words.entry_facts import entry_facts, plainly
from weibao.render.words.findings import event_title
from weibao.render.words.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.language import Language
    from weibao.model.ticket import Ticket
    from weibao.report.book import Book

_WHOLE = OF_A_DRILL | {"analysed", "called_up", "referred"}
"""The steps of which all is told."""

_TOLD = frozenset({"cause_code", "responsible", "test_result", "comment", "old_part"})
"""What is told of other steps: the coded cause, who answers for it, how it was tested, what the customer said, the old part's fate."""


def told_whole(book: Book, ticket: Ticket, words: Language) -> Iterator[Text]:
    """Each of these steps in the order of the claims, with what it says key by key."""
    saying = plainly(book.records, words)
    for proven in book.proofs[ticket.id].timeline:
        entry = proven.entry
        facts = [
            (field, said)
            for field, said in entry_facts("ticket", entry, saying)
            if entry.event in _WHOLE or field.key in _TOLD
        ]
        if facts:
            moment = words.moment(entry.at, book.zone, pattern="MM-dd HH:mm")
            yield Text(f"{moment}  {event_title('ticket', entry.event, words)}", style="bold")
        for field, said in facts:
            title = words.pick({"zh": field.zh, "en": field.en})
            line = words.text(N_("{key}: {value}"), key=title, value=plain(said))
            yield Text(f"  {line}")
