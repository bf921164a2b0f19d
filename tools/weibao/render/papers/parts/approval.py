"""Versions: what was issued of the report to whom, why it was revised, and what came out otherwise than it was closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.papers.cells import (
    NONE,
    column,
    details,
    fact,
    for_reader,
    moment,
    number,
    outcome,
    own,
    person,
    record,
    term,
    verbatim,
)
from weibao.render.papers.paper import Facts, PaperCell, Prose, Table, said
from weibao.render.papers.report_part import ReportPart
from weibao.render.words.findings import event_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.history.proven import ProvenEntry
    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block
    from weibao.report.closed_months import Restated
    from weibao.report.papers.period_report import PeriodReport
    from weibao.sla.verdict import Verdict


def _tell(commission: Commission, report: PeriodReport) -> Iterator[Block]:
    voice = commission.voice
    yield Facts(
        "version",
        (
            fact(voice, "version", N_("This version"), number(voice, report.version)),
            fact(voice, "from", N_("From"), moment(voice, report.period.start)),
            fact(voice, "to", N_("Until"), moment(voice, report.period.end)),
            fact(voice, "as_of", N_("As of"), moment(voice, report.book.as_of)),
        ),
    )
    yield Table(
        "history",
        own(voice, N_("What became of it before this version")),
        (
            column(voice, "at", N_("Time"), 2),
            column(voice, "event", N_("Step"), 2),
            column(voice, "by", N_("By"), 2),
            column(voice, "hand", N_("Whose word"), 2),
            column(voice, "what", N_("What was said"), 5),
        ),
        tuple(
            _step(voice, proven)
            for proven in report.log
            if proven.entry.event != "remarked" and for_reader(voice, proven)
        ),
        own(voice, N_("This is the first version: none was issued before.")),
    )
    yield Table(
        "restated",
        own(voice, N_("What came out otherwise than it was closed")),
        (
            column(voice, "month", N_("Closed month"), 2),
            column(voice, "ticket", N_("Ticket"), 3),
            column(voice, "target", N_("Target"), 2),
            column(voice, "before", N_("As closed"), 2),
            column(voice, "after", N_("As it stands"), 2),
            column(voice, "landed", N_("What changed it landed"), 2),
        ),
        tuple(_restated(voice, restated) for restated in report.restated),
        own(voice, N_("Nothing came out otherwise than it was closed.")),
    )
    yield Prose(
        own(
            voice,
            N_("The figures of a closed month stand; what comes later is told here beside them."),
        ),
        "note",
    )


def _step(voice: Voice, proven: ProvenEntry) -> tuple[PaperCell, ...]:
    entry, hand = proven.entry, proven.hand
    return (
        moment(voice, proven.effective),
        PaperCell(said(event_title(entry.event, voice.language)), entry.event),
        person(voice, entry.by),
        term(voice, "hand", hand.value) if hand else NONE,
        PaperCell(details(voice, "report", entry), entry.index),
    )


def _restated(voice: Voice, restated: Restated) -> tuple[PaperCell, ...]:
    before, after = restated.turned.before, restated.turned.after
    verdict = restated.turned.verdict
    return (
        verbatim(restated.month),
        record(voice, verdict.ticket),
        PaperCell(said(voice.promise_called(verdict)), f"{verdict.target} {verdict.occurrence}"),
        _outcome(voice, before),
        _outcome(voice, after),
        moment(voice, restated.landed),
    )


def _outcome(voice: Voice, verdict: Verdict | None) -> PaperCell:
    return NONE if verdict is None else outcome(voice, verdict)


PART = ReportPart(key="approval", title=N_("Versions and revisions"), place=0, tell=_tell)
