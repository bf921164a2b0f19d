"""The register of tickets: every one of the period, and how its promises came out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.events import TARGETS
from weibao.render.papers.cells import (
    NONE,
    column,
    moment,
    outcome_of,
    own,
    record,
    severity,
    term,
    verbatim,
    written,
)
from weibao.render.papers.paper import PaperCell, Prose, Table, TableColumn, said
from weibao.render.papers.report_part import ReportPart
from weibao.report.papers.ticket_list import tickets_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block
    from weibao.report.papers.period_report import PeriodReport
    from weibao.report.papers.ticket_list import ListedTicket


def _tell(commission: Commission, report: PeriodReport) -> Iterator[Block]:
    voice = commission.voice
    yield Table(
        "tickets",
        own(voice, N_("Every ticket of the period")),
        (
            column(voice, "ticket", N_("Ticket"), 3),
            column(voice, "title", N_("Title"), 5),
            column(voice, "kind", N_("Kind"), 2),
            column(voice, "severity", N_("Severity"), 2),
            column(voice, "reported", N_("Reported"), 2),
            column(voice, "state", N_("State"), 2),
            *(_target_column(voice, target) for target in TARGETS),
            column(voice, "grade", N_("Grade")),
        ),
        tuple(_ticket(voice, listed) for listed in tickets_of(report.book, report.period)),
        own(voice, N_("There was no ticket.")),
    )
    yield Prose(
        own(
            voice,
            N_(
                "A ticket is listed that was reported in the period, whose window begins in it, or of which a promise fell due in it; of several promises of one target the gravest outcome is told."
            ),
        ),
        "note",
    )


def _target_column(voice: Voice, target: str) -> TableColumn:
    return TableColumn(target, said(voice.shown(voice.language.term("target", target))))


def _ticket(voice: Voice, listed: ListedTicket) -> tuple[PaperCell, ...]:
    row = listed.row
    told = voice.book.records.tickets[row.ticket.id]
    return (
        record(voice, row.ticket.id),
        written(voice, told.title),
        term(voice, "ticket_kind", row.ticket.kind),
        severity(voice, row.severity),
        moment(voice, row.ticket.reported_at, row.ticket.reported_precision),
        term(voice, "state", row.state),
        *(_outcome(voice, listed, target) for target in TARGETS),
        NONE if row.grade is None else verbatim(row.grade.value),
    )


def _outcome(voice: Voice, listed: ListedTicket, target: str) -> PaperCell:
    found = listed.outcomes.get(target)
    return NONE if found is None else outcome_of(voice, found)


PART = ReportPart(
    key="register", title=N_("Register of tickets"), place=200, tell=_tell, annex=True
)
