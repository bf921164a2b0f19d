"""Tables in a narrow terminal: every row can be told from the others, and nothing is cut."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console
from rich.text import Text

from weibao.render.terminal.layout import new_table

IDS = ("T20261120-7K3Q9M", "T20261120-9F4RWX")
TITLE = "青屿电信专线中断，疑似外线光缆被挖断，业务已改走备用线路"


def shown(width: int) -> str:
    table = new_table("Open tickets")
    for heading in ("Ticket", "Lvl", "State", "Owner", "Next deadline"):
        table.add_column(heading, no_wrap=heading == "Ticket")
    table.add_column("Title", ratio=1)
    for one in IDS:
        deadline = Text("✗ restored 11-26 18:00\n  5 h late")
        table.add_row(Text(one), "3", Text("in progress"), Text(""), deadline, Text(TITLE))
    written = StringIO()
    Console(file=written, width=width).print(table)
    return written.getvalue()


@pytest.mark.parametrize("width", [20, 30, 40, 59])
def test_in_a_narrow_terminal_ids_titles_and_deadlines_are_whole(width: int) -> None:
    lines = [line.strip() for line in shown(width).splitlines()]
    assert all(one in lines for one in IDS)
    assert max(Text(line).cell_len for line in lines) <= width
    run_on = "".join(lines).replace(" ", "")
    assert run_on.count(TITLE) == 2
    assert run_on.count("✗restored11-2618:005hlate") == 2
    assert "…" not in run_on


def test_in_a_narrow_terminal_a_cell_stands_where_its_heading_does() -> None:
    lines = shown(59).splitlines()
    assert lines[1:3] == ["Ticket", "  Lvl · State · Owner · Next deadline · Title"]
    assert lines[4].startswith("  3 · in progress ·  · ✗ restored")


def test_in_a_narrow_terminal_a_mark_stands_before_what_it_marks() -> None:
    table = new_table()
    for heading in ("", "What", "Due"):
        table.add_column(heading)
    table.add_row("✗", "arrival", "11-26 18:00")
    written = StringIO()
    Console(file=written, width=40).print(table)
    lines = [line.rstrip() for line in written.getvalue().splitlines()]
    assert lines == ["What", "  Due", "✗ arrival", "  11-26 18:00"]


def test_a_title_without_spaces_is_folded_and_not_cut() -> None:
    cells = "".join(line[60:] for line in shown(80).splitlines())
    assert "…" not in cells
