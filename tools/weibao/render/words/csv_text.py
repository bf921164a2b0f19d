"""CSV in which a spreadsheet finds text and nothing to carry out."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from weibao.render.words.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet would take for a formula; some take full-width signs too. (TAB and
CR, which some pass over, are shown as text already.)"""


def csv_text(
    rows: Iterable[Iterable[str | float | None]], shown: Callable[[str], str] = plain
) -> str:
    """The rows as CSV (RFC 4180, but that a line ends in LF), every text harmless, and ``shown`` on one line.

    A number stays one, also below zero; nothing is an empty cell.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    for row in rows:
        writer.writerow([cell(value, shown) if isinstance(value, str) else value for value in row])
    return written.getvalue()


def cell(text: str, shown: Callable[[str], str] = plain) -> str:
    """The text as it is shown; an apostrophe before it says that it is text and no formula."""
    told = shown(text)
    return f"'{told}" if told.lstrip().startswith(_FORMULA) else told
