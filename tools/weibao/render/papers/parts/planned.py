"""The planned work that was done, and what comes in the month that follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.edition.calendar_words import entry_told, standing, times_told
from weibao.render.edition.public import public_calendar
from weibao.render.edition.withheld import Told
from weibao.render.papers.cells import (
    NONE,
    column,
    day,
    holds,
    moment,
    named,
    own,
    record,
    term,
    written,
)
from weibao.render.papers.paper import PaperCell, Table, said
from weibao.render.papers.report_part import ReportPart
from weibao.report.due.item import DueItem
from weibao.report.papers.planned_work import Placed, coming, planned_report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.operations.planned import DueWork
    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block, Mood
    from weibao.report.calendar import CalendarEntry
    from weibao.report.papers.period_report import PeriodReport
    from weibao.report.papers.planned_work import PlannedTicket

_PLACED: dict[Placed, tuple[str, Mood]] = {
    Placed.WITHIN: (N_("done within its window"), "good"),
    Placed.OUTSIDE: (N_("work outside its window"), "bad"),
    Placed.BEYOND: (N_("work beyond its window"), "bad"),
    Placed.MISSED: (N_("window missed, no work in it"), "bad"),
    Placed.CANCELLED: (N_("cancelled"), "muted"),
    Placed.OPEN: (N_("not finished"), ""),
}
ROUND_MOODS: dict[str, Mood] = {
    "done": "good",
    "done_late": "warn",
    "incomplete": "warn",
    "due": "",
    "overdue": "bad",
}
"""How the states of a round are coloured."""

_MOODS: dict[str, Mood] = {"ok": "good", "risk": "warn", "bad": "bad"}


def _tell(commission: Commission, report: PeriodReport) -> Iterator[Block]:
    voice, told = commission.voice, planned_report(report)
    yield Table(
        "planned_work",
        own(voice, N_("Planned work by tickets, each in a window of its own")),
        (
            column(voice, "ticket", N_("Ticket"), 3),
            column(voice, "kind", N_("Kind"), 2),
            column(voice, "title", N_("Title"), 4),
            column(voice, "from", N_("Window from"), 3),
            column(voice, "to", N_("Window to"), 3),
            column(voice, "finished", N_("Finished"), 3),
            column(voice, "placed", N_("Window kept"), 2),
            column(voice, "approved", N_("Approval"), 2),
            column(voice, "announced", N_("On record before"), 2),
            column(voice, "rollback", N_("Rollback"), 5),
        ),
        tuple(_ticket(voice, ticket) for ticket in told.tickets),
        own(voice, N_("There was no planned work.")),
    )
    yield _lines(voice, told.lines)
    yield _next(commission, report)


def _ticket(voice: Voice, told: PlannedTicket) -> tuple[PaperCell, ...]:
    ticket = voice.book.records.tickets[told.ticket]
    start, end = told.window or (None, None)
    word, mood = _PLACED[told.placed]
    return (
        record(voice, told.ticket),
        term(voice, "ticket_kind", told.kind),
        written(voice, ticket.title),
        moment(voice, start),
        moment(voice, end),
        moment(voice, told.finished),
        PaperCell(own(voice, word), told.placed.value, mood),
        holds(voice, told.approved),
        holds(voice, told.announced),
        written(voice, ticket.rollback),
    )


def _lines(voice: Voice, lines: tuple[DueWork, ...]) -> Table:
    return Table(
        "plan_kept",
        own(voice, N_("Work of the plan that fell due, inspections apart")),
        (
            column(voice, "work", N_("Planned work"), 4),
            column(voice, "planned_for", N_("Planned for"), 2),
            column(voice, "due", N_("Due by"), 2),
            column(voice, "done", N_("Done on"), 2),
            column(voice, "state", N_("State"), 2),
            column(voice, "record", N_("Record"), 3),
        ),
        tuple(
            (
                named(voice, work.plan, voice.work(work.plan)),
                day(work.planned_for),
                day(work.due),
                day(work.done_on),
                term(voice, "round_state", work.state, ROUND_MOODS.get(work.state, "")),
                record(voice, work.record) if work.record else NONE,
            )
            for work in lines
        ),
        own(voice, N_("Of the plan, inspections apart, nothing fell due.")),
    )


def _next(commission: Commission, report: PeriodReport) -> Table:
    voice = commission.voice
    calendar = coming(report, public_calendar(commission.audit, voice.audience))
    return Table(
        "next",
        own(voice, N_("What comes in the 31 days after")),
        (
            column(voice, "day", N_("Day"), 2),
            column(voice, "times", N_("Time"), 2),
            column(voice, "what", N_("What"), 6),
            column(voice, "standing", N_("State"), 3),
            column(voice, "record", N_("Record"), 3),
        ),
        tuple(_entry(voice, entry) for entry in calendar),
        own(voice, N_("Nothing is planned, falls due or ends.")),
    )


def _entry(voice: Voice, entry: CalendarEntry) -> tuple[PaperCell, ...]:
    (told, mood), times = standing(entry, voice), times_told(entry, voice)
    due = entry.told_of
    kind = due.kind if isinstance(due, DueItem) else entry.kind
    value = " ".join((kind.value, *entry.subject))
    known = entry.record in voice.book.paths
    return (
        day(entry.day),
        PaperCell(said(Told(times)), None) if times else NONE,
        PaperCell(said(voice.shown(entry_told(entry, voice))), value),
        PaperCell(said(voice.shown(told)), entry.state or None, _MOODS.get(mood, ""))
        if told
        else NONE,
        record(voice, entry.record) if known else NONE,
    )


PART = ReportPart(key="planned", title=N_("Planned work and what comes next"), place=70, tell=_tell)
