"""Escalations: every rung of the ladder that a promise reached, whether it was climbed, and who was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.papers.cells import NONE, column, moment, number, own, persons, record, term
from weibao.render.papers.figure_table import figure_table
from weibao.render.papers.paper import PaperCell, Prose, Table, said
from weibao.render.papers.report_part import ReportPart
from weibao.report.papers.over_months import period_of_month
from weibao.report.rungs import rungs_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block, Mood
    from weibao.report.papers.period_report import PeriodReport
    from weibao.report.rungs import Climb, RungOfPromise

FIGURES = ("escalation", "escalation_late", "escalation_never")

CLIMBS: dict[Climb, tuple[str, Mood]] = {
    "in_time": (N_("climbed in time"), "good"),
    "late": (N_("climbed late"), "warn"),
    "never": (N_("not climbed"), "bad"),
}


def _tell(commission: Commission, report: PeriodReport) -> Iterator[Block]:
    voice = commission.voice
    yield figure_table(voice, report, "escalation_figures", N_("Escalation in figures"), FIGURES)
    yield Table(
        "rungs",
        own(voice, N_("Every rung that a promise reached")),
        (
            column(voice, "ticket", N_("Ticket"), 3),
            column(voice, "target", N_("Target"), 2),
            column(voice, "percent", N_("Used up")),
            column(voice, "level", N_("Rung")),
            column(voice, "roles", N_("To be told"), 2),
            column(voice, "due", N_("Due"), 2),
            column(voice, "climbed", N_("Told at"), 2),
            column(voice, "result", N_("Result")),
            column(voice, "told", N_("Who was told"), 2),
        ),
        tuple(
            _rung(voice, rung)
            for month in report.months
            for rung in rungs_in(month.book, period_of_month(month))
        ),
        own(voice, N_("No rung fell due.")),
    )
    yield Prose(
        own(
            voice,
            N_(
                "A rung is due five minutes of working time after its share of the target is used up, and climbed when everybody who belongs there has been told. Promises that were waived or cancelled, or are late on their evidence alone, have none, nor has silence towards the customer."
            ),
        ),
        "note",
    )


def _rung(voice: Voice, rung: RungOfPromise) -> tuple[PaperCell, ...]:
    """Of a step that is not for this reader neither its time nor whom it told is said."""
    verdict, reached = rung.verdict, rung.reached
    open_to = {proven.entry.index for proven in voice.book.proofs[verdict.ticket].entries}
    told = [step.entry for step in rung.told if step.entry.index in open_to]
    all_told = len(told) == len(rung.told)
    word, mood = CLIMBS[rung.climb]
    roles = tuple(reached.rung.to)
    return (
        record(voice, verdict.ticket),
        term(voice, "target", verdict.target),
        PaperCell(said(f"{reached.rung.at_percent}%"), reached.rung.at_percent, number=True),
        number(voice, reached.rung.level),
        PaperCell(said(voice.shown(voice.roles(roles))), " ".join(roles)),
        moment(voice, reached.due),
        moment(voice, rung.climbed) if all_told else NONE,
        PaperCell(said(voice.language.text(word)), rung.climb, mood),
        persons(voice, [str(entry.data["to"]) for entry in told]),
    )


PART = ReportPart(key="escalations", title=N_("Escalations"), place=110, tell=_tell)
