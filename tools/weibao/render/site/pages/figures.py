"""Key figures of the last month that is over, each with its definition and the records behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.model.instant import local_month
from weibao.render.edition import addresses
from weibao.render.site.page import FixedPage
from weibao.render.words.figures import beside_told, group_told, value_told
from weibao.report.figure import last_month, measured
from weibao.report.key_figures import KEY_FIGURES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.render.edition.voice import Voice
    from weibao.report.audit.audit import Audit
    from weibao.report.figure import FigureRow, Measured


LISTED = 200
"""So many records of a figure the page lists: a month of a large contract would make it megabytes."""


@dataclass(frozen=True, slots=True)
class RecordBehind:
    """What one record adds to a figure, and where that is shown."""

    row: FigureRow
    way: tuple[str, str]


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A figure, or one group of it: what it is called, its value, what stands beside it, and the records behind it.

    ``anchor`` is where these are listed: for all groups together, under the heading of the figure.
    """

    name: str
    value: str
    beside: tuple[str, ...]
    anchor: str
    behind: tuple[RecordBehind, ...]

    @property
    def shown(self) -> tuple[RecordBehind, ...]:
        """Those that the page lists; the command lists all."""
        return self.behind[:LISTED]


@dataclass(frozen=True, slots=True)
class FigureOnPage:
    """A figure with its groups."""

    measured: Measured
    lines: tuple[ShownLine, ...]


def _facts(voice: Voice, audit: Audit) -> dict[str, Any]:
    """Every figure, added up on the whole record, whoever reads it."""
    book = audit.whole
    period = last_month(book.as_of, book.zone)
    figures = (measured(figure, book, period) for figure in KEY_FIGURES)
    return {
        "month": local_month(period.start, book.zone),
        "key_figures": [FigureOnPage(figure, tuple(_lines(voice, figure))) for figure in figures],
    }


def _lines(voice: Voice, figure: Measured) -> Iterator[ShownLine]:
    whole, groups = figure.figure.name, figure.groups
    if figure.figure.whole or not groups:
        alone = figure.by_record and not groups
        yield _line(voice, figure, "", f"behind-{whole}" if alone else whole, figure.ungrouped)
    for place, (group, part) in enumerate(groups.items()):
        name = group_told(figure.figure, group, voice.book.records, voice.language)
        yield _line(voice, part, name, f"{whole}-{place}", part)


def _line(voice: Voice, told: Measured, name: str, anchor: str, listed: Measured) -> ShownLine:
    """A line of the page: which serial number or which inner entry of a record counts is not told here."""
    words = voice.language
    behind = tuple(RecordBehind(row, _way(voice, row.record)) for row in listed.by_record)
    return ShownLine(name, value_told(told, words), tuple(beside_told(told, words)), anchor, behind)


def _way(voice: Voice, record: str) -> tuple[str, str]:
    """The page of a record, of a file that is there once that of its proof; of a file without log its changes, each with its commit."""
    if record not in voice.book.proofs:
        return addresses.CONFIGURATION, f"path={record}"
    page = addresses.record_page(voice.book.records, record)
    return (addresses.proof_page(page) if page == record else page), ""


PAGE = FixedPage(
    address="figures",
    title=N_("Key figures"),
    template="figures.html",
    facts=_facts,
    place=35,
)
