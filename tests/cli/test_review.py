"""Reviews on the command line: a survey, a call back, an audit and a visit, and how they are listed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from building.commands import Weibao, record_repository

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

ASKED = ("--contact", "zhang-gong", "--via", "phone")
STEPS = (
    ("survey", *ASKED, "--response", "2", "--result", "4"),
    ("survey", "--contact", "factory-noc", "--via", "email"),
    ("call-back", *ASKED, "--text", "已说明改进"),
    ("audit", "--audit", "2026-11", "--scope", "全部工单", "--text", "两处迟录"),
    ("visit", "--depot", "suzhou-depot", "--contact", "zhang-gong", "--access", "granted"),
)


def test_each_kind_of_review_is_recorded_listed_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    weibao = Weibao(record_repository(tmp_path / "clone"), monkeypatch, capsys)
    for minute, step in enumerate(STEPS):
        weibao.set_clock(f"2026-11-20T10:{minute:02}:00+08:00")
        assert weibao("review", *step).code == 0
    assert weibao("check").code == 0
    listed = json.loads(weibao("review", "list", "--format", "json").out)["reviews"]
    assert [review["event"] for review in reversed(listed)] == [
        "surveyed",
        "surveyed",
        "called_back",
        "audited",
        "visited",
    ]
    assert "两处迟录" in weibao("review", "list").out
    figures = json.loads(weibao("kpi", "--month", "2026-11", "--format", "json").out)["figures"]
    counted = {
        (figure["name"], numbers["group"]): tuple(numbers["tally"].values())[:2]
        for figure in figures
        for numbers in figure["numbers"]
    }
    assert counted["survey_response", ""] == (1, 2)
    assert counted["survey", ""] == (6, 2)
    assert counted["survey", "response"] == (2, 1)
