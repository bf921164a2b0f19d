"""The promises: by target and severity, month by month, what was restated, and how long things took."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.edition.withheld import Told
from weibao.render.papers.cells import (
    NONE,
    column,
    joined,
    length,
    moment,
    month,
    named,
    number,
    outcome,
    own,
    record,
    share,
    term,
)
from weibao.render.papers.paper import PaperCell, Prose, Table, TableColumn, said
from weibao.render.papers.report_part import ReportPart
from weibao.render.words.figures import group_told
from weibao.report.papers.over_months import months_shown, over_report
from weibao.report.papers.promises import report_promises

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block
    from weibao.report.closed_months import Restated
    from weibao.report.figure import Measured
    from weibao.report.papers.period_report import PeriodReport
    from weibao.report.papers.promises import PromisesOf, ReportPromises
    from weibao.sla.verdict import Verdict

_TIMES = ("respond_time", "arrive_time", "restore_time", "restore_time_contract")

_READING = N_(
    "Each promise counts in the month in which it fell due. “Kept” is of those kept and missed; what was waived or cancelled, runs, or cannot be judged is in neither. “On claims” is were every claim believed; “at worst” were nobody believed but outside witnesses, signatures and documents."
)


def _tell(commission: Commission, report: PeriodReport) -> Iterator[Block]:
    voice, told = commission.voice, report_promises(report)
    yield Prose(own(voice, _READING), "note")
    yield _months(voice, told)
    yield _by_target(voice, told)
    yield _shares(voice, report, told)
    yield _restated(voice, report)
    yield _times(voice, report)


def _counts(voice: Voice, of: PromisesOf) -> tuple[PaperCell, ...]:
    promises = of.promises
    return (
        number(voice, promises.met),
        number(voice, promises.breached),
        number(voice, promises.waived),
        number(voice, promises.cancelled),
        number(voice, promises.running),
        number(voice, promises.undetermined),
        share(voice, promises.kept),
        share(voice, promises.kept_on_claim),
        share(voice, of.at_worst),
    )


def _count_columns(voice: Voice) -> tuple[TableColumn, ...]:
    return (
        *(
            TableColumn(word, said(Told(voice.language.term("outcome", word))))
            for word in ("met", "breached", "waived", "cancelled", "running", "undetermined")
        ),
        column(voice, "kept", N_("Share kept"), 2),
        column(voice, "on_claim", N_("On claims"), 2),
        column(voice, "at_worst", N_("At worst"), 2),
    )


def _months(voice: Voice, told: ReportPromises) -> Table:
    return Table(
        "promises_by_month",
        own(voice, N_("Promises by month")),
        (
            column(voice, "month", N_("Month"), 2),
            column(voice, "closed", N_("Month closed")),
            *_count_columns(voice),
            column(voice, "restated", N_("Restated since")),
        ),
        tuple(
            (
                month(voice, of.month),
                PaperCell(
                    own(voice, N_("month closed") if of.closed else N_("provisional")), of.closed
                ),
                *_counts(voice, of.of),
                number(voice, of.restated),
            )
            for of in told.months
        ),
        own(voice, N_("There is no month to tell of.")),
    )


def _by_target(voice: Voice, told: ReportPromises) -> Table:
    return Table(
        "promises_by_target",
        own(voice, N_("Promises by target and severity")),
        (
            column(voice, "target", N_("Target"), 2),
            column(voice, "severity", N_("Severity"), 2),
            *_count_columns(voice),
        ),
        tuple(
            (
                term(voice, "target", row.target),
                named(voice, str(row.severity), voice.severity(row.severity)),
                *_counts(voice, row.of),
            )
            for row in told.rows
        ),
        own(voice, N_("No promise fell due.")),
    )


def _shares(voice: Voice, report: PeriodReport, told: ReportPromises) -> Table:
    return Table(
        "promises_kept",
        own(voice, N_("Promises kept, month by month")),
        (
            column(voice, "target", N_("Target"), 2),
            column(voice, "severity", N_("Severity"), 2),
            *(
                TableColumn(shown.name, said(Told(voice.month(shown.name))), 2)
                for shown in months_shown(report)
            ),
        ),
        tuple(
            (
                term(voice, "target", row.target),
                named(voice, str(row.severity), voice.severity(row.severity)),
                *(share(voice, kept) for kept in row.shares),
            )
            for row in told.rows
        ),
        own(voice, N_("No promise fell due.")),
    )


def _restated(voice: Voice, report: PeriodReport) -> Table:
    return Table(
        "restated",
        own(voice, N_("Promises of closed months that have come out otherwise since")),
        (
            column(voice, "month", N_("Month"), 2),
            column(voice, "ticket", N_("Ticket"), 3),
            column(voice, "promise", N_("Promise"), 2),
            column(voice, "closed", N_("As closed"), 2),
            column(voice, "now", N_("As it stands"), 2),
            column(voice, "landed", N_("Landed"), 2),
        ),
        tuple(_one_restated(voice, restated) for restated in report.restated),
        own(voice, N_("None has: what the months were closed with stands as it was.")),
    )


def _one_restated(voice: Voice, restated: Restated) -> tuple[PaperCell, ...]:
    turned = restated.turned

    def came_out(verdict: Verdict | None) -> PaperCell:
        return NONE if verdict is None else outcome(voice, verdict)

    return (
        month(voice, restated.month),
        record(voice, turned.verdict.ticket),
        promise(voice, turned.verdict),
        came_out(turned.before),
        came_out(turned.after),
        moment(voice, restated.landed),
    )


def promise(voice: Voice, verdict: Verdict) -> PaperCell:
    """A promise by its target, and its number where it has one."""
    value = f"{verdict.target} {verdict.occurrence}"
    return PaperCell(said(Told(voice.promise_called(verdict))), value)


def _times(voice: Voice, report: PeriodReport) -> Table:
    figures = [over_report(report, name) for name in _TIMES]
    return Table(
        "times",
        own(voice, N_("How long faults took, by what stopped the clock in the period")),
        (
            column(voice, "figure", N_("Figure"), 3),
            column(voice, "of", N_("Told apart by"), 2),
            column(voice, "number", N_("Count")),
            column(voice, "mean", N_("Mean"), 2),
            column(voice, "p50", N_("Median"), 2),
            column(voice, "p90", N_("90th percentile"), 2),
            column(voice, "worst", N_("At most"), 2),
            column(voice, "on_claim", N_("Mean on claims"), 2),
        ),
        tuple(
            _time(voice, part)
            for figure in figures
            for part in (figure.groups.values() if figure.groups else ())
            if part.lengths
        ),
        own(voice, N_("No clock of a fault stopped.")),
    )


def _time(voice: Voice, measured: Measured) -> tuple[PaperCell, ...]:
    """Of few a percentile says nothing: they are told one by one."""
    spread, figure, lengths = measured.spread, measured.figure, measured.lengths
    group = group_told(figure, measured.group, voice.book.records, voice.language)
    return (
        PaperCell(own(voice, figure.title), figure.name),
        named(voice, measured.group, group),
        number(voice, len(measured.lengths)),
        length(voice, measured.mean),
        length(voice, spread.median) if spread else _each(voice, lengths),
        length(voice, spread.ninetieth if spread else None),
        length(voice, lengths[-1]),
        length(voice, measured.mean_on_claim),
    )


def _each(voice: Voice, lengths: Sequence[int]) -> PaperCell:
    told = joined(voice, map(voice.length, lengths))
    return PaperCell(said(Told(told)), " ".join(map(str, lengths)))


PART = ReportPart(key="compliance", title=N_("Service levels"), place=30, tell=_tell)
