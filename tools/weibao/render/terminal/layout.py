"""How a table looks in a terminal, wherever one is shown, and what becomes of it in a narrow one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich import box
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

    from weibao.language import Language

NARROW = 60
"""Under so many columns a table has no room for its rows: ids and serial numbers would look alike."""

_BETWEEN = " · "


class _Rows(Table):
    """A table; in a narrow terminal each row is a paragraph, in which nothing is cut.

    In a table what has no spaces, as Chinese has none, is folded, and not cut at the end of a line.
    """

    def add_column(self, *arguments: Any, **attributes: Any) -> None:
        """As ``rich.table.Table``."""
        if not attributes.get("no_wrap"):
            attributes.setdefault("overflow", "fold")
        super().add_column(*arguments, **attributes)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The table, or its rows one after the other."""
        if options.max_width >= NARROW:
            yield from super().__rich_console__(console, options)
            return
        if self.title:
            yield Text(str(self.title), style=self.title_style or "")
        rows = zip(*(column.cells for column in self.columns), strict=True)
        headings = [Text.styled(str(column.header), "bold") for column in self.columns]
        for cells in (headings, *rows):
            first, *others = (_on_one_line(cell) for cell in cells)
            if not headings[0]:  # a column of marks, which stand before what they mark
                marked = others.pop(0)
                first = Text(" ").join((first, marked)) if first else marked
            yield first
            while others and not others[-1]:
                others.pop()
            yield Padding(Text(_BETWEEN).join(others), (0, 0, 0, 2), expand=False)


def indented(text: str, by: int, style: str = "") -> Padding:
    """A paragraph that stands in, with the lines that it is folded into."""
    return Padding(Text(text, style=style), (0, 0, 0, by), expand=False)


def new_table(title: str = "") -> Table:
    """An empty table; ``title`` may be ""."""
    return _Rows(
        title=title or None,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )


def section(heading: str, words: Language) -> tuple[Text, Text]:
    """An empty line and a heading."""
    return Text(), Text(words.text(heading), style="bold")


def _on_one_line(cell: Any) -> Text:
    """A cell's text, with the lines that it has in a table one after the other."""
    text = cell if isinstance(cell, Text) else Text(str(cell))
    lines = (line[len(line) - len(line.plain.lstrip()) :] for line in text.split("\n"))
    told = Text(" ").join(lines)
    told.overflow = "fold"
    return told
