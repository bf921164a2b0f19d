"""What the acceptance package of a contract holds: which papers, in which of its parts, and what it says of the term as a whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from weibao.model.instant import local_day
from weibao.model.ticket import DRILL
from weibao.report.figure import whole_month
from weibao.report.papers.incident_report import report_reasons
from weibao.report.papers.period_report import issues_of, named_periods

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weibao.model.ticket import Ticket
    from weibao.report.book import Book
    from weibao.report.papers.period_report import NamedPeriod
    from weibao.sla.verdict import Outcome

PARTS = (
    "application",
    "contract",
    "summary",
    "clauses",
    "reports",
    "inspections",
    "incidents",
    "service_sheets",
    "spares",
    "staff",
    "plans",
    "satisfaction",
    "credits",
    "open_items",
    "assets",
    "integrity",
)
"""The parts of the package, in order."""


@dataclass(frozen=True, slots=True)
class IssuedFile:
    """A file as which a report was issued: its format, its language and its SHA-256."""

    format: str
    language: str
    sha256: str


@dataclass(frozen=True, slots=True)
class AcceptancePaper:
    """A paper of the package.

    Attributes:
        part: one of :data:`PARTS`.
        kind: which paper.
        subject: what it is on, as the command names it.
        version: of a report that was issued; None for the one at hand.
        filed: the files that this version was issued as.
    """

    part: str
    kind: str
    subject: str = ""
    version: int | None = None
    filed: tuple[IssuedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class TermTold:
    """The term in figures.

    Attributes:
        over: whether it is over, so that nothing more is to come.
        tickets: how many were reported, by kind; those that were cancelled left out.
        promises: how many came out how.
        rounds, rounds_done: inspections that the plan promised by the instant, and those that were completed.
        papers: how many papers each part has.
    """

    over: bool
    tickets: Mapping[str, int]
    promises: Mapping[Outcome, int]
    rounds: int
    rounds_done: int
    papers: Mapping[str, int]


def term_over(book: Book) -> bool:
    """Whether the contract's term is over at the instant of the Book."""
    return local_day(book.as_of, book.zone) > book.records.contract.end


def term_told(book: Book) -> TermTold:
    """What the package says of the term as a whole."""
    today = local_day(book.as_of, book.zone)
    rounds = [
        work for work in book.due_work if work.kind == "inspection" and work.planned_for <= today
    ]
    papers = Counter(paper.part for paper in acceptance_papers(book))
    return TermTold(
        over=term_over(book),
        tickets=Counter(ticket.kind for ticket in _tickets(book)),
        promises=Counter(verdict.outcome for verdict in book.verdicts),
        rounds=len(rounds),
        rounds_done=sum(work.done_on is not None for work in rounds),
        papers={part: papers[part] for part in PARTS},
    )


def acceptance_papers(book: Book) -> tuple[AcceptancePaper, ...]:
    """Every paper of the package, part by part, as of the instant of the whole Book."""
    found = [*_once(), *_periods(book), *_of_tickets(book), *_inspections(book), *_spares(book)]
    return tuple(sorted(found, key=lambda paper: PARTS.index(paper.part)))


def _once() -> Iterator[AcceptancePaper]:
    yield AcceptancePaper("application", "acceptance-form")
    yield AcceptancePaper("contract", "contract-editions")
    yield AcceptancePaper("clauses", "clause-table")
    yield AcceptancePaper("spares", "spares-list")
    yield AcceptancePaper("staff", "staff-list")
    yield AcceptancePaper("open_items", "open-items")
    yield AcceptancePaper("assets", "asset-ledger")
    yield AcceptancePaper("assets", "asset-comparison")


def _periods(book: Book) -> Iterator[AcceptancePaper]:
    contract = book.records.contract
    for named in named_periods(contract):
        if whole_month(named.months[0], book.zone).start >= book.as_of:
            continue
        part = "summary" if named.kind == "annual" else "reports"
        yield from _versions(book, named, part, named.kind)
        if named.kind == "quarterly":
            yield AcceptancePaper("satisfaction", "satisfaction", named.name)
        end = whole_month(named.months[-1], book.zone).end
        costs = contract.credits_on(local_day(end - 1, book.zone)) is not None
        if named.kind == "monthly" and costs and end <= book.as_of:
            credit = replace(named, report="credit")
            yield from _versions(book, credit, "credits", "credit-statement")


def _versions(book: Book, named: NamedPeriod, part: str, kind: str) -> Iterator[AcceptancePaper]:
    """Each version of a report that was issued; the one at hand where none was."""
    issues = issues_of(book, named)
    if not issues:
        yield AcceptancePaper(part, kind, named.name)
    for version, issue in enumerate(issues, 1):
        files = tuple(
            IssuedFile(file["format"], file["language"], file["sha256"])
            for file in issue.entry.data.get("files", ())
        )
        yield AcceptancePaper(part, kind, named.name, version, files)


def _tickets(book: Book) -> Iterator[Ticket]:
    """The tickets that were reported by the instant and not cancelled, the oldest first."""
    tickets = book.records.tickets.values()
    for ticket in sorted(tickets, key=lambda ticket: (ticket.reported_at, ticket.id)):
        if ticket.reported_at <= book.as_of and book.states[ticket.id].cancelled is None:
            yield ticket


def _of_tickets(book: Book) -> Iterator[AcceptancePaper]:
    for ticket in _tickets(book):
        if ticket.kind == DRILL:
            yield AcceptancePaper("plans", "drill-record", ticket.id)
        else:
            part = "plans" if ticket.kind == "exchange" else "service_sheets"
            yield AcceptancePaper(part, "service-sheet", ticket.id)
        if report_reasons(book, ticket):
            yield AcceptancePaper("incidents", "incident-report", ticket.id)


def _inspections(book: Book) -> Iterator[AcceptancePaper]:
    """A report on each round that was begun, and on each inspection that is of none."""
    for work in book.due_work:
        if work.kind == "inspection" and work.records:
            day = work.planned_for.isoformat()
            yield AcceptancePaper("inspections", "inspection-report", f"{work.plan}/{day}")
    for name, done in sorted(book.records.inspections.items()):
        begun = any(entry.at <= book.as_of for entry in done.log)
        if begun and name not in book.round_of:
            yield AcceptancePaper("inspections", "inspection-report", name)


def _spares(book: Book) -> Iterator[AcceptancePaper]:
    """A certificate for every piece that went into the equipment, by its serial number."""
    installed = {piece.serial for piece in book.stock.pieces.values() if piece.state == "issued"}
    for serial in sorted(installed):
        yield AcceptancePaper("spares", "spares-certificate", serial)
