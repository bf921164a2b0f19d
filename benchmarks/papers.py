"""A monthly report as PDF, by how many tickets it lists, against a sheet that says nothing."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.race import Subject
from weibao.render.papers.format import PaperSetting
from weibao.render.papers.formats.pdf import FORMAT
from weibao.render.papers.paper import (
    Facts,
    Paper,
    PaperCell,
    PaperText,
    Prose,
    Section,
    Table,
    TableColumn,
    said,
)
from weibao.workspace.papers.fonts import font_folders

if TYPE_CHECKING:
    from collections.abc import Sequence

TICKETS = (300, 3_000)
"""How many tickets the month has, the fewer first."""

_HEADS = (
    ("服务单", "Ticket"),
    ("事由", "Title"),
    ("级别", "Severity"),
    ("报修时间", "Reported"),
    ("恢复用时", "Time taken"),
    ("结果", "Outcome"),
)


def paper_subjects() -> Sequence[Subject]:
    """An empty sheet, and reports in both languages."""
    setting = PaperSetting(site="https://weibao.example", fonts=font_folders((), Path.home()))
    return tuple(
        Subject(name, partial(FORMAT.write, paper, setting))
        for name, paper in (
            ("an empty sheet", paper_of_parts(())),
            *((f"a report of {tickets:,} tickets", report_of(tickets)) for tickets in TICKETS),
        )
    )


def sizes_of(subjects: Sequence[Subject]) -> Sequence[str]:
    """How many pages and MiB each paper has, as lines of the results."""
    lines = []
    for subject in subjects:
        raw = subject.run()
        assert isinstance(raw, bytes)
        pages = max(map(int, re.findall(rb"/Type/Pages/Count (\d+)", raw)))
        lines.append(f"{subject.name} as PDF: {pages:,} pages, {len(raw) / 2**20:.1f} MiB")
    return lines


def report_of(tickets: int) -> Paper:
    """A report that tells of each ticket three times: among its promises, its visits and in its register."""
    columns = tuple(
        TableColumn(f"c{place}", PaperText(heads)) for place, heads in enumerate(_HEADS)
    )
    rows = tuple(map(_row, range(tickets)))
    sections = tuple(
        Section(
            key,
            PaperText((title, key)),
            (
                Prose(PaperText(("由记录计算得出。", "Computed from the records.")), "lead"),
                Table(key, PaperText((title, key)), columns, rows, said("—")),
            ),
        )
        for key, title in (("promises", "承诺"), ("visits", "现场服务"), ("register", "服务单登记"))
    )
    return paper_of_parts(sections, long=True)


def paper_of_parts(sections: tuple[Section, ...], *, long: bool = False) -> Paper:
    """A paper of these parts."""
    return Paper(
        kind="monthly",
        number="WB-monthly-YD-2026-117-2026-10-v1",
        title=PaperText(("运维月报", "Monthly report")),
        languages=("zh", "en"),
        marks=(),
        cover=Facts("cover", ()),
        sections=sections,
        commit="0" * 40,
        as_of="2026-11-01T00:00:00+08:00",
        long=long,
    )


def _row(number: int) -> tuple[PaperCell, ...]:
    outcome = ("met", "met", "met", "breached")[number % 4]
    words = {"met": ("达标", "met"), "breached": ("超时", "breached")}[outcome]
    ticket = f"T202610{number % 28 + 1:02d}-{number:06d}"
    return (
        PaperCell(said(ticket), ticket, way=(f"tickets/{ticket}", "")),
        PaperCell(said(f"核心交换机 {number} 号端口光模块告警，间歇性丢包"), "title"),
        PaperCell(said(f"{number % 4 + 1}"), number % 4 + 1, number=True),
        PaperCell(said(f"2026-10-{number % 28 + 1:02d} 09:{number % 60:02d}"), "at"),
        PaperCell(said(f"{number % 9}:{number % 60:02d}"), number, number=True),
        PaperCell(PaperText(words), outcome, "bad" if outcome == "breached" else "good"),
    )
