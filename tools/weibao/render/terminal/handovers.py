"""How a hand-over reads: what was left, what was open then, and who took it over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from weibao.language import N_
from weibao.render.terminal.book import finding_lines
from weibao.render.terminal.layout import new_table
from weibao.render.terminal.lists import list_text
from weibao.render.words.entry_facts import entry_facts, plainly
from weibao.render.words.explain import person_name, stamp
from weibao.render.words.findings import event_title, tell
from weibao.render.words.handover import pressing
from weibao.render.words.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType

    from weibao.history.proven import ProvenEntry
    from weibao.language import Language
    from weibao.operations.handover import Handover
    from weibao.report.book import Book


def handover_text(book: Book, handover: Handover, words: Language) -> RenderableType:
    """A hand-over: both sides with their evidence, and what was open at its instant."""
    shift = handover.shift
    span = f"{words.moment(shift.start, book.zone)} – {words.moment(shift.end, book.zone)}"
    table = new_table()
    for heading in (N_("Ticket"), N_("Severity"), N_("State"), N_("Owner"), N_("Next"), N_("Due")):
        table.add_column(words.text(heading), no_wrap=True)
    table.add_column(words.text(N_("What presses")), ratio=1)
    for handed in handover.open:
        state, due = handed.state, handed.next
        table.add_row(
            Text(handed.ticket.id),
            Text(str(state.severity or "–")),
            Text(words.term("state", state.state)),
            Text(plain(person_name(book, state.owner, words)) if state.owner else "–"),
            Text(words.term("target", due.target) if due else "–"),
            Text(words.moment(due.due, book.zone) if due and due.due else "–"),
            Text(plain(pressing(handed, handover, words))),
        )
    return Group(
        Text(f"{shift.id}  {plain(shift.rota)}  {span}", style="bold"),
        *(line for step in book.proofs[shift.id].timeline for line in _step(book, step, words)),
        Text(
            words.text(
                N_("Open as of {moment}, by the record:"),
                moment=words.moment(handover.at, book.zone),
            )
        ),
        table if table.rows else Text(words.text(N_("No ticket was open."))),
        Text(stamp(book), style="dim"),
        *(finding_lines(tell(found, words), words) for found in book.damage(shift.id)),
    )


def _step(book: Book, proven: ProvenEntry, words: Language) -> Iterator[Text]:
    entry = proven.entry
    at, by = words.moment(entry.at, book.zone), plain(person_name(book, entry.by, words))
    yield Text(f"{at}  {event_title('shift', entry.event, words)}  {by}  {proven.grade.value}")
    for field, value in entry_facts("shift", entry, plainly(book.records, words)):
        yield Text(f"  {words.pick({'zh': field.zh, 'en': field.en})}: {plain(value)}")
    if entry.note:
        yield Text(f"  {plain(entry.note)}")


def handovers_text(book: Book, chosen: Iterable[Handover], words: Language) -> RenderableType:
    """The hand-overs as a table, the latest first."""
    table = new_table()
    for heading in (
        N_("Shift"),
        N_("Rota"),
        N_("To"),
        N_("Handed over"),
        N_("Taken over"),
        N_("Open tickets"),
    ):
        table.add_column(words.text(heading), no_wrap=True)
    for handover in chosen:
        table.add_row(
            Text(handover.shift.id),
            Text(plain(handover.shift.rota)),
            Text(words.moment(handover.shift.end, book.zone)),
            *(
                Text(
                    f"{words.moment(side.entry.at, book.zone)} "
                    f"{plain(person_name(book, side.entry.by, words))}"
                    if side
                    else "–"
                )
                for side in (handover.given, handover.taken)
            ),
            Text(str(len(handover.open))),
        )
    none = words.text(N_("No shift was handed over."))
    return list_text(book, "records/shifts/", table, none, words)
