"""Risks and recommendations: what the project manager says of them, and what the customer still has to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.papers.cells import (
    column,
    for_reader,
    length,
    moment,
    own,
    record,
    term,
    written,
)
from weibao.render.papers.paper import Prose, Table
from weibao.render.papers.report_part import ReportPart
from weibao.report.papers.off_the_clock import waiting_for_customer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block
    from weibao.report.papers.period_report import PeriodReport


def _tell(commission: Commission, report: PeriodReport) -> Iterator[Block]:
    voice = commission.voice
    tickets = voice.book.records.tickets
    yield Table(
        "waiting",
        own(voice, N_("What waits for the customer")),
        (
            column(voice, "ticket", N_("Ticket"), 3),
            column(voice, "title", N_("Title"), 5),
            column(voice, "reason", N_("Reason"), 3),
            column(voice, "since", N_("Waiting since"), 2),
            column(voice, "for", N_("Waited so far"), 2),
        ),
        tuple(
            (
                record(voice, waiting.ticket),
                written(voice, tickets[waiting.ticket].title),
                term(voice, "pause_reason", waiting.reason),
                moment(voice, waiting.since, waiting.precision),
                length(voice, waiting.seconds),
            )
            for waiting in waiting_for_customer(report.book)
        ),
        own(voice, N_("Nothing waits for the customer.")),
    )
    if not any(for_reader(voice, remark) for remark in report.remarks(PART.key)):
        yield Prose(
            own(voice, N_("The project manager has noted no risk and no recommendation.")), "note"
        )


PART = ReportPart(key="risks", title=N_("Risks and recommendations"), place=160, tell=_tell)
