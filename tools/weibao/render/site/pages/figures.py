"""Key figures of the last month that is over, each with its definition and the records behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.model.instant import local_month
from weibao.render.site import addresses
from weibao.render.site.page import FixedPage
from weibao.render.words.figures import beside_told, group_told, value_told
from weibao.report.figure import last_month, measured
from weibao.report.key_figures import KEY_FIGURES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.render.site.voice import SiteVoice
    from weibao.report.audit.audit import Audit
    from weibao.report.figure import FigureRow, Measured


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A figure, or one group of it: what it is called, its value, and what stands beside it."""

    name: str
    value: str
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordBehind:
    """What one record adds to a figure, and the address of the page that shows it."""

    row: FigureRow
    address: str


@dataclass(frozen=True, slots=True)
class FigureOnPage:
    """A figure with its groups and the records behind it."""

    measured: Measured
    lines: tuple[ShownLine, ...]
    behind: tuple[RecordBehind, ...]


def _facts(voice: SiteVoice, audit: Audit) -> dict[str, Any]:
    """Every figure, added up on the whole record, whoever reads it."""
    book = audit.whole
    period = last_month(book.as_of, book.zone)
    figures = (measured(figure, book, period) for figure in KEY_FIGURES)
    return {
        "month": local_month(period.start, book.zone),
        "key_figures": [
            FigureOnPage(figure, tuple(_lines(voice, figure)), tuple(_behind(voice, figure)))
            for figure in figures
        ],
    }


def _lines(voice: SiteVoice, figure: Measured) -> Iterator[ShownLine]:
    words = voice.language
    if figure.figure.whole or not figure.groups:
        yield ShownLine("", value_told(figure, words), tuple(beside_told(figure, words)))
    for group, part in figure.groups.items():
        name = group_told(figure.figure, group, voice.book.records, words)
        yield ShownLine(name, value_told(part, words), tuple(beside_told(part, words)))


def _behind(voice: SiteVoice, figure: Measured) -> Iterator[RecordBehind]:
    """One line a record: which serial number or which inner entry of it counts is not told here."""
    return (RecordBehind(row, _address(voice, row.record)) for row in figure.by_record)


_OF_FILES = {"spares": "spares", "records/plan.yaml": addresses.INSPECTIONS}


def _address(voice: SiteVoice, record: str) -> str:
    records = voice.book.records
    if record in records.tickets:
        return f"{addresses.TICKETS}/{record}"
    if record in records.inspections:
        return f"{addresses.INSPECTIONS}/{record}"
    return _OF_FILES.get(record, "contract")


PAGE = FixedPage(
    address="figures",
    title=N_("Key figures"),
    template="figures.html",
    facts=_facts,
    place=35,
)
