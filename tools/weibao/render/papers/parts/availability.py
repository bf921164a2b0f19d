"""How available services and equipment were, what troubled them, and how long equipment works between outages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.imported import Precision
from weibao.render.edition.withheld import Told
from weibao.render.papers.cells import (
    NONE,
    asset,
    column,
    fact,
    length,
    moment,
    named,
    number,
    own,
    percent,
    records,
    term,
    verbatim,
)
from weibao.render.papers.paper import (
    NOTHING,
    Facts,
    PaperCell,
    Prose,
    Table,
    TableColumn,
    said,
)
from weibao.render.papers.report_part import ReportPart
from weibao.render.words.figures import value_told
from weibao.report.papers.outages import report_availability
from weibao.report.papers.over_months import months_shown, over_report, written_figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.instant import Instant
    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block
    from weibao.report.figure import Measured
    from weibao.report.papers.outages import (
        ReportAvailability,
        ServiceMonths,
        ThingAvailability,
        TroubledStretch,
    )
    from weibao.report.papers.period_report import PeriodReport

_READING = N_(
    "Each second is lost by its weight, which stands beside it. As experienced, nothing is left out. By contract, approved windows and pauses for a carrier or for force majeure are left out of the loss and of the whole. What a service loses is what its tickets state of it or, where they name equipment alone, what its redundancy groups let through: what a group bears, a fault or maintenance, weighs nothing. Shares are rounded down."
)


def _tell(commission: Commission, report: PeriodReport) -> Iterator[Block]:
    voice, told = commission.voice, report_availability(report)
    yield Prose(own(voice, _READING), "note")
    yield _services(voice, report, told)
    if told.borne:
        yield _borne(voice, told)
    yield Table(
        "equipment_availability",
        own(voice, N_("Equipment that was troubled")),
        (column(voice, "asset", N_("Equipment"), 4), *_columns(voice)),
        tuple((asset(voice, troubled.id), *_cells(voice, troubled)) for troubled in told.assets),
        own(voice, N_("No piece of equipment was troubled.")),
    )
    if told.untroubled:
        yield Prose(
            own(
                voice,
                N_("Covered equipment that was never troubled: {number}."),
                number=told.untroubled,
            ),
            "note",
        )
    yield Table(
        "outages",
        own(voice, N_("What troubled them")),
        (
            column(voice, "thing", N_("Service or equipment"), 4),
            column(voice, "from", N_("Started"), 3),
            column(voice, "to", N_("Ended at"), 3),
            column(voice, "length", N_("Length"), 2),
            column(voice, "condition", N_("Condition"), 2),
            column(voice, "tickets", N_("Tickets"), 3),
            column(voice, "weight", N_("Weight")),
            column(voice, "by_contract", N_("By contract"), 2),
        ),
        tuple(_stretch(voice, stretch) for stretch in told.stretches),
        own(voice, N_("Nothing was troubled.")),
    )
    between = over_report(report, "time_between_outages")
    yield Facts(
        "between_outages",
        (
            fact(
                voice,
                "mtbf",
                N_("Time between outages (MTBF), over twelve months"),
                PaperCell(said(Told(value_told(between, voice.language))), written_figure(between)),
            ),
        ),
    )


def _columns(voice: Voice) -> tuple[TableColumn, ...]:
    return (
        column(voice, "experienced", N_("As experienced"), 2),
        column(voice, "by_contract", N_("By contract"), 2),
        column(voice, "troubled", N_("Troubled for"), 2),
        column(voice, "down", N_("Outage"), 2),
        column(voice, "left_out", N_("Left out"), 2),
    )


def _cells(voice: Voice, thing: ThingAvailability) -> tuple[PaperCell, ...]:
    return (
        percent(voice, thing.share),
        percent(voice, thing.share_by_contract),
        length(voice, thing.not_well),
        length(voice, thing.down),
        length(voice, thing.excluded),
    )


def _services(voice: Voice, report: PeriodReport, told: ReportAvailability) -> Table:
    return Table(
        "service_availability",
        own(voice, N_("Services")),
        (
            column(voice, "service", N_("Service"), 3),
            *_columns(voice),
            *(
                TableColumn(shown.name, said(Told(voice.month(shown.name))), 3)
                for shown in months_shown(report)
            ),
        ),
        tuple(_service(voice, service) for service in told.services),
        own(voice, N_("The contract names no service.")),
    )


def _service(voice: Voice, service: ServiceMonths) -> tuple[PaperCell, ...]:
    thing = service.thing
    return (
        named(voice, thing.id, voice.service(thing.id)),
        *_cells(voice, thing),
        *(_month(voice, measured) for measured in service.months),
    )


def _month(voice: Voice, measured: Measured | None) -> PaperCell:
    """By contract, and whether that is what was agreed."""
    if measured is None:
        return NONE
    cell = percent(voice, measured.tally.share)
    bound, kept = measured.bound, measured.kept
    if bound is None or kept is None:
        return cell
    words = voice.language.text(
        N_("{share}, agreed {bound}: reached") if kept else N_("{share}, agreed {bound}: missed"),
        share=cell.said.texts[0],
        bound=bound.said,
    )
    return PaperCell(said(Told(words)), cell.value, "good" if kept else "bad", number=cell.number)


def _stretch(voice: Voice, stretch: TroubledStretch) -> tuple[PaperCell, ...]:
    thing = stretch.thing
    if stretch.excluded:
        left_out = N_("left out")
    else:
        left_out = N_("counted") if stretch.weight else N_("weighs nothing")
    until = (
        PaperCell(own(voice, N_("not over at the end")), None, "warn")
        if stretch.going_on
        else _bound(voice, stretch.end, vague=stretch.vague_end)
    )
    return (
        named(voice, thing, voice.service(thing)) if stretch.service else asset(voice, thing),
        _bound(voice, stretch.start, vague=stretch.vague_start),
        until,
        length(voice, stretch.seconds),
        term(voice, "condition", stretch.condition.value),
        records(voice, stretch.tickets),
        percent(voice, stretch.weight, 0),
        PaperCell(own(voice, left_out), not stretch.excluded),
    )


def _bound(voice: Voice, instant: Instant, *, vague: bool) -> PaperCell:
    """When it began or ended; the day alone where an old register says no more."""
    return moment(voice, instant, Precision.DAY if vague else None)


def _borne(voice: Voice, told: ReportAvailability) -> Table:
    return Table(
        "borne",
        own(voice, N_("What redundancy groups bore: services lost nothing that counts by it")),
        (
            column(voice, "service", N_("Service"), 3),
            column(voice, "group", N_("Redundancy group"), 3),
            column(voice, "working", N_("Worked at worst"), 2),
            column(voice, "need", N_("Needed"), 1),
            column(voice, "tickets", N_("Tickets"), 4),
        ),
        tuple(
            (
                named(voice, service, voice.service(service)),
                verbatim(borne.group),
                PaperCell(
                    said(Told(f"{borne.working}/{borne.whole}")), f"{borne.working}/{borne.whole}"
                ),
                number(voice, borne.need),
                records(voice, borne.tickets),
            )
            for service, borne in told.borne
        ),
        NOTHING,
    )


PART = ReportPart(key="availability", title=N_("Availability"), place=60, tell=_tell)
