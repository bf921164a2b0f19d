"""Key figures as a table of a report: a row for each, a column for each month, and what stands beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.papers.cells import NONE, column, joined, length, own
from weibao.render.papers.paper import PaperCell, Table, TableColumn, said
from weibao.render.words.figures import beside_told, group_told, value_told
from weibao.report.figure import Unit
from weibao.report.papers.over_months import in_month, months_shown, over_report, written_figure

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from weibao.render.edition.voice import Voice
    from weibao.report.figure import Measured
    from weibao.report.papers.period_report import PeriodReport


def figure_table(
    voice: Voice,
    report: PeriodReport,
    key: str,
    caption: str,
    names: Iterable[str],
    apart: Container[str] = (),
) -> Table:
    """The figures by name; of one that means nothing as a whole, and besides of those ``apart``, a row for each group."""
    return Table(
        key,
        own(voice, caption),
        (
            column(voice, "figure", N_("Figure"), 3),
            *months_of_table(voice, report),
            column(voice, "beside", N_("Notes"), 2),
        ),
        tuple(row for name in names for row in _rows(voice, report, name, apart=name in apart)),
        own(voice, N_("There is nothing to count.")),
    )


def months_of_table(voice: Voice, report: PeriodReport) -> Iterator[TableColumn]:
    """A column for each month that is shown, and one for all of several."""
    for month in months_shown(report):
        yield TableColumn(month.name, said(voice.shown(month.name)), 2)
    if len(report.months) > 1:
        yield column(voice, "period", N_("Whole period"), 2)


def _rows(
    voice: Voice, report: PeriodReport, name: str, *, apart: bool
) -> Iterator[tuple[PaperCell, ...]]:
    months, together = months_shown(report), over_report(report, name)
    measured_in = [*(in_month(month, name) for month in months), together]
    parts = [_parts(measured, apart=apart) for measured in measured_in]
    for group in sorted({group for known in parts for group in known}):
        told = [known.get(group) for known in parts]
        whole = told[-1]
        cells = [figure_cell(voice, measured) for measured in told]
        yield (
            _named(voice, together, group),
            *(cells if report.months[1:] else cells[:-1]),
            _beside(voice, whole),
        )


def _parts(measured: Measured, *, apart: bool) -> dict[str, Measured]:
    groups = measured.groups if apart else {}
    return {part.group: part for part in measured.parts} | groups


def _named(voice: Voice, measured: Measured, group: str) -> PaperCell:
    figure, words = measured.figure, voice.language
    title = words.text(figure.title)
    if not group:
        return PaperCell(said(voice.shown(title)), figure.name)
    called = group_told(figure, group, voice.book.records, words)
    told = words.text(N_("{title}: {part}"), title=title, part=called)
    return PaperCell(said(voice.shown(told)), f"{figure.name} {group}")


def figure_cell(voice: Voice, measured: Measured | None) -> PaperCell:
    """A figure of a month; of lengths their mean alone."""
    if measured is None or (value := written_figure(measured)) is None:
        return NONE
    if measured.figure.unit is Unit.LENGTH:
        return length(voice, measured.mean)
    return PaperCell(said(voice.shown(value_told(measured, voice.language))), value, number=True)


def _beside(voice: Voice, measured: Measured | None) -> PaperCell:
    """What stands beside it; of lengths how they lie."""
    if measured is None:
        return NONE
    words = voice.language
    spread = [value_told(measured, words)] if measured.spread is not None else []
    told = [*spread, *beside_told(measured, words)]
    claimed = measured.on_claim
    value = f"{claimed.count}/{claimed.of}" if claimed != measured.tally else None
    return PaperCell(said(voice.shown(joined(voice, told))), value, "muted") if told else NONE
