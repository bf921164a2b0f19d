"""Which round is to be started: the headers of those filed tell, however they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.commands import record_repository
from building.contract import PLAN, ticket_path
from weibao.model.instant import parse_instant
from weibao.workspace.recording.clone import open_desk
from weibao.workspace.suggestions.rounds import coming_rounds

if TYPE_CHECKING:
    from pathlib import Path

ROUND = "I20260301-4F2MXA"
LOG = "log:\n  - {at: 2026-03-01T09:00:00+08:00, event: started, by: li-qiang}\n"
YEARLY = PLAN.replace("FREQ=MONTHLY;INTERVAL=3", "FREQ=YEARLY").replace("2026-11-25", "2026-03-01")


def coming(folder: Path, header: str) -> list[str]:
    repository = record_repository(folder / "clone", plan=YEARLY)
    repository.write(ticket_path(ROUND), header + LOG)
    now = parse_instant("2026-11-20T09:30:00+08:00")
    desk = open_desk(repository.path, repository.path / ".git", now)
    return [one.planned_for.isoformat() for one in coming_rounds(desk)]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ('plan: quarterly-inspection\nperiod: "2026"\nassets: [core-sw-01]\n', []),
        ("assets: [core-sw-01]\nperiod: '2026'\nplan: quarterly-inspection\n", []),
        ('plan: "quarterly-inspection"\nperiod:\n  "2026"\nassets: [core-sw-01]\n', []),
        ('plan: quarterly-inspection\nperiod: "2025"\nassets: [core-sw-01]\n', ["2026-03-01"]),
        ('plan: another\nperiod: "2026"\nassets: [core-sw-01]\n', ["2026-03-01"]),
        ("plan: [\n", ["2026-03-01"]),
    ],
)
def test_a_round_that_has_begun_is_not_started_again(
    tmp_path: Path, header: str, expected: list[str]
) -> None:
    assert coming(tmp_path, f"id: {ROUND}\n{header}") == expected
