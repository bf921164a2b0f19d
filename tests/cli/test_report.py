"""``weibao report close``, and what ``sla`` and ``audit`` say of a closed month afterwards."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from building.audited import MANAGER, change_file, worked_fault
from building.commands import TICKET, Weibao
from building.sightings import keep_log

if TYPE_CHECKING:
    from pathlib import Path

OVER = "2026-12-02T00:00:00+08:00"
AFTER = "2026-12-02T09:00:00+08:00"
LATER = "2026-12-10T09:00:00+08:00"
CLOSE = "records/reports/2026/2026-11.yaml"


@pytest.fixture
def weibao(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Weibao:
    command = Weibao(worked_fault(tmp_path / "clone"), monkeypatch, capsys)
    command.set_clock(AFTER)
    return command


@pytest.fixture
def closed(weibao: Weibao) -> Weibao:
    assert weibao("report", "close", "2026-11").code == 0
    return weibao


def audited(weibao: Weibao, now: str = LATER) -> list[dict[str, str]]:
    weibao.set_clock(now)
    found = json.loads(weibao("audit", "--format", "json").out)
    return [
        one
        for check in found["checks"]
        for one in check["findings"]
        if "E150" <= one["code"] <= "E159"
    ]


def codes(weibao: Weibao, now: str = LATER) -> list[str]:
    return [one["code"] for one in audited(weibao, now) if one["code"].startswith("E15")]


def told(weibao: Weibao, month: str) -> dict[str, object]:
    return json.loads(weibao("sla", "--month", month, "--format", "json").out)


def test_a_close_names_what_its_figures_are_worked_out_from(weibao: Weibao) -> None:
    newest = weibao.repository.head
    ran = weibao("report", "close", "2026-11")

    assert ran.code == 0
    assert weibao.repository.git("status", "--porcelain") == ""
    text = weibao.repository.read(CLOSE)
    assert f"period: 2026-11\nas_of: {OVER}\ncommit: {newest}\nseen_log: none\n" in text
    assert text.endswith("\nlog:\n")
    assert weibao("check").code == 0
    assert codes(weibao) == []


@pytest.mark.parametrize("now", ["2026-11-30T12:00:00+08:00", "2026-12-01T23:59:59+08:00"])
def test_a_month_that_is_not_over_is_not_closed(weibao: Weibao, now: str) -> None:
    weibao.set_clock(now)
    ran = weibao("report", "close", "2026-11")

    assert (ran.code, OVER in ran.err) == (2, True)
    assert not (weibao.repository.path / CLOSE).exists()


def test_a_month_is_closed_once(closed: Weibao) -> None:
    before = closed.repository.read(CLOSE)
    closed.set_clock(LATER)

    assert closed("report", "close", "2026-11").code == 2
    assert closed.repository.read(CLOSE) == before


@pytest.mark.parametrize(
    "month", ["2026-13", "november", "2026-11-01", "../../x", "0000-01", "9999-12"]
)
def test_what_is_no_month_is_refused(weibao: Weibao, month: str) -> None:
    assert weibao("report", "close", month).code == 2


def test_before_anything_had_landed_there_is_nothing_to_close(weibao: Weibao) -> None:
    assert weibao("report", "close", "2026-09").code == 2


def test_a_later_reopening_leaves_the_closed_month_as_it_was(closed: Weibao) -> None:
    closed.set_clock("2026-12-03T09:00:00+08:00")
    assert closed("ticket", "reopen", TICKET, "--by", "li-qiang", "--reason", "又坏了").code == 0
    closed.set_clock(LATER)
    november, december = told(closed, "2026-11"), told(closed, "2026-12")

    assert "restated" not in november
    assert json.loads(closed("diff", "HEAD~1", "HEAD", "--format", "json").out)["restated"] == []
    assert {one["occurrence"] for one in november["verdicts"]} == {1}
    assert [(one["target"], one["occurrence"]) for one in december["verdicts"]] == [
        ("resolve", 2),
        ("restore", 2),
        ("update", 2),
    ]
    assert codes(closed) == []


def test_what_lands_later_and_turns_a_closed_promise_is_restated_where_it_lands(
    closed: Weibao,
) -> None:
    before = told(closed, "2026-11")
    closed.set_clock("2026-12-03T09:00:00+08:00")
    undone = ("--at", "2026-11-20T20:00:00+08:00", "--reason", "当晚又坏了", "--by", "li-qiang")
    assert closed("ticket", "reopen", TICKET, *undone).code == 0
    closed.set_clock(LATER)
    november, december = told(closed, "2026-11"), told(closed, "2026-12")

    assert november["verdicts"] == before["verdicts"]
    assert november["closed"]["as_of"] == OVER
    turned = {
        one["target"]: (one["before"]["verdict"], one["after"]["verdict"])
        for one in november["restated"]
    }
    assert turned["restore"] == ("met", "breached")
    assert december["restated"] == november["restated"]
    assert {one["landed"][:10] for one in november["restated"]} == {"2026-12-03"}
    text = closed("sla", "--month", "2026-11").out
    assert "these figures stand" in text
    assert "restoration: met → breached" in text
    assert codes(closed) == []
    (month,) = json.loads(closed("diff", "HEAD~1", "HEAD", "--format", "json").out)["restated"]
    assert month == {"month": "2026-11", "promises": len(november["restated"])}
    said = closed("diff", "HEAD~1", "HEAD").out
    assert "Closed months restated" in said
    assert f"{month['promises']} promises come out otherwise; its closed figures stand" in said


def test_figures_that_were_changed_are_not_borne_out(closed: Weibao) -> None:
    change_file(closed.repository, CLOSE, "met: ", "met: 1", at="2026-12-04T09:00:00+08:00")
    (found,) = audited(closed)

    assert found["code"] == "E150"
    assert "counts" in found["message"]
    assert MANAGER not in found["message"]
    command = found["help"].rpartition(": ")[2]
    shown = subprocess.run(
        command.split(), cwd=closed.repository.path, check=True, capture_output=True, text=True
    )
    assert "+counts: {met: 1" in shown.stdout


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("commit", "d" * 40),
        ("seen_log", "d" * 40),
        ("as_of", "2026-12-01T23:00:00+08:00"),
        ("sha256", "d" * 64),
    ],
)
def test_each_key_of_the_header_is_held_against_the_history(
    closed: Weibao, key: str, value: str
) -> None:
    lines = closed.repository.read(CLOSE).split("\n")
    changed = [f"{key}: {value}" if line.startswith(f"{key}: ") else line for line in lines]
    closed.repository.write(CLOSE, "\n".join(changed))
    closed.repository.commit("改", at="2026-12-04T09:00:00+08:00")

    (found,) = audited(closed)
    assert (found["code"], f"says {key}:" in found["message"]) == ("E150", True)


def test_an_older_commit_than_the_newest_is_not_the_one_to_close_by(closed: Weibao) -> None:
    older = closed.repository.git("rev-parse", "HEAD~2")
    newest = closed.repository.git("rev-parse", "HEAD~1")
    change_file(closed.repository, CLOSE, newest, older, at="2026-12-04T09:00:00+08:00")
    (found,) = audited(closed)

    assert found["code"] == "E150"
    assert newest in found["message"]


def test_a_close_written_before_the_month_was_over_is_told(closed: Weibao) -> None:
    text = closed.repository.read(CLOSE)
    closed.repository.git("reset", "-q", "--hard", "HEAD~1")
    closed.repository.write(CLOSE, text)
    closed.repository.commit("早了", at="2026-11-30T09:00:00+08:00")

    assert codes(closed) == ["E153"]


def test_the_months_after_the_first_close_are_to_be_closed_too(closed: Weibao) -> None:
    assert codes(closed, "2027-01-03T12:00:00+08:00") == []
    found = audited(closed, "2027-01-05T09:00:00+08:00")
    assert [one["code"] for one in found] == ["E151"]
    assert "2026-12" in found[0]["message"]
    closed("report", "close", "2026-12")
    assert codes(closed, "2027-01-05T10:00:00+08:00") == []


def test_a_close_filed_under_another_month_is_told(closed: Weibao) -> None:
    closed.repository.write("records/reports/2026/2026-10.yaml", closed.repository.read(CLOSE))
    assert "R301" in closed("check").out
    closed.repository.remove("records/reports/2026/2026-10.yaml")
    closed.repository.write("records/reports/2027/2026-11.yaml", closed.repository.read(CLOSE))
    assert "R302" in closed("check").out


def test_the_first_seen_log_is_read_as_it_was_at_the_close(weibao: Weibao) -> None:
    answered = weibao.repository.git("rev-parse", "HEAD~5")
    repaired = weibao.repository.git("rev-parse", "HEAD~3")
    known = {answered: "2026-11-20T09:23:00+08:00"}
    log = keep_log(weibao.repository, known)
    assert weibao("report", "close", "2026-11").code == 0
    assert f"seen_log: {log}" in weibao.repository.read(CLOSE)
    keep_log(weibao.repository, known | {repaired: "2026-12-03T09:00:00+08:00"})
    weibao.set_clock(LATER)

    (turned,) = (
        found for found in told(weibao, "2026-11")["restated"] if found["target"] == "restore"
    )
    assert turned["before"]["verdict"] == "met"
    assert turned["after"]["verdict"] == "breached"
    assert codes(weibao) == []
