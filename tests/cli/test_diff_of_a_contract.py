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


@pytest.mark.parametrize(
    ("setting", "old", "new", "said"),
    [
        ("evidence", "tolerance: 15m", "tolerance: 10m", "evidence.tolerance: 15m → 10m"),
        (
            "terms",
            "restore: {within: 4h",
            "restore: {within: 5h",
            "sla[2025-01-01].severities[1].targets.restore.within: 4h → 5h",
        ),
        (
            "calendars",
            "{days: [2026-09-25], hours: [], why: 中秋节}",
            "{days: [2026-09-25, 2026-11-19], hours: [], why: 中秋节}",
            "calendars.workdays.overrides: added {days: [2026-09-25, 2026-11-19], hours: [], why: 中秋节}",
        ),
        (
            "contacts",
            "may: [declare, confirm]",
            "may: [declare]",
            "contacts.factory-noc.may: removed confirm",
        ),
        ("publish", "phones: false", "phones: true", "publish.phones: false → true"),
        ("other", "end: 2026-12-31}", "end: 2027-12-31}", "term.end: 2026-12-31 → 2027-12-31"),
    ],
)
def test_a_change_of_the_contract_says_what_was_and_what_is(
    weibao: Weibao, setting: str, old: str, new: str, said: str
) -> None:
    replace(weibao.repository, CONTRACT, old, new)
    weibao.repository.commit(at=on("2026-11-20", "11:10"))
    _, told = diff(weibao)

    assert [one["setting"] for one in told["settings"]] == [setting]
    assert told["settings"][0]["values"]
    text = weibao("diff", "main", "change").out
    assert "1 part of the contract is changed" in text.splitlines()[0]
    assert f"  {said}" in text
    chinese = weibao("diff", "main", "change", lang="zh").out
    assert "合同有 1 部分变更" in chinese.splitlines()[0]


def test_another_official_branch_is_found_and_no_headline_passes_it(weibao: Weibao) -> None:
    replace(weibao.repository, CONTRACT, "  main: main\n", "  main: release\n")
    weibao.repository.commit(at=on("2026-11-20", "11:10"))
    _, told = diff(weibao)

    assert [one["code"] for one in told["new"]] == ["E112"]
    text = weibao("diff", "main", "change").out
    assert text.startswith("! 1 part of the contract is changed")
    assert "“evidence.main” was loosened by li.qiang@provider.example" in text
    assert "  evidence.main: main → release\n" in text
