"""How inspections read: one with its checks, all of them, and the rounds that are due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from weibao.language import N_
from weibao.model.events import CHECK_STATUSES
from weibao.model.inspection import check_results
from weibao.render.terminal.book import finding_lines
from weibao.render.terminal.layout import new_table
from weibao.render.terminal.lists import list_text
from weibao.render.words.coverage import gaps_told, round_told
from weibao.render.words.explain import person_name
from weibao.render.words.findings import event_title, tell
from weibao.render.words.names import work_called
from weibao.render.words.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType

    from weibao.language import Language
    from weibao.model.entry import Entry
    from weibao.model.inspection import Inspection
    from weibao.operations.planned import DueWork
    from weibao.report.book import Book

_STYLES = {
    "failed": "bold red",
    "warning": "bold yellow",
    "overdue": "bold red",
    "incomplete": "bold yellow",
    "due": "bold yellow",
}


def inspection_text(book: Book, inspection: Inspection, words: Language) -> RenderableType:
    """An inspection: its round, its timeline with evidence, what was found."""
    table = new_table()
    for heading in (N_("Time"), N_("Step"), N_("By"), N_("Grade"), N_("Commit"), N_("Result")):
        table.add_column(words.text(heading), no_wrap=heading != "Result")
    table.add_column(words.text(N_("Note")))
    for proven in book.proofs[inspection.id].timeline:
        entry = proven.entry
        table.add_row(
            Text(words.moment(entry.at, book.zone, pattern="MM-dd HH:mm")),
            Text(event_title("inspection", entry.event, words)),
            Text(plain(person_name(book, entry.by, words))),
            Text(proven.grade.value),
            Text((proven.commit or "–")[:8]),
            _result(entry, words),
            Text(plain(entry.note)),
        )
    state = words.term("state", book.states[inspection.id].state)
    assets = words.listing(plain(asset) for asset in inspection.assets)
    return Group(
        Text(
            f"{inspection.id}  {_work(book, inspection.plan, words)}  {inspection.period}",
            style="bold",
        ),
        Text(f"{state} · {assets}"),
        *_coverage(book, inspection, words),
        table,
        *(finding_lines(tell(found, words), words) for found in book.damage(inspection.id)),
    )


def inspections_text(book: Book, chosen: Iterable[Inspection], words: Language) -> RenderableType:
    """Inspections as a table, the latest first."""
    table = new_table()
    for heading in (N_("Inspection"), N_("Round"), N_("Period"), N_("State")):
        table.add_column(words.text(heading), no_wrap=heading == "Inspection")
    table.add_column(words.text(N_("Looked at")), justify="right")
    for status in CHECK_STATUSES:
        table.add_column(words.term("check_status", status), justify="right")
    for inspection in sorted(chosen, key=lambda listed: listed.id, reverse=True):
        found = check_results(inspection.log).by_status
        table.add_row(
            Text(inspection.id),
            Text(_work(book, inspection.plan, words)),
            Text(inspection.period),
            Text(words.term("state", book.states[inspection.id].state)),
            _looked_at(book.round_of.get(inspection.id)),
            *(
                Text(
                    str(found[status] or "–"),
                    style=_STYLES.get(status, "") if found[status] else "",
                )
                for status in CHECK_STATUSES
            ),
        )
    none = words.text(N_("There is none."))
    return list_text(book, "records/inspections/", table, none, words, stamped=False)


def due_text(book: Book, rounds: Iterable[DueWork], words: Language) -> RenderableType:
    """The rounds of the plan that are not done, the most pressing first."""
    table = new_table()
    for heading in (N_("State"), N_("Round"), N_("Plan"), N_("Planned for"), N_("Due")):
        table.add_column(words.text(heading), no_wrap=heading in {"State", "Plan"})
    table.add_column(words.text(N_("Looked at")), justify="right")
    for due_work in rounds:
        table.add_row(
            Text(words.term("round_state", due_work.state), style=_STYLES.get(due_work.state, "")),
            Text(_work(book, due_work.plan, words)),
            Text(plain(due_work.plan)),
            Text(words.day(due_work.planned_for)),
            Text(words.day(due_work.due)),
            _looked_at(due_work),
        )
    none = words.text(N_("No round is due in the coming quarter."))
    return list_text(book, "records/plan.yaml", table, none, words)


def _coverage(book: Book, inspection: Inspection, words: Language) -> Iterator[Text]:
    """How much of its round was looked at, here and in other inspections of it."""
    work = book.round_of.get(inspection.id)
    if work and work.coverage:
        state = words.term("round_state", work.state)
        told = words.text(
            N_("Round planned for {day}: {state}"), day=words.day(work.planned_for), state=state
        )
        yield Text(f"{told} · {round_told(work.coverage, words)}", _STYLES.get(work.state, ""))
        yield from (Text(told) for told in gaps_told(work.coverage, words))


def _looked_at(work: DueWork | None) -> Text:
    """How many items of a round were looked at, of how many."""
    if work is None or work.coverage is None or not (work.records or work.coverage.promised):
        return Text("–")
    checks = work.coverage.checks
    return Text(f"{checks.count}/{checks.of}", "bold yellow" if checks.rest and work.record else "")


def _result(entry: Entry, words: Language) -> Text:
    data = entry.data
    if entry.event == "skipped":
        return Text(plain(f"{data['asset']}: {data['reason']}"), style=_STYLES["warning"])
    if entry.event != "checked":
        return Text("")
    value = f" {data['value']} {data.get('unit', '')}".rstrip() if "value" in data else ""
    ticket = f" → {data['ticket']}" if "ticket" in data else ""
    status = words.term("check_status", data["status"])
    told = plain(f"{data['asset']} {data['item']}{value}: {status}{ticket}")
    return Text(told, style=_STYLES.get(data["status"], ""))


def _work(book: Book, plan: str, words: Language) -> str:
    return plain(work_called(book.records, plan, words))
