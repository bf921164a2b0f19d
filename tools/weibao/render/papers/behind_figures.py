"""From the figures of a periodic report to their rows: where the site lists what each was counted from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from weibao.render.edition.addresses import month_page
from weibao.render.papers.paper import Facts, Table
from weibao.report.papers.over_months import months_shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weibao.render.papers.paper import Block, PaperCell, Section
    from weibao.report.papers.period_report import PeriodReport

    Way = tuple[str, str] | tuple[()]

TICKETS = "part-register"
"""The register of the month's tickets, each with the way to its proof: what most figures are counted from."""

PROMISES = "part-promises-now"

_OF_TABLES = {
    "versions": "restated",
    "promises_by_month": PROMISES,
    "promises_by_target": PROMISES,
    "promises_kept": PROMISES,
    "service_availability": "outages",
    "rounds": "part-inspections",
    "not_inspected": "part-inspections",
    "spares_figures": "spare_movements",
    "escalation_figures": "rungs",
    "credit_sums": "missed",
    "credit_months": "missed",
    "credit_rules": "missed",
}
"""By the key of a table or of facts, the place on the page of a month that lists the rows; of others :data:`TICKETS`."""

_OF_FIGURES = {
    "compliance": PROMISES,
    "availability_contract": "outages",
    "rounds": "part-inspections",
    "items_inspected": "part-inspections",
    "escalation": "rungs",
    "fill_rate": "spare_movements",
    "part_delivery": "spare_movements",
    "stock_accuracy": "part-spares",
    "provenance": "part-spares",
}
"""The same by the name of a figure, where it stands among others."""

_BY_TARGET = frozenset({"promises_by_target", "promises_kept"})

_OF_COMMIT = frozenset({"basis", "closes", "checks", "action_numbers"})
"""What counts the history itself, or what no page lists the proofs of: there the commit is the proof."""


def led_to_rows(section: Section, report: PeriodReport) -> Section:
    """A part of a report, each figure of a closed month with the way to its rows, where it has none of its own.

    In a row that names a record or a thing it is the way to that; else to the place on the page of the month.
    """
    closed = frozenset(month.name for month in months_shown(report) if month.close is not None)
    own = report.name if report.name in closed else ""
    return replace(
        section, blocks=tuple(_led(block, _Months(closed, own)) for block in section.blocks)
    )


@dataclass(frozen=True, slots=True)
class _Months:
    """The closed months of a report, and the one that it is of; "" where it is of several or is open."""

    closed: frozenset[str]
    own: str


def _led(block: Block, months: _Months) -> Block:
    if isinstance(block, Facts):
        cells = _row(
            block.key, [fact.key for fact in block.rows], [fact.cell for fact in block.rows], months
        )
        return replace(
            block,
            rows=tuple(
                replace(fact, cell=cell) for fact, cell in zip(block.rows, cells, strict=True)
            ),
        )
    if isinstance(block, Table):
        keys = [column.key for column in block.columns]
        return replace(block, rows=tuple(_row(block.key, keys, row, months) for row in block.rows))
    return block


def _row(
    table: str, columns: Sequence[str], row: Sequence[PaperCell], months: _Months
) -> tuple[PaperCell, ...]:
    if table in _OF_COMMIT:
        return tuple(row)
    named = next((cell.way for cell in row if cell.way), ())
    return tuple(
        replace(cell, way=named or _way(table, column, row, months))
        if not cell.way and cell.value is not None and (cell.number or column in months.closed)
        else cell
        for column, cell in zip(columns, row, strict=True)
    )


def _way(table: str, column: str, row: Sequence[PaperCell], months: _Months) -> Way:
    month = column if column in months.closed else months.own
    if not month:
        return ()
    if table in _BY_TARGET and month == months.own:
        target, severity = row[0].value, row[1].value
        return month_page(month), f"s{severity}-{target}"
    figure = str(row[0].value).partition(" ")[0]
    return month_page(month), _OF_TABLES.get(table) or _OF_FIGURES.get(figure, TICKETS)
