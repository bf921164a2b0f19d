"""Evidence: how well the entries are supported, what came late, what was corrected, and what stopped the clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.paths import kind_of
from weibao.render.edition.withheld import Told
from weibao.render.papers.cells import (
    NONE,
    column,
    details,
    length,
    moment,
    number,
    own,
    person,
    record,
    severity,
    term,
    verbatim,
)
from weibao.render.papers.figure_table import figure_table, months_of_table
from weibao.render.papers.paper import PaperCell, Table, said
from weibao.render.papers.report_part import ReportPart
from weibao.report.papers.graded import graded
from weibao.report.papers.off_the_clock import paused_for
from weibao.report.papers.told_entries import corrections, late_entries, lowered_severities

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block
    from weibao.report.audit.behind import EntryBehind
    from weibao.report.papers.off_the_clock import PausedFor
    from weibao.report.papers.period_report import PeriodReport
    from weibao.report.papers.told_entries import LoweredSeverity

FIGURES = ("evidence", "entry_lateness", "vouched", "flips")


def _tell(commission: Commission, report: PeriodReport) -> Iterator[Block]:
    voice = commission.voice
    yield figure_table(voice, report, "evidence_figures", N_("The evidence in figures"), FIGURES)
    yield _grades(voice, report)
    yield _late(voice, report)
    yield _pauses(voice, report)
    yield _corrections(voice, report)
    yield _lowered(voice, report)


def _grades(voice: Voice, report: PeriodReport) -> Table:
    return Table(
        "entry_grades",
        own(voice, N_("Entries by grade")),
        (
            column(voice, "grade", N_("Grade")),
            column(voice, "meaning", N_("Meaning"), 3),
            *months_of_table(voice, report),
        ),
        tuple(
            (
                PaperCell(said(row.grade.value), row.grade.value),
                term(voice, "grade", row.grade.value),
                *(number(voice, counted) for counted in row.counts),
            )
            for row in graded(report)
        ),
        own(voice, N_("There is no entry.")),
    )


def _late(voice: Voice, report: PeriodReport) -> Table:
    return Table(
        "late_entries",
        own(voice, N_("Register of late entries")),
        (
            column(voice, "record", N_("Record"), 3),
            column(voice, "event", N_("Step"), 2),
            column(voice, "by", N_("By"), 2),
            column(voice, "claimed", N_("Claimed"), 2),
            column(voice, "evidence", N_("Evidence"), 2),
            column(voice, "lateness", N_("Late by"), 2),
            column(voice, "grade", N_("Grade")),
        ),
        tuple(_late_entry(voice, behind) for behind in late_entries(voice.book, report.period)),
        own(voice, N_("No entry came late.")),
    )


def _record(voice: Voice, key: str) -> PaperCell:
    """A record by its id; a file that is there once, and the close of a month, by its path."""
    path = voice.book.paths[key]
    return record(voice, key) if kind_of(path) in _IDENTIFIED else verbatim(path)


_IDENTIFIED = frozenset({"ticket", "inspection", "shift"})


def _kind(voice: Voice, behind: EntryBehind) -> str:
    return kind_of(voice.book.paths[behind.record]) or ""


def _event(voice: Voice, behind: EntryBehind) -> PaperCell:
    """The event as its kind of record calls it: one name is another step in the log of another kind."""
    name = behind.proven.entry.event
    return PaperCell(said(Told(voice.event(_kind(voice, behind), name))), name)


def _late_entry(voice: Voice, behind: EntryBehind) -> tuple[PaperCell, ...]:
    proven = behind.proven
    entry = proven.entry
    return (
        _record(voice, behind.record),
        _event(voice, behind),
        person(voice, entry.by),
        moment(voice, entry.at),
        moment(voice, proven.evidence),
        length(voice, proven.lateness),
        PaperCell(said(proven.grade.value), proven.grade.value),
    )


def _pauses(voice: Voice, report: PeriodReport) -> Table:
    return Table(
        "pauses",
        own(voice, N_("What pauses took off the clock of the promise to resolve, by reason")),
        (
            column(voice, "reason", N_("Reason"), 3),
            column(voice, "pauses", N_("Pauses")),
            column(voice, "tickets", N_("Tickets")),
            column(voice, "seconds", N_("Hours taken off the clock"), 2),
            column(voice, "wall", N_("Hours on the wall"), 2),
        ),
        tuple(_pause(voice, paused) for paused in paused_for(report.book, report.period)),
        own(voice, N_("No clock was stopped.")),
    )


def _pause(voice: Voice, paused: PausedFor) -> tuple[PaperCell, ...]:
    return (
        term(voice, "pause_reason", paused.reason),
        number(voice, paused.pauses),
        number(voice, paused.tickets),
        _hours(voice, paused.hours, paused.seconds),
        _hours(voice, paused.wall_hours, paused.wall),
    )


def _hours(voice: Voice, hours: Fraction, seconds: int) -> PaperCell:
    return PaperCell(
        said(voice.shown(voice.language.decimal(hours))),
        seconds,
        number=True,
    )


def _corrections(voice: Voice, report: PeriodReport) -> Table:
    return Table(
        "corrections",
        own(voice, N_("Corrections and countersignatures")),
        (
            column(voice, "record", N_("Record"), 3),
            column(voice, "at", N_("Time"), 2),
            column(voice, "event", N_("Step"), 2),
            column(voice, "by", N_("By"), 2),
            column(voice, "hand", N_("Whose word"), 2),
            column(voice, "what", N_("What was said"), 5),
        ),
        tuple(_correction(voice, behind) for behind in corrections(voice.book, report.period)),
        own(voice, N_("Nothing was corrected or countersigned.")),
    )


def _correction(voice: Voice, behind: EntryBehind) -> tuple[PaperCell, ...]:
    proven = behind.proven
    entry, hand = proven.entry, proven.hand
    return (
        _record(voice, behind.record),
        moment(voice, proven.effective, proven.precision),
        _event(voice, behind),
        person(voice, entry.by),
        term(voice, "hand", hand.value) if hand else NONE,
        PaperCell(details(voice, _kind(voice, behind), entry), entry.index),
    )


def _lowered(voice: Voice, report: PeriodReport) -> Table:
    return Table(
        "lowered_severities",
        own(voice, N_("Severities lowered, and with whose consent")),
        (
            column(voice, "ticket", N_("Ticket"), 3),
            column(voice, "at", N_("Time"), 2),
            column(voice, "before", N_("From"), 2),
            column(voice, "after", N_("To"), 2),
            column(voice, "consent_by", N_("Consented by"), 2),
            column(voice, "by", N_("Recorded by"), 2),
        ),
        tuple(
            _lowering(voice, lowered) for lowered in lowered_severities(report.book, report.period)
        ),
        own(voice, N_("No severity was lowered.")),
    )


def _lowering(voice: Voice, lowered: LoweredSeverity) -> tuple[PaperCell, ...]:
    entry = lowered.step.entry
    return (
        record(voice, lowered.ticket),
        moment(voice, lowered.step.instant, lowered.step.precision),
        severity(voice, lowered.before),
        severity(voice, lowered.after),
        person(voice, str(entry.data.get("consent_by", ""))),
        person(voice, entry.by),
    )


PART = ReportPart(key="evidence", title=N_("Quality of the evidence"), place=130, tell=_tell)
