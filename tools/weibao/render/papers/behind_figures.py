"""From the figures of a periodic report to their rows: where the site lists what each was counted from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from weibao.model.events import TARGETS
from weibao.render.edition import addresses
from weibao.render.edition.addresses import month_page
from weibao.render.papers.paper import Facts, Table
from weibao.report.figures.causes import UNCODED
from weibao.report.papers.over_months import months_shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weibao.render.papers.paper import Block, PaperCell, Section
    from weibao.report.papers.period_report import PeriodReport

    Way = tuple[str, str] | tuple[()]

TICKETS = "part-register"
"""The register of the month's tickets, each with the way to its proof: what is counted from them, and cannot be chosen from all."""

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
    "stock": "spare_movements",
    "duty": "turns",
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
    "vouched": "kept",
    "rota": "turns",
    "updates": PROMISES,
    "flips": PROMISES,
}
"""The same by the name of a figure, where it stands among others."""

_OF_ENTRIES = {
    **dict.fromkeys(("evidence", "entry_lateness"), ""),
    **dict.fromkeys(("confirmed", "first_hand", "scored"), "event=confirmed"),
    **dict.fromkeys(("satisfaction", "satisfied", "discontented"), "event=confirmed"),
    "confirmation_hands": "event={head}",
    "counts": "event=counted",
    "entry_grades": "grade={row}",
}
"""By the name of a figure or the key of a table, how the page of a month's entries chooses those that it counts."""

_OF_COUNTED = {
    **{
        f"by_{what}": f"{what}={{row}}"
        for what in ("severity", "channel", "site", "service", "asset", "cause", "responsible")
    },
    "by_ticket_kind": "kind={row}",
    "by_hour_of_week": "hour={row}-{hour}",
    "months": "flow={column}",
    "days": "day={column}-{row}",
}
"""By the key of a table, how the page of a month chooses among the tickets that it counts."""

_BY_TARGET = frozenset({"promises_by_target", "promises_kept", "times"})

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
    named = next((cell.way for cell in row if cell.way and table not in _OF_COUNTED), ())
    return tuple(
        replace(cell, way=named or _way(table, column, row, cell, months))
        if not cell.way and cell.value is not None and (cell.number or column in months.closed)
        else cell
        for column, cell in zip(columns, row, strict=True)
    )


def _way(
    table: str, column: str, row: Sequence[PaperCell], cell: PaperCell, months: _Months
) -> Way:
    first = str(row[0].value)
    month = next((name for name in (column, first) if name in months.closed), months.own)
    if not month:
        return ()
    target, figure = first.removesuffix("_time"), first.partition(" ")[0]
    if table in _BY_TARGET and target in TARGETS and month == months.own:
        return month_page(month), f"s{row[1].value}-{target}"
    listed = _OF_TABLES.get(table) or _OF_FIGURES.get(figure, TICKETS)
    word = UNCODED if row[0].value is None else first
    chosen = _chosen(table, column, word, month) if cell.value else ()
    return chosen or (month_page(month), listed)


def _chosen(table: str, column: str, first: str, month: str) -> Way:
    """Where a figure's rows are chosen out of more: of the month's entries, of the tickets that it counts."""
    figure = first.partition(" ")[0]
    entries = _OF_ENTRIES.get(table, _OF_ENTRIES.get(figure))
    if entries is not None:
        asked = entries.format(row=first, head=column.partition("_")[0])
        return addresses.entries_of_month(month), asked
    if table in _OF_COUNTED:
        hour = column.removeprefix("from_")
        return month_page(month), _OF_COUNTED[table].format(row=first, column=column, hour=hour)
    return ()
