"""A worksheet for a sample: what to hold against paper and memory, with room for what was seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.alterations import flow
from weibao.render.ci.markdown import escaped
from weibao.render.words.csv_text import csv_text
from weibao.render.words.explain import person_name, stamp
from weibao.render.words.findings import event_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.history.proven import ProvenEntry
    from weibao.language import Language
    from weibao.model.ticket import Ticket
    from weibao.report.audit.sample import Drawn, Sample
    from weibao.report.book import Book

TITLE = N_("Audit worksheet")

COLUMNS = (
    N_("Ticket"),
    N_("Severity"),
    N_("To verify"),
    N_("Claimed"),
    N_("By"),
    N_("By the evidence"),
    N_("Grade"),
    N_("Commit"),
    N_("Text"),
    N_("Seen"),
    N_("Seen by"),
    N_("Remark"),
)
"""The columns of the table; the last three are for whoever fills it in."""

_TO_FILL_IN = ("", "", "")


@dataclass(frozen=True, slots=True)
class _WorksheetLine:
    """Something to verify: what, and the claim with its evidence. All as it is shown."""

    what: str
    claimed: str
    by: str
    evidence: str
    grade: str
    commit: str
    text: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The columns from ``To verify`` on, those to fill in being empty."""
        known = (self.what, self.claimed, self.by, self.evidence, self.grade, self.commit)
        return (*known, self.text, *_TO_FILL_IN)


def worksheet_csv(book: Book, drawn: Sample, words: Language) -> str:
    """The worksheet as CSV: a row for the report and for each entry of each ticket."""
    rows = [[words.text(heading) for heading in COLUMNS]]
    for heading in drawn.drawn:
        ticket = book.records.tickets[heading.ticket]
        head = (ticket.id, _severity(heading, words))
        rows += [[*head, *line.cells] for line in _lines(book, ticket, words)]
    return csv_text(rows)


def worksheet_markdown(book: Book, drawn: Sample, words: Language) -> str:
    """The worksheet as Markdown: a heading and a table for each ticket."""
    lines = [f"# {escaped(words.text(TITLE))}", ""]
    lines += [escaped(stamp(book)), "", escaped(sample_sentence(drawn, words)), ""]
    columns = [escaped(words.text(heading)) for heading in COLUMNS[2:]]
    for heading in drawn.drawn:
        ticket = book.records.tickets[heading.ticket]
        lines += [f"## {escaped(ticket.id)} {escaped(ticket.title)}", ""]
        lines += [_row(columns), _row(["---" for _ in columns])]
        lines += [
            _row([escaped(cell) for cell in line.cells]) for line in _lines(book, ticket, words)
        ]
        lines.append("")
    return "\n".join(lines)


def sample_sentence(drawn: Sample, words: Language) -> str:
    """How the sample was drawn, so that anyone can draw it again."""
    return words.plural(
        N_(
            "{number} ticket of {of} (strata of severity and month: {strata}), drawn with the seed “{seed}”: in each stratum those whose SHA-256 of “{seed}:TICKET” is smallest."
        ),
        "{number} tickets of {of} (strata of severity and month: {strata}), drawn with the seed “{seed}”: in each stratum those whose SHA-256 of “{seed}:TICKET” is smallest.",
        len(drawn.drawn),
        of=drawn.of,
        strata=len(drawn.population),
        seed=drawn.seed,
    )


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _severity(drawn: Drawn, words: Language) -> str:
    if drawn.stratum.severity is None:
        return words.text(N_("planned work"))
    return str(drawn.stratum.severity)


def _lines(book: Book, ticket: Ticket, words: Language) -> Iterator[_WorksheetLine]:
    """The header's claim, then every entry in the order of the timeline."""
    proof = book.proofs[ticket.id]
    facts = [ticket.title, words.term("ticket_kind", ticket.kind), *ticket.assets]
    yield _WorksheetLine(
        what=words.text(N_("Reported")),
        claimed=words.moment(ticket.reported_at, book.zone),
        by=person_name(book, ticket.reported_by, words),
        evidence="",
        grade=proof.header_grade.value,
        commit=(proof.header_commit or "")[:12],
        text=words.listing(facts),
    )
    for entry in proof.timeline:
        yield _entry(book, entry, words)


def _entry(book: Book, proven_entry: ProvenEntry, words: Language) -> _WorksheetLine:
    details = flow(proven_entry.entry.data) if proven_entry.entry.data else ""
    return _WorksheetLine(
        what=event_title("ticket", proven_entry.entry.event, words),
        claimed=words.moment(proven_entry.entry.at, book.zone),
        by=person_name(book, proven_entry.entry.by, words),
        evidence=""
        if proven_entry.evidence is None
        else words.moment(proven_entry.evidence, book.zone),
        grade=proven_entry.grade.value,
        commit=(proven_entry.commit or "")[:12],
        text=" ".join(part for part in (proven_entry.entry.note, details) if part),
    )
