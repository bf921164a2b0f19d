"""CSV in which a spreadsheet finds text and nothing to carry out."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from weibao.render.words.plain import plain_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet would take for a formula; some take full-width signs too. (TAB and
CR, which some pass over, are shown as text already.)"""


def csv_text(rows: Iterable[Iterable[str | float | None]]) -> str:
    """The rows as CSV (RFC 4180, but that a line ends in LF), every text harmless.

    A number stays one, also below zero; nothing is an empty cell.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    for row in rows:
        writer.writerow([cell(value) if isinstance(value, str) else value for value in row])
    return written.getvalue()


def cell(text: str) -> str:
    """The text, line by line; an apostrophe before it says that it is text and no formula."""
    shown = plain_lines(text)
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA) else shown
