"""What the customer thought of a period: scores by ticket and by dimension, in whose hand, and what followed low ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.events import SCORES
from weibao.render.edition.withheld import Told
from weibao.render.papers.cells import (
    NONE,
    column,
    field_head,
    moment,
    own,
    person,
    record,
    stated,
    term,
    written,
)
from weibao.render.papers.commission import PaperKind
from weibao.render.papers.figure_table import figure_cell, figure_table
from weibao.render.papers.paper import PaperCell, Section, Table, TableColumn, said
from weibao.render.papers.periodic import PROVISIONAL
from weibao.render.papers.record_paper import endorsed, record_paper, section
from weibao.render.papers.ticket_blocks import corrective_actions
from weibao.report.figures.satisfaction import DISCONTENT
from weibao.report.papers.over_months import over_report
from weibao.report.papers.satisfaction_told import satisfaction_told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.history.proven import ProvenEntry
    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block, Mood, Paper
    from weibao.report.papers.period_report import PeriodReport
    from weibao.report.papers.satisfaction_told import LowMark, SatisfactionTold

NAME = "satisfaction"

OF_TICKETS = ("scored", "satisfaction", "satisfied", "discontented")
OF_SURVEYS = ("survey_response", "survey")
HANDS = ("signed", "named", "reported")
"""From whose hand a score can be, the best first."""


def _write(commission: Commission) -> Paper:
    voice, report = commission.voice, commission.report
    assert report is not None, "it is told of a period"  # noqa: S101
    told = satisfaction_told(voice.book, commission.audit.whole, report.period)
    marks = (own(voice, PROVISIONAL),) if report.provisional else ()
    title = own(voice, N_("Customer satisfaction {period}"), period=report.name)
    return record_paper(commission, NAME, title, _sections(commission, report, told), marks)


def _sections(
    commission: Commission, report: PeriodReport, told: SatisfactionTold
) -> Iterator[Section]:
    voice = commission.voice
    caption = N_("Confirmed tickets")
    yield section(
        commission,
        "tickets",
        caption,
        (
            figure_table(voice, report, "figures", caption, OF_TICKETS),
            _hands(voice, report),
        ),
    )
    caption = N_("Surveys")
    yield section(
        commission,
        "surveys",
        caption,
        (
            figure_table(voice, report, "survey_figures", caption, OF_SURVEYS),
            _dimensions(voice, report),
            _surveys(voice, told.surveys),
        ),
    )
    yield section(commission, "low", N_("Low scores, and what followed"), _low(voice, told))
    yield from endorsed(commission, NAME)
    yield Section(
        "scores", own(voice, N_("Every score")), (_scored(voice, told.scored),), annex=True
    )


def _hands(voice: Voice, report: PeriodReport) -> Table:
    """The figures of the confirmations by the hand that they are in."""
    figures = [over_report(report, name) for name in OF_TICKETS]
    return Table(
        "by_hand",
        own(voice, N_("By whose word it is")),
        (
            column(voice, "hand", N_("Whose word"), 3),
            *(
                TableColumn(figure.figure.name, own(voice, figure.figure.title), 2)
                for figure in figures
            ),
        ),
        tuple(
            (
                term(voice, "hand", hand),
                *(figure_cell(voice, figure.groups.get(hand)) for figure in figures),
            )
            for hand in HANDS
        ),
        own(voice, N_("Nothing was confirmed.")),
    )


def _dimensions(voice: Voice, report: PeriodReport) -> Table:
    """What the surveys of the period came to by what was asked about."""
    groups = over_report(report, "survey").groups
    return Table(
        "dimensions",
        own(voice, N_("By what was asked about")),
        (
            column(voice, "about", N_("Of what"), 3),
            column(voice, "score", N_("Score"), 3),
        ),
        tuple(
            (
                PaperCell(field_head(voice, "reviews", "surveyed", key), key),
                figure_cell(voice, groups.get(key)),
            )
            for key in SCORES
        ),
        own(voice, N_("Nobody was asked.")),
    )


def _scored(voice: Voice, scored: Iterable[tuple[str, ProvenEntry]]) -> Table:
    return Table(
        "scores",
        own(voice, N_("Every score")),
        (
            column(voice, "ticket", N_("Ticket"), 3),
            column(voice, "at", N_("Confirmed at"), 3),
            column(voice, "contact", N_("Contact"), 2),
            column(voice, "hand", N_("Whose word"), 2),
            column(voice, "via", N_("Through"), 2),
            column(voice, "score", N_("Score")),
            column(voice, "words", N_("In words"), 5),
        ),
        tuple(
            (
                record(voice, ticket),
                moment(voice, step.effective, step.precision),
                person(voice, step.entry.data["contact"]),
                _hand(voice, step),
                term(voice, "via", step.entry.data["via"]),
                _score(step.entry.data["satisfaction"]),
                written(voice, step.entry.data.get("comment") or step.entry.note),
            )
            for ticket, step in scored
        ),
        own(voice, N_("No score was given.")),
    )


def _hand(voice: Voice, step: ProvenEntry) -> PaperCell:
    return term(voice, "hand", step.hand.value if step.hand else "")


def _score(score: int | None) -> PaperCell:
    if score is None:
        return NONE
    mood: Mood = "bad" if score <= DISCONTENT else ""
    return PaperCell(said(Told(str(score))), score, mood, number=True)


def _surveys(voice: Voice, surveys: Iterable[ProvenEntry]) -> Table:
    return Table(
        "surveys",
        own(voice, N_("Every survey")),
        (
            column(voice, "at", N_("Asked at"), 3),
            column(voice, "contact", N_("Contact"), 2),
            column(voice, "by", N_("Asked by"), 2),
            column(voice, "via", N_("Through"), 2),
            *(TableColumn(key, field_head(voice, "reviews", "surveyed", key)) for key in SCORES),
            column(voice, "words", N_("In words"), 4),
        ),
        tuple(
            (
                moment(voice, step.effective, step.precision),
                person(voice, step.entry.data["contact"]),
                person(voice, step.entry.by),
                term(voice, "via", step.entry.data["via"]),
                *(_score(step.entry.data.get(key)) for key in SCORES),
                written(voice, step.entry.data.get("comment") or step.entry.note),
            )
            for step in surveys
        ),
        own(voice, N_("Nobody was asked.")),
    )


def _low(voice: Voice, told: SatisfactionTold) -> Iterator[Block]:
    yield Table(
        "low",
        own(voice, N_("Every score of 3 or less")),
        (
            column(voice, "score", N_("Score")),
            column(voice, "about", N_("Of what"), 3),
            column(voice, "contact", N_("Contact"), 2),
            column(voice, "at", N_("Time"), 3),
            column(voice, "words", N_("In words"), 4),
            column(voice, "due", N_("To be called back by"), 3),
            column(voice, "answered", N_("Called back at"), 3),
            column(voice, "answer", N_("What the call-back came to"), 4),
        ),
        tuple(_mark(voice, mark) for mark in told.low),
        own(voice, N_("There is no score of 3 or less.")),
    )
    if told.actions:
        yield corrective_actions(voice, told.actions)


def _mark(voice: Voice, mark: LowMark) -> tuple[PaperCell, ...]:
    entry = mark.step.entry
    return (
        _score(mark.score),
        record(voice, mark.ticket)
        if mark.ticket
        else PaperCell(field_head(voice, "reviews", "surveyed", mark.about), mark.about),
        person(voice, entry.data["contact"]),
        moment(voice, mark.step.effective, mark.step.precision),
        written(voice, entry.data.get("comment") or entry.note),
        moment(voice, mark.due),
        _answered(voice, mark),
        _answer(voice, mark),
    )


def _answered(voice: Voice, mark: LowMark) -> PaperCell:
    if mark.due is None:
        return stated(voice, N_("not asked of a 3"), None, "muted")
    if mark.answered is None:
        return stated(voice, N_("nobody called back yet"), None, "bad" if mark.overdue else "warn")
    cell = moment(voice, mark.answered)
    return PaperCell(cell.said, cell.value, "warn" if mark.late else "good")


def _answer(voice: Voice, mark: LowMark) -> PaperCell:
    if mark.answer is None:
        return NONE
    entry = mark.answer.entry
    return written(voice, entry.data.get("text") or entry.note)


KIND = PaperKind(
    name=NAME,
    title=N_("Customer satisfaction"),
    explained=N_(
        "What the customer thought of a month or a quarter: the scores of its tickets and its surveys, in whose hand each is, and what followed the low ones."
    ),
    subject="quarter",
    place=64,
    write=_write,
)
