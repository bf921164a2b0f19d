"""What was taken out in tables comes in again as it was: tickets of one contract, exported, are the register of the next."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from building.commands import Weibao
from building.registers import IMPORTED_AT, ROWS, moving_repository, register

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

EXPORTED = """\
import: 1
kind: ticket
source: weibao
header: 1
rows: {from: 2}
dates: {zone: Asia/Shanghai, year: 2026, serials: 1900, between: [2026-10-01, 2026-10-31]}
number: {column: number}
fields:
  title: {column: title}
  severity: {column: declared, map: {"1": 1, "2": 2}, blank: unknown}
  reported_at: {column: reported_at}
  reported_by: {column: reported_by, names_of: contacts, else: unknown}
  assets: {column: assets, split: "[;]", names_of: assets, else: keep}
events:
  - {event: acknowledged, at: {column: acknowledged_at}, by: {column: acknowledged_by, names_of: staff}}
  - {event: resolved, at: {column: resolved_at}, by: {column: resolved_by, names_of: staff}, cause: {column: cause, blank: unknown}}
"""
SAME = (
    "number",
    "title",
    "declared",
    "reported_at",
    "reported_by",
    "assets",
    "acknowledged_at",
    "acknowledged_by",
    "resolved_at",
    "resolved_by",
    "cause",
)
EXACT = (ROWS[0], ROWS[2])
"""The rows whose times are exact: a day alone would come out as its first instant, marked as such."""


class Contract:
    """A contract that begins with a register."""

    def __init__(
        self,
        folder: Path,
        source: str,
        mapping: str | None,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        folder.mkdir()
        given = (source,) if mapping is None else (source, mapping)
        self.weibao = Weibao(moving_repository(folder, *given), monkeypatch, capsys)
        self.weibao.set_clock(IMPORTED_AT)
        monkeypatch.chdir(self.weibao.repository.path)
        ran = self.weibao("import", "run", "imports/desk.yaml", str(folder / "desk.csv"))
        assert ran.code == 0, ran.err
        self.folder = folder

    def tickets(self) -> str:
        """The table of tickets, as the export writes it."""
        out = self.folder / "out"
        ran = self.weibao("export", "csv", "-o", str(out))
        assert ran.code == 0, ran.err
        return (out / "tickets.csv").read_text("utf-8-sig")


def told(table: str) -> list[list[str]]:
    rows = csv.DictReader(io.StringIO(table, newline=""))
    return sorted([row[column] for column in SAME] for row in rows)


def test_tickets_that_were_exported_come_in_again_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first = Contract(tmp_path / "first", register(*EXACT), None, monkeypatch, capsys).tickets()
    second = Contract(tmp_path / "second", first, EXPORTED, monkeypatch, capsys).tickets()

    assert len(told(first)) == len(EXACT)
    assert told(second) == told(first)
