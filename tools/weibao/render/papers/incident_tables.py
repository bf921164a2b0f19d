"""The tables of the report on an incident: what was owed, what happened when, what was missed, what came before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.edition.withheld import Told
from weibao.render.papers.cells import (
    NONE,
    column,
    moment,
    own,
    person,
    record,
    severity,
    stated,
    term,
    written,
)
from weibao.render.papers.paper import (
    PaperCell,
    Table,
    said,
)
from weibao.render.papers.ticket_blocks import (
    step_told,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weibao.history.proven import ProvenEntry
    from weibao.render.edition.voice import Voice
    from weibao.render.papers.paper import Mood
    from weibao.report.papers.grave_incidents import ReviewOwed
    from weibao.report.papers.incident_report import IncidentReport, PromiseTold


def what_was_missed(voice: Voice, missed: Sequence[PromiseTold]) -> Table:
    """What was said of each promise that was missed."""
    return Table(
        "missed",
        own(voice, N_("What was missed, and what was said of it")),
        (
            column(voice, "promise", N_("Promise"), 2),
            column(voice, "cause", N_("Cause"), 4),
            column(voice, "improvement", N_("Improvement"), 4),
            column(voice, "by", N_("By"), 2),
        ),
        tuple(_missed(voice, kept) for kept in missed),
        own(voice, N_("None was missed.")),
    )


def editions_owed(voice: Voice, told: IncidentReport) -> Table:
    """The editions of the review that the contract asks for, and when each was recorded."""
    return Table(
        "editions",
        own(voice, N_("Editions of the review that the contract asks for")),
        (
            column(voice, "edition", N_("Edition"), 2),
            column(voice, "due", N_("Due"), 2),
            column(voice, "there", N_("Recorded"), 2),
        ),
        tuple(_edition(voice, owed) for owed in told.owed),
        own(voice, N_("The contract asks for none.")),
    )


def _edition(voice: Voice, owed: ReviewOwed) -> tuple[PaperCell, ...]:
    mood: Mood = "bad" if owed.late else ""
    there = (
        stated(voice, N_("not yet"), None, mood)
        if owed.done is None
        else replace(moment(voice, owed.done), mood=mood)
    )
    return term(voice, "review_edition", owed.edition), moment(voice, owed.due), there


def timeline_of(voice: Voice, told: IncidentReport) -> Table:
    """Every step, as it was claimed and by the evidence."""
    return Table(
        "timeline",
        own(voice, N_("Timeline")),
        (
            column(voice, "claimed", N_("Claimed"), 2),
            column(voice, "effective", N_("By the evidence"), 2),
            column(voice, "grade", N_("Grade")),
            column(voice, "step", N_("Step"), 2),
            column(voice, "by", N_("By"), 2),
            column(voice, "told", N_("Remarks"), 6),
        ),
        tuple(_step(voice, step) for step in told.timeline),
        own(voice, N_("Nothing to show.")),
    )


def _step(voice: Voice, step: ProvenEntry) -> tuple[PaperCell, ...]:
    name, grade = step.entry.event, step.grade.value
    effective = moment(voice, step.effective, step.precision)
    differs = voice.moment(step.effective) != voice.moment(step.entry.at)
    return (
        moment(voice, step.entry.at, step.precision),
        PaperCell(effective.said, effective.value, "warn" if differs else ""),
        PaperCell(said(Told(grade)), grade),
        PaperCell(said(Told(voice.event("ticket", name))), name),
        person(voice, step.entry.by),
        step_told(voice, "ticket", step),
    )


def _missed(voice: Voice, kept: PromiseTold) -> tuple[PaperCell, ...]:
    verdict, told = kept.verdict, kept.explanation
    name = PaperCell(
        said(Told(voice.promise_called(verdict))), f"{verdict.target}-{verdict.occurrence}"
    )
    if told is None:
        return (name, stated(voice, N_("Nobody has explained it yet."), None, "bad"), NONE, NONE)
    return (
        name,
        written(voice, told.data["cause"]),
        written(voice, told.data["improvement"]),
        person(voice, told.by),
    )


def faults_before(voice: Voice, told: IncidentReport) -> Table:
    """Faults of the same equipment before."""
    return Table(
        "before",
        own(
            voice,
            N_(
                "Faults of the same equipment in the 90 days before; those whose cause is coded otherwise left out"
            ),
        ),
        (
            column(voice, "ticket", N_("Ticket"), 3),
            column(voice, "title", N_("Title"), 5),
            column(voice, "severity", N_("Severity")),
            column(voice, "reported", N_("Reported"), 2),
            column(voice, "repeat", N_("Repeat of it"), 2),
        ),
        tuple(
            (
                record(voice, ticket.id),
                written(voice, ticket.title),
                severity(voice, ticket.severity),
                moment(voice, ticket.reported_at, ticket.reported_precision),
                stated(voice, N_("within 30 days"), "repeat", "warn")
                if ticket.id == told.repeats
                else NONE,
            )
            for ticket in told.before
        ),
        own(voice, N_("There was none.")),
    )
