"""What is said of a branch that changes the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.pull_requests import diff, on, on_a_branch, replace

if TYPE_CHECKING:
    from pathlib import Path

    from building.commands import Weibao

CONTRACT = "records/contract.yaml"


@pytest.fixture
def weibao(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Weibao:
    return on_a_branch(tmp_path, monkeypatch, capsys)


@pytest.mark.parametrize("ahead", [False, True], ids=["from the tip", "from behind"])
def test_the_command_that_shows_a_change_runs_before_the_merge_is_made(
    weibao: Weibao, *, ahead: bool
) -> None:
    repository = weibao.repository
    replace(repository, CONTRACT, "tolerance: 15m", "tolerance: 4h")
    repository.commit(at=on("2026-11-20", "11:10"))
    if ahead:
        repository.switch("main")
        repository.write("README.md", "维保\n")
        repository.commit(at=on("2026-11-20", "11:12"))
    _, told = diff(weibao)

    (help_text,) = [one["help"] for one in told["new"] if one["code"] == "E112"]
    command = help_text.partition("git ")[2]
    shown = repository.git(*command.split())
    assert "-  tolerance: 15m" in shown
    assert "+  tolerance: 4h" in shown
