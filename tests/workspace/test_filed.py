"""The records of a clone by the names of their files alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.workspace.recording.filed import filed_ids

if TYPE_CHECKING:
    from pathlib import Path


def test_ids_come_the_latest_day_first_and_strays_not_at_all(tmp_path: Path) -> None:
    for name in (
        "2025/12/31/T20251231-AAAAAA.yaml",
        "2026/11/20/T20261120-BBBBBB.yaml",
        "2026/11/21/T20261121-CCCCCC.yaml",
        "2026/11/21/T20261120-EEEEEE.yaml",
        "2026/11/21/I20261121-FFFFFF.yaml",
        "2026/11/21/notes.yaml",
        "2026/11/21/T20261121-DDDDDD.yml",
        "readme",
    ):
        path = tmp_path / "records" / "tickets" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert list(filed_ids(str(tmp_path), "tickets")) == [
        "T20261121-CCCCCC",
        "T20261120-BBBBBB",
        "T20251231-AAAAAA",
    ]
