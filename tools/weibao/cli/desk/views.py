"""What the pages show: the sentences and figures of the other views, put beside each other.

Nothing is worked out here. What is due, in which order, who is on duty and what may come next is said
by the rooms that the terminal asks too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from weibao.cli.steps.recorded import deadline_told
from weibao.language import N_
from weibao.model.fold import ticket_on_claims
from weibao.model.ids import RECORD_ID
from weibao.render.edition.attachments import PICTURES
from weibao.render.terminal import board_text
from weibao.render.terminal.board import board_rows
from weibao.render.terminal.book import finding_lines
from weibao.render.terminal.due import HARM_MARKS, called, left
from weibao.render.words.due import command_told, due_moment, whose
from weibao.render.words.entry_facts import entry_facts, plainly
from weibao.render.words.explain import person_name
from weibao.render.words.findings import event_title, tell
from weibao.render.words.headline import sentence_told
from weibao.render.words.names import asset_called, person_called, severity_called
from weibao.render.words.plain import plain
from weibao.report.asset_file import asset_file, asset_files
from weibao.report.due.due import brief, due
from weibao.report.headline import headline
from weibao.workspace.suggestions.agenda import agenda
from weibao.workspace.suggestions.live import live_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from weibao.language import Language
    from weibao.model.entry import Entry
    from weibao.model.events import Event
    from weibao.model.records import RecordFile
    from weibao.model.ticket import Ticket
    from weibao.report.book import Book
    from weibao.report.due.item import DueItem
    from weibao.workspace.recording.clone import Desk

FILE_FACTS = frozenset({"file", "sha256"})


@dataclass(frozen=True, slots=True)
class BoardLine:
    """An open ticket on the board: its cells by what they are, and the step that it waits for."""

    ticket: str
    title: str
    left: str
    promise: str
    level: str
    state: str
    owner: str
    step: str
    step_title: str


@dataclass(frozen=True, slots=True)
class DueLine:
    """A thing that is due: how grave, what, when, whose, and the command that mends it."""

    mark: str
    harm: str
    what: str
    when: str
    left: str
    who: str
    command: str
    ticket: str


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A step of a ticket's story, and the file that it keeps: its name, and whether it is a picture."""

    when: str
    title: str
    who: str
    facts: tuple[tuple[str, str], ...]
    note: str
    internal: bool
    file: str
    is_picture: bool


def board_facts(book: Book, desk: Desk, words: Language) -> dict[str, Any]:
    """The board: how things stand, what is due, the open tickets, and what is damaged here."""
    items = due(book, book.as_of)
    told, more = brief(items)
    files = live_files(desk.root)
    live = [file.value for file in files if file.value is not None]
    steps = {waiting.ticket.id: waiting.step for waiting in agenda(live, desk.records, desk.now)}
    return {
        "stamp": words.moment(book.as_of, book.zone),
        "sentences": [
            (sentence.mood.value, sentence_told(sentence, book.records, words))
            for sentence in headline(book).sentences
        ],
        "duty": board_text.duty_line(book, words).plain,
        "due": [_due_line(book, item, words) for item in told],
        "more_due": more,
        "rows": list(_board_lines(book, steps, words)),
        "damaged": [
            (file.path, _findings_told(file, words)) for file in files if file.value is None
        ],
    }


def _findings_told(file: RecordFile, words: Language) -> list[str]:
    return [finding_lines(tell(finding, words), words).plain for finding in file.findings]


def _board_lines(book: Book, steps: Mapping[str, Event], words: Language) -> Iterator[BoardLine]:
    for row in board_rows(book):
        cells = {
            column: board_text.cell(book, row, column, book.as_of, words).plain
            for column in board_text.WIDE
        }
        step = steps.get(row.ticket.id)
        yield BoardLine(
            ticket=row.ticket.id,
            title=plain(row.title),
            left=cells[board_text.LEFT],
            promise=cells[board_text.PROMISE],
            level=cells[board_text.LEVEL],
            state=cells[board_text.STATE],
            owner=cells[board_text.OWNER],
            step=step.name if step else "",
            step_title=event_title("ticket", step.name, words) if step else "",
        )


def _due_line(book: Book, item: DueItem, words: Language) -> DueLine:
    known = item.record if item.record in book.records.tickets else ""
    return DueLine(
        mark=HARM_MARKS[item.harm][0],
        harm=item.harm.value,
        what=called(book, item, words),
        when=due_moment(item, book.as_of, book.records, words),
        left=left(item, book.as_of, words),
        who=plain(whose(item, words, lambda person: person_name(book, person, words))),
        command=plain(command_told(item, words)),
        ticket=known if RECORD_ID.fullmatch(known) else "",
    )


