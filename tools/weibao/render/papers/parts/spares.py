"""The spares: what moved, what lies where, what was counted, what is unproven, and what was delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.papers.cells import (
    column,
    due,
    fact,
    moment,
    number,
    outcome,
    own,
    person,
    record,
    share,
    term,
    written,
)
from weibao.render.papers.paper import Facts, PaperCell, Prose, Table
from weibao.render.papers.report_part import ReportPart
from weibao.render.papers.spare_cells import (
    depot,
    lacking,
    movements,
    spare_part,
    supply,
    variance,
)
from weibao.report.papers.over_months import over_report
from weibao.report.papers.spares_moved import report_spares

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.operations.stock import StockLevel
    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block
    from weibao.report.papers.period_report import PeriodReport
    from weibao.report.papers.spares_moved import (
        CountTold,
        GapTold,
        PartPromise,
        ReportSpares,
    )

_FIGURES = ("fill_rate", "part_delivery", "stock_accuracy", "stock_counted", "provenance")


def _tell(commission: Commission, report: PeriodReport) -> Iterator[Block]:
    voice = commission.voice
    told = report_spares(report, voice.book)
    if not told.kept:
        yield Prose(own(voice, N_("No spares are kept under this contract.")))
        return
    measured = [over_report(report, name) for name in _FIGURES]
    yield Facts(
        "spares_figures",
        tuple(
            fact(voice, figure.figure.name, figure.figure.title, share(voice, figure.tally))
            for figure in measured
        ),
    )
    yield _levels(voice, told)
    yield movements(voice, told.moves)
    yield _delivered(voice, told)
    yield _counts(voice, told)
    yield _gaps(voice, told)


def _levels(voice: Voice, told: ReportSpares) -> Table:
    return Table(
        "stock",
        own(voice, N_("Stock as the period ended")),
        (
            column(voice, "part", N_("Part"), 4),
            column(voice, "depot", N_("Depot"), 3),
            column(voice, "quantity", N_("In stock")),
            column(voice, "usable", N_("Usable")),
            column(voice, "minimum", N_("Minimum")),
            column(voice, "state", N_("State"), 2),
        ),
        tuple(_level(voice, level) for level in told.levels),
        own(voice, N_("Nothing is in stock, and no minimum is agreed.")),
    )


def _level(voice: Voice, level: StockLevel) -> tuple[PaperCell, ...]:
    return (
        spare_part(voice, level.part),
        depot(voice, level.depot),
        number(voice, level.quantity),
        number(voice, level.usable),
        number(voice, level.minimum),
        supply(voice, level),
    )


def _delivered(voice: Voice, told: ReportSpares) -> Table:
    return Table(
        "parts_promised",
        own(voice, N_("Promises to deliver a part that fell due")),
        (
            column(voice, "ticket", N_("Ticket"), 3),
            column(voice, "part", N_("Part"), 4),
            column(voice, "asked", N_("Requested"), 3),
            column(voice, "due", N_("Due"), 3),
            column(voice, "arrived", N_("Delivered"), 3),
            column(voice, "outcome", N_("Verdict"), 2),
        ),
        tuple(_promised(voice, promised) for promised in told.delivered),
        own(voice, N_("None fell due.")),
    )


def _promised(voice: Voice, promised: PartPromise) -> tuple[PaperCell, ...]:
    verdict = promised.verdict
    return (
        record(voice, verdict.ticket),
        spare_part(voice, promised.part),
        moment(voice, verdict.start, verdict.start_precision),
        due(voice, verdict),
        moment(voice, verdict.stop, verdict.stop_precision),
        outcome(voice, verdict),
    )


def _counts(voice: Voice, told: ReportSpares) -> Table:
    return Table(
        "counts",
        own(voice, N_("Counts")),
        (
            column(voice, "at", N_("Counted"), 3),
            column(voice, "depot", N_("Depot"), 3),
            column(voice, "part", N_("Part"), 4),
            column(voice, "expected", N_("By the book")),
            column(voice, "found", N_("On the shelf")),
            column(voice, "variance", N_("Variance"), 3),
            column(voice, "witness", N_("Witness"), 2),
        ),
        tuple(_count(voice, count) for count in told.counts),
        own(voice, N_("Nothing was counted.")),
    )


def _count(voice: Voice, told: CountTold) -> tuple[PaperCell, ...]:
    entry = told.count.entry
    return (
        moment(voice, entry.at),
        depot(voice, told.count.depot),
        spare_part(voice, told.count.part),
        number(voice, told.expected),
        number(voice, told.found),
        variance(voice, told),
        person(voice, entry.data.get("witness", "")),
    )


def _gaps(voice: Voice, told: ReportSpares) -> Table:
    return Table(
        "unproven",
        own(voice, N_("Pieces in stock whose origin is not fully proven")),
        (
            column(voice, "part", N_("Part"), 4),
            column(voice, "serial", N_("Serial number"), 3),
            column(voice, "depot", N_("Depot"), 3),
            column(voice, "condition", N_("Condition of the piece"), 2),
            column(voice, "lacking", N_("What is lacking"), 4),
        ),
        tuple(_gap(voice, gap) for gap in told.gaps),
        own(voice, N_("There is none: every piece in stock is proven the maker's own.")),
    )


def _gap(voice: Voice, gap: GapTold) -> tuple[PaperCell, ...]:
    return (
        spare_part(voice, gap.piece.part),
        written(voice, gap.piece.serial),
        depot(voice, gap.piece.depot),
        term(voice, "piece_condition", gap.piece.condition, "muted" if gap.faulty else ""),
        lacking(voice, gap.lacking),
    )


PART = ReportPart(key="spares", title=N_("Spares"), place=90, tell=_tell)
