"""The rounds of inspection: what was looked at, what was found, where values go, and what nobody looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.edition.withheld import Told
from weibao.render.papers.cells import (
    NONE,
    asset,
    column,
    day,
    moment,
    named,
    number,
    own,
    record,
    records,
    share,
    term,
    written,
)
from weibao.render.papers.paper import PaperCell, Prose, Table, said
from weibao.render.papers.parts.planned import ROUND_MOODS
from weibao.render.papers.report_part import ReportPart
from weibao.report.papers.rounds_told import LAST, UNSEEN, Drift, report_rounds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.entry import Entry
    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block, Mood
    from weibao.report.papers.period_report import PeriodReport
    from weibao.report.papers.rounds_told import LeftOut, ReportRounds, RoundTold, TrendTold

_STATUS: dict[str, Mood] = {"ok": "good", "warning": "warn", "failed": "bad"}
_COURSES = {Drift.RISING: N_("rising"), Drift.FALLING: N_("falling")}


def _tell(commission: Commission, report: PeriodReport) -> Iterator[Block]:
    voice = commission.voice
    told = report_rounds(report, voice.book)
    if not told.planned and not told.rounds:
        yield Prose(own(voice, N_("The plan has no inspections.")))
        return
    yield _rounds(voice, told)
    yield _found(voice, told)
    yield _trends(voice, told)
    yield _left_out(voice, told)
    yield _unseen(voice, told)
    if told.unplanned:
        yield Prose(
            own(
                voice,
                N_("Equipment under maintenance that no round has been to look at: {number}."),
                number=told.unplanned,
            ),
            "note",
        )


def _rounds(voice: Voice, told: ReportRounds) -> Table:
    return Table(
        "rounds",
        own(voice, N_("Rounds whose last day on time was in the period")),
        (
            column(voice, "work", N_("Round"), 4),
            column(voice, "planned_for", N_("Planned for"), 2),
            column(voice, "due", N_("Due by"), 2),
            column(voice, "done", N_("Done on"), 2),
            column(voice, "state", N_("State"), 2),
            column(voice, "assets", N_("Equipment"), 2),
            column(voice, "items", N_("Items"), 2),
            column(voice, "warnings", N_("Warnings")),
            column(voice, "failures", N_("Failed")),
            column(voice, "records", N_("Record"), 3),
        ),
        tuple(_round(voice, of) for of in told.rounds),
        own(voice, N_("No round fell due.")),
    )


def _round(voice: Voice, told: RoundTold) -> tuple[PaperCell, ...]:
    work, coverage = told.work, told.work.coverage
    return (
        named(voice, work.plan, voice.work(work.plan)),
        day(work.planned_for),
        day(work.due),
        day(work.done_on),
        term(voice, "round_state", work.state, ROUND_MOODS.get(work.state, "")),
        NONE if coverage is None else share(voice, coverage.assets),
        NONE if coverage is None else share(voice, coverage.checks),
        number(voice, told.warnings),
        number(voice, told.failures),
        records(voice, work.records),
    )


def _found(voice: Voice, told: ReportRounds) -> Table:
    return Table(
        "inspection_findings",
        own(voice, N_("What failed or gave a warning")),
        (
            column(voice, "at", N_("Checked"), 3),
            column(voice, "asset", N_("Equipment"), 4),
            column(voice, "item", N_("Item"), 3),
            column(voice, "value", N_("Value"), 2),
            column(voice, "status", N_("Result"), 2),
            column(voice, "ticket", N_("Ticket"), 3),
            column(voice, "note", N_("Note"), 4),
        ),
        tuple(_finding(voice, entry) for _, entry in told.found),
        own(voice, N_("Nothing that was looked at failed or gave a warning.")),
    )


def _finding(voice: Voice, entry: Entry) -> tuple[PaperCell, ...]:
    data, ticket = entry.data, entry.data.get("ticket", "")
    status = data["status"]
    no_ticket = PaperCell(own(voice, N_("no ticket")), None, "muted")
    return (
        moment(voice, entry.at, entry.precision),
        asset(voice, data["asset"]),
        named(voice, data["item"], voice.check_item(data["item"])),
        _measured(voice, data.get("value", ""), data.get("unit", "")),
        term(voice, "check_status", status, _STATUS.get(status, "")),
        record(voice, ticket) if ticket else no_ticket,
        written(voice, entry.note),
    )


def _measured(voice: Voice, value: str | float, unit: str) -> PaperCell:
    if value == "":
        return NONE
    told = f"{voice.measured(value)} {unit}".strip()
    return written(voice, told) if isinstance(value, str) else PaperCell(said(Told(told)), told)


def _trends(voice: Voice, told: ReportRounds) -> Table:
    return Table(
        "trends",
        own(
            voice,
            N_(
                "Measured values that went towards a limit at the last {last} readings, or were not well at the last; of {measured} measured"
            ),
            last=LAST,
            measured=told.measured,
        ),
        (
            column(voice, "asset", N_("Equipment"), 4),
            column(voice, "item", N_("Item"), 3),
            column(voice, "before", N_("Before"), 4),
            column(voice, "now", N_("Last measured"), 2),
            column(voice, "course", N_("Trend"), 2),
            column(voice, "status", N_("Result"), 2),
        ),
        tuple(_trend(voice, trend) for trend in told.trends),
        own(
            voice,
            N_("No measured value went towards a limit or was not well, of {measured} measured."),
            measured=told.measured,
        ),
    )


def _trend(voice: Voice, trend: TrendTold) -> tuple[PaperCell, ...]:
    *before, now = [_measured(voice, reading.value, trend.unit) for reading in trend.last]
    status = trend.last[-1].status
    return (
        asset(voice, trend.asset),
        named(voice, trend.item, voice.check_item(trend.item)),
        PaperCell(
            said(Told(" → ".join(cell.said.texts[0] for cell in before))),
            " ".join(str(cell.value) for cell in before),
        )
        if before
        else NONE,
        now,
        NONE
        if trend.course is None
        else PaperCell(own(voice, _COURSES[trend.course]), trend.course.value, "warn"),
        term(voice, "check_status", status, _STATUS.get(status, "")),
    )


def _left_out(voice: Voice, told: ReportRounds) -> Table:
    return Table(
        "not_inspected",
        own(voice, N_("What nobody looked at in these rounds, and why")),
        (
            column(voice, "work", N_("Round"), 3),
            column(voice, "planned_for", N_("Planned for"), 2),
            column(voice, "asset", N_("Equipment"), 4),
            column(voice, "items", N_("Items left")),
            column(voice, "reason", N_("Reason"), 4),
            column(voice, "inspection", N_("Record"), 3),
        ),
        tuple(_left(voice, left) for left in told.left_out),
        own(voice, N_("Everything that these rounds were to look at was looked at.")),
    )


def _left(voice: Voice, left: LeftOut) -> tuple[PaperCell, ...]:
    why = N_("the reason is not shown here") if left.skipped else N_("nobody says why")
    nobody = PaperCell(own(voice, why), None, "warn")
    return (
        named(voice, left.plan, voice.work(left.plan)),
        day(left.day),
        asset(voice, left.asset),
        number(voice, left.items),
        written(voice, left.reason) if left.reason else nobody,
        record(voice, left.inspection) if left.inspection else NONE,
    )


def _unseen(voice: Voice, told: ReportRounds) -> Table:
    days = UNSEEN.days
    return Table(
        "unseen",
        own(
            voice,
            N_("Equipment of the plan not inspected for more than {days} days"),
            days=days,
        ),
        (
            column(voice, "asset", N_("Equipment"), 4),
            column(voice, "last", N_("Last inspected"), 2),
            column(voice, "days", N_("Days")),
        ),
        tuple(
            (
                asset(voice, unseen.asset),
                PaperCell(own(voice, N_("never")), None, "warn")
                if unseen.last is None
                else day(unseen.last),
                number(voice, unseen.days),
            )
            for unseen in told.unseen
        ),
        own(voice, N_("Each piece of the plan was inspected within {days} days."), days=days),
    )


PART = ReportPart(key="inspections", title=N_("Inspections"), place=80, tell=_tell)