def ticket_facts(desk: Desk, record_file: RecordFile, words: Language) -> dict[str, Any]:
    """A ticket as its records claim it: what it is, what it must reach next, its story."""
    ticket: Ticket = record_file.value
    records = desk.records
    state = ticket_on_claims(ticket, records.contract, desk.now)
    contacted = partial(person_called, records, words=words)
    facts = [
        (N_("Kind"), words.term("ticket_kind", ticket.kind)),
        (N_("State"), words.term("state", state.state)),
    ]
    if state.severity is not None:
        facts.append((N_("Severity"), severity_called(records, state.severity, words)))
    if state.owner:
        facts.append((N_("Owner"), contacted(state.owner)))
    facts.append((N_("Reported by"), contacted(ticket.reported_by)))
    facts.append((N_("Reported"), words.moment(ticket.reported_at, records.contract.zone)))
    if ticket.window:
        start, end = (words.moment(bound, records.contract.zone) for bound in ticket.window)
        facts.append((N_("Window"), words.text(N_("{start} to {end}"), start=start, end=end)))
    return {
        "ticket": ticket,
        "facts": [(words.text(name), plain(said)) for name, said in facts],
        "assets": [(asset, asset_called(records, asset, words)) for asset in ticket.assets],
        "deadline": deadline_told(desk, ticket, words),
        "story": [story_line(desk, entry, words) for entry in ticket.log],
    }


def story_line(desk: Desk, entry: Entry, words: Language) -> StoryLine:
    """A step as the ticket's page tells it."""
    records = desk.records
    saying = plainly(records, words)
    file = str(entry.data.get("file", "")) if entry.event == "attached" else ""
    return StoryLine(
        when=words.moment(entry.at, records.contract.zone, pattern="MM-dd HH:mm"),
        title=event_title("ticket", entry.event, words),
        who=plain(person_called(records, entry.by, words)),
        facts=tuple(
            (words.pick({"zh": field.zh, "en": field.en}), plain(said))
            for field, said in entry_facts("ticket", entry, saying)
            if not (file and field.key in FILE_FACTS)
        ),
        note=plain(entry.note),
        internal=entry.internal,
        file=file.rpartition("/")[2],
        is_picture=file.rpartition(".")[2] in PICTURES,
    )


def assets_facts(book: Book, words: Language) -> dict[str, Any]:
    """The equipment as a list, by site."""
    sites = book.records.contract.sites
    return {
        "assets": [
            {
                "id": row.asset.id,
                "name": plain(words.pick(row.asset.names)),
                "model": plain(f"{row.asset.vendor} {row.asset.model}".strip()),
                "site": plain(
                    words.pick(sites[row.asset.site]) if row.asset.site in sites else row.asset.site
                ),
                "covered": row.covered,
                "open": row.open,
            }
            for row in asset_files(book, book.records.assets.values())
        ]
    }


def asset_facts(book: Book, asset: str, words: Language) -> dict[str, Any]:
    """A piece of equipment, with the tickets that name it."""
    found = asset_file(book, book.records.assets[asset])
    known = found.asset
    site = book.records.contract.sites.get(known.site)
    facts = (
        (N_("Kind"), words.term("asset_kind", known.kind)),
        (N_("Model"), f"{known.vendor} {known.model}".strip()),
        (N_("Serial number"), known.serial),
        (N_("Site"), words.pick(site) if site else known.site),
        (N_("Location"), known.location),
        (N_("Tag"), known.tag),
        (
            N_("Cover"),
            words.text(
                N_("{start} to {end}"),
                start=words.day(known.covered_from),
                end=words.day(known.covered_to),
            ),
        ),
    )
    return {
        "asset": known.id,
        "name": plain(words.pick(known.names)),
        "covered": found.covered,
        "facts": [(words.text(name), plain(said)) for name, said in facts if said],
        "open": [_listed(book, ticket, words) for ticket in found.open],
        "past": [_listed(book, ticket, words) for ticket in found.past],
    }


def _listed(book: Book, ticket: Ticket, words: Language) -> dict[str, str]:
    return {
        "id": ticket.id,
        "title": plain(ticket.title),
        "state": words.term("state", book.states[ticket.id].state),
        "reported": words.moment(ticket.reported_at, book.zone),
    }


def steps_told(steps: Iterable[Event], words: Language) -> list[tuple[str, str]]:
    """The steps that may come next, each with its name and its title."""
    return [(step.name, event_title("ticket", step.name, words)) for step in steps]
