"""Every promise that was missed: what came of it, why, and what is done so that it does not come again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.edition.withheld import Told
from weibao.render.papers.cells import (
    NONE,
    column,
    due,
    joined,
    moment,
    named,
    own,
    record,
    term,
    written,
)
from weibao.render.papers.paper import PaperCell, Prose, Table, said
from weibao.render.papers.parts.compliance import promise
from weibao.render.papers.report_part import ReportPart
from weibao.report.papers.missed import missed_promises

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.operations.actions import Action
    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block
    from weibao.report.papers.missed import MissedPromise
    from weibao.report.papers.period_report import PeriodReport


def _tell(commission: Commission, report: PeriodReport) -> Iterator[Block]:
    voice = commission.voice
    missed = missed_promises(report, voice.book)
    yield Table(
        "missed",
        own(voice, N_("Promises that were missed")),
        (
            column(voice, "ticket", N_("Ticket"), 3),
            column(voice, "title", N_("Title"), 4),
            column(voice, "promise", N_("Promise"), 2),
            column(voice, "severity", N_("Severity"), 2),
            column(voice, "due", N_("Due"), 3),
            column(voice, "done", N_("Reached at"), 3),
            column(voice, "over", N_("Over by"), 2),
            column(voice, "grade", N_("Evidence"), 2),
        ),
        tuple(_missed(voice, missed_one) for missed_one in missed),
        own(voice, N_("No promise that fell due was missed.")),
    )
    if missed:
        yield Table(
            "explained",
            own(voice, N_("What they came from, and what is to be better")),
            (
                column(voice, "ticket", N_("Ticket"), 3),
                column(voice, "promise", N_("Promise"), 2),
                column(voice, "cause", N_("Cause"), 4),
                column(voice, "improvement", N_("Improvement"), 4),
                column(voice, "actions", N_("Corrective actions"), 4),
            ),
            tuple(_explained(voice, missed_one) for missed_one in missed),
            own(voice, N_("No promise that fell due was missed.")),
        )
        yield Prose(
            own(
                voice,
                N_(
                    "Causes and improvements are the provider's words. Where a corrective action was raised on the ticket, it stands with its last day and its state."
                ),
            ),
            "note",
        )


def _missed(voice: Voice, missed: MissedPromise) -> tuple[PaperCell, ...]:
    verdict = missed.breach.verdict
    ticket = voice.book.records.tickets.get(verdict.ticket)
    return (
        record(voice, verdict.ticket),
        written(voice, ticket.title if ticket else ""),
        promise(voice, verdict),
        named(voice, str(verdict.severity), voice.severity(verdict.severity)),
        due(voice, verdict),
        moment(voice, verdict.stop, verdict.stop_precision),
        PaperCell(said(Told(voice.overrun(verdict))), verdict.late_seconds, "bad", number=True),
        term(voice, "grade", verdict.grade.value),
    )


def _explained(voice: Voice, missed: MissedPromise) -> tuple[PaperCell, ...]:
    verdict, explanation = missed.breach.verdict, missed.breach.explanation
    nothing = PaperCell(own(voice, N_("not explained yet")), None, "warn")
    return (
        record(voice, verdict.ticket),
        promise(voice, verdict),
        nothing if explanation is None else written(voice, str(explanation.data["cause"])),
        NONE if explanation is None else written(voice, str(explanation.data["improvement"])),
        _actions(voice, missed.actions),
    )


def _actions(voice: Voice, actions: tuple[Action, ...]) -> PaperCell:
    if not actions:
        return PaperCell(own(voice, N_("none")), None, "muted")
    told = [
        voice.language.text(
            N_("{text} (by {day}, {state})"),
            text=voice.shown(action.text),
            day=action.due.isoformat(),
            state=voice.language.text(N_("overdue"))
            if action.overdue
            else voice.language.term("state", action.state.value),
        )
        for action in actions
    ]
    value = " ".join(f"{action.id}={action.state.value}" for action in actions)
    late = any(action.overdue for action in actions)
    return PaperCell(said(Told(joined(voice, told))), value, "bad" if late else "")


PART = ReportPart(key="breaches", title=N_("Promises that were missed"), place=40, tell=_tell)
