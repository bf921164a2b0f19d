"""Where in a sheet the table is: the line or the two that name its columns, its first row, its totals."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.importing.proposing.synonyms import COLUMNS, TOTALS
from weibao.importing.rows import heads_of
from weibao.model.naming import folded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from weibao.importing.sheet import CellValue, Sheet, TableCell

_LOOKED_AT = 40
"""In so many lines the header is."""
_FEWEST = 3
"""A line with fewer known words may be a title, or a row."""

TICKET_WORDS = frozenset(folded(word) for words in COLUMNS.values() for word in words)


@dataclass(frozen=True, slots=True)
class ProposedTable:
    """A sheet of which it is known where its columns and its rows are.

    Attributes:
        name: of the sheet.
        title: what stands above the header.
        header: the numbers of the lines that name the columns; the first row is below them.
        columns: what they are called, as a mapping calls them, in their order; "" where one has no name.
        rows: the rows from the first on, without totals and empty ones.
        totals: of the totals, the column and the word.
        merged: whether cells of several rows are merged.
    """

    name: str
    title: str
    header: tuple[int, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    totals: tuple[tuple[str, str], ...]
    merged: bool

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that have a name, each once."""
        return tuple(dict.fromkeys(filter(None, self.columns)))

    def column(self, words: Iterable[str], *, but: Collection[str] = ()) -> str:
        """The first column that is called by one of the words, the surest first; "" if none is."""
        by_word = {
            folded(name.rpartition("/")[2] or name): name for name in self.names if name not in but
        }
        by_word |= {folded(name): name for name in self.names if name not in but}
        return next((by_word[folded(word)] for word in words if folded(word) in by_word), "")

    def cells(self, column: str) -> Iterator[TableCell]:
        """The cells of a column that have anything in them, from its first row on."""
        places = [place for place, name in enumerate(self.columns) if name == column]
        for row in self.rows:
            yield from (row[place] for place in places if not row[place].empty)

    def texts(self, column: str) -> tuple[str, ...]:
        """What stands in a column, each text once; in the forms of letters that a mapping may hold."""
        return tuple(dict.fromkeys(map(plain_text, self.cells(column))))

    def values(self, column: str) -> tuple[CellValue, ...]:
        """What a spreadsheet holds in a column."""
        return tuple(cell.value for cell in self.cells(column))


def plain_text(cell: TableCell) -> str:
    """What stands in a cell, in Unicode's normal form C."""
    return unicodedata.normalize("NFC", cell.text)


def table_in(sheet: Sheet, known: Collection[str] = TICKET_WORDS) -> ProposedTable | None:
    """The table of a sheet, whose header has the ``known`` words; None where no line has three of them."""
    header = _header(sheet.rows, known)
    if not header:
        return None
    heads = heads_of(sheet, header)
    often = [head[-1] for head in heads if head]
    columns = tuple(
        "" if not head else head[-1] if _alike(head, heads, often) else "/".join(head)
        for head in heads
    )
    below = sheet.rows[max(header) :]
    totals = {
        row: place
        for row in below
        for place, cell in enumerate(row)
        if folded(cell.text) in _TOTALS and columns[place]
    }
    return ProposedTable(
        sheet.name,
        " ".join(cell.text for row in sheet.rows[: min(header) - 1] for cell in row if cell.text),
        header,
        columns,
        tuple(row for row in below if row not in totals and not all(cell.empty for cell in row)),
        tuple(dict.fromkeys((columns[place], row[place].text) for row, place in totals.items())),
        any(span.top > max(header) and span.bottom > span.top for span in sheet.merged),
    )


_TOTALS = frozenset(map(folded, TOTALS))


def _alike(head: tuple[str, ...], heads: Sequence[tuple[str, ...]], often: Sequence[str]) -> bool:
    """Whether the lower word alone says which: no other column has it, or all of them have the same words."""
    return often.count(head[-1]) == heads.count(head)


def _header(rows: Sequence[tuple[TableCell, ...]], known: Collection[str]) -> tuple[int, ...]:
    """The lines of the header: the one with most known words, and the other of the two if it has two."""
    counts = {
        number: sum(folded(cell.text) in known for cell in row if cell.text)
        for number, row in enumerate(rows[:_LOOKED_AT], 1)
    }
    best = max(counts, key=lambda number: counts[number], default=0)
    if not best or counts[best] < _FEWEST:
        return ()
    for upper in (best - 1, best):
        if _goes_on(rows, upper, counts, known):
            return (upper, upper + 1)
    return (best,)


def _goes_on(
    rows: Sequence[tuple[TableCell, ...]],
    upper: int,
    counts: Mapping[int, int],
    known: Collection[str],
) -> bool:
    """Whether a header's line goes on in the next: known words above nothing, and known words below."""
    below = sum(not cell.empty for cell in rows[upper]) if 0 < upper < len(rows) else 0
    if not counts.get(upper) or not below or 2 * counts.get(upper + 1, 0) < below:
        return False
    return any(
        folded(above.text) in known and below.empty
        for above, below in zip(rows[upper - 1], rows[upper], strict=False)
    )
