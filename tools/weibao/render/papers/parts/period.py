"""What came in, what was closed, what is open, and what it was about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.instant import midnight
from weibao.render.edition.charts import FlowColumn, flow, on_paper
from weibao.render.edition.withheld import Told
from weibao.render.papers.cells import asset, column, month, named, number, own, term
from weibao.render.papers.paper import NOTHING, PaperCell, Picture, Prose, Table, TableColumn, said
from weibao.render.papers.report_part import ReportPart
from weibao.render.words.names import cause_called
from weibao.report.papers.over_months import months_shown
from weibao.report.papers.traffic import BAND, traffic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block
    from weibao.report.papers.period_report import PeriodReport
    from weibao.report.papers.traffic import Breakdown, Flow, Traffic, WeekdayHours

_COUNTED = N_(
    "Faults, consultations and requests that were not cancelled, by when the evidence shows them reported. Complaints apart: {complaints}; brought in from an old register and apart: {imported}. What bears on several sites, services or pieces of equipment counts for each."
)

_CAPTIONS = {
    "kind": N_("Reported, by kind"),
    "severity": N_("Reported, by severity"),
    "channel": N_("Reported, by the way in"),
    "site": N_("Reported, by site"),
    "service": N_("Reported, by service"),
    "asset": N_("Reported, by equipment"),
    "cause": N_("Faults resolved, by cause"),
    "responsible": N_("Faults resolved, by who answers for them"),
}
_HEADS = {
    "kind": N_("Kind"),
    "severity": N_("Severity"),
    "channel": N_("Way in"),
    "site": N_("Site"),
    "service": N_("Service"),
    "asset": N_("Equipment"),
    "cause": N_("Cause"),
    "responsible": N_("Responsible side"),
}
_KEYS = {"kind": "by_ticket_kind"}
_WORDS: dict[str, Callable[[Voice, str], PaperCell]] = {
    "kind": lambda voice, word: term(voice, "ticket_kind", word),
    "severity": lambda voice, word: named(voice, word, voice.severity(int(word))),
    "channel": lambda voice, word: term(voice, "channel", word),
    "site": lambda voice, word: named(voice, word, voice.site(word)),
    "service": lambda voice, word: named(voice, word, voice.service(word)),
    "asset": asset,
    "cause": lambda voice, word: named(
        voice, word, cause_called(voice.book.records, word, voice.language)
    ),
    "responsible": lambda voice, word: term(voice, "responsible", word),
}


def _tell(commission: Commission, report: PeriodReport) -> Iterator[Block]:
    voice, told = commission.voice, traffic(report)
    yield Prose(
        own(voice, _COUNTED, complaints=told.complaints, imported=told.imported),
        "note",
    )
    yield _flow(voice, "months", N_("What came and went, by month"), told.months)
    yield _picture(voice, told)
    if told.days:
        yield _flow(voice, "days", N_("What came and went, by day"), told.days)
    for breakdown in told.breakdowns:
        yield _breakdown(voice, report, breakdown)
    yield _week(voice, told.week)


def _flow(voice: Voice, key: str, caption: str, flows: tuple[Flow, ...]) -> Table:
    def named_flow(name: str) -> PaperCell:
        return month(voice, name) if key == "months" else PaperCell(said(Told(name)), name)

    return Table(
        key,
        own(voice, caption),
        (
            column(voice, "name", N_("Month") if key == "months" else N_("Day"), 2),
            column(voice, "reported", N_("Newly reported")),
            column(voice, "closed", N_("Closed")),
            column(voice, "cancelled", N_("Cancelled")),
            column(voice, "open", N_("Open at the end")),
        ),
        tuple(
            (
                named_flow(flow.name),
                number(voice, flow.reported),
                number(voice, flow.closed),
                number(voice, flow.cancelled),
                number(voice, flow.left_open),
            )
            for flow in flows
        ),
        NOTHING,
    )


def _picture(voice: Voice, told: Traffic) -> Picture:
    keys = tuple(map(voice.language.text, (N_("reported"), N_("closed"), N_("open"))))
    alt = own(
        voice,
        N_("Reported, closed and left open, day by day; the table below has the numbers.")
        if told.days
        else N_("Reported, closed and left open, month by month; the table above has the numbers."),
    )
    chart = flow(
        [
            FlowColumn(point.name[-2:], point.reported, point.closed, point.left_open)
            for point in told.days or told.months
        ],
        (keys[0], keys[1], keys[2]),
        alt.texts[0],
    )
    return Picture("svg", on_paper(chart), alt)


def _breakdown(voice: Voice, report: PeriodReport, breakdown: Breakdown) -> Table:
    by, several = breakdown.by, len(report.months) > 1

    def called(word: str) -> PaperCell:
        return _WORDS[by](voice, word) if word else _not_stated(voice)

    return Table(
        _KEYS.get(by, f"by_{by}"),
        own(voice, _CAPTIONS[by]),
        (
            column(voice, "what", _HEADS[by], 3),
            *(
                TableColumn(shown.name, said(Told(voice.month(shown.name))))
                for shown in months_shown(report)
            ),
            *((column(voice, "together", N_("Together")),) if several else ()),
        ),
        tuple(
            (
                called(word),
                *(number(voice, count) for count in counts),
                *((number(voice, total),) if several else ()),
            )
            for (word, counts), total in zip(breakdown.rows, breakdown.totals, strict=True)
        ),
        own(voice, N_("There was none.")),
    )


def _not_stated(voice: Voice) -> PaperCell:
    return PaperCell(own(voice, N_("not stated")), None, "muted")


def _week(voice: Voice, week: tuple[WeekdayHours, ...]) -> Table:
    bands = range(0, 24, BAND)
    return Table(
        "by_hour_of_week",
        own(voice, N_("Reported, by hour of the week")),
        (
            column(voice, "weekday", N_("Weekday"), 2),
            *(TableColumn(f"from_{hour:02d}", said(Told(f"{hour:02d}:00–"))) for hour in bands),
        ),
        tuple(
            (
                _weekday(voice, hours),
                *(number(voice, count) for count in hours.by_band),
            )
            for hours in week
        ),
        NOTHING,
    )


def _weekday(voice: Voice, hours: WeekdayHours) -> PaperCell:
    zone = voice.book.zone
    told = voice.language.moment(midnight(hours.day, zone), zone, pattern="EEEE")
    return PaperCell(said(Told(told)), hours.day.isoweekday())


PART = ReportPart(key="period", title=N_("What came in and what was done"), place=20, tell=_tell)
