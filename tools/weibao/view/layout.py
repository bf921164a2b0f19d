"""How a table looks in a terminal, wherever one is shown."""

from __future__ import annotations

from rich import box
from rich.table import Table


def new_table(title: str = "") -> Table:
    """An empty table; ``title`` may be ""."""
    return Table(
        title=title or None,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )
