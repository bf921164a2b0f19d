"""Two people, two clones, one ticket: what each records arrives, is proven, and can be read by git."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from building.commands import PATH, TICKET, Weibao, record_repository
from building.contract import ASSETS, another_asset, entry
from building.repository import Repository

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Weibao:
    """The desk's clone of a shared repository."""
    made = record_repository(tmp_path / "made")
    made.write(".gitattributes", "records/tickets/** merge=union\n")
    made.commit(at="2026-11-20T09:17:00+08:00")
    made.clone(tmp_path / "shared.git", "--bare")
    return Weibao(clone(tmp_path, "desk", "wang.lei"), monkeypatch, capsys)


def clone(folder: Path, name: str, who: str) -> Repository:
    cloned = Repository(folder / "shared.git", init=False).clone(folder / name)
    cloned.git("config", "user.name", who)
    cloned.git("config", "user.email", f"{who}@provider.example")
    cloned.git("config", "pull.rebase", "false")
    return cloned


def test_steps_recorded_in_two_clones_both_survive_and_are_proven_by_their_own_commits(
    desk: Weibao, tmp_path: Path
) -> None:
    engineer = clone(tmp_path, "engineer", "li.qiang")
    desk.set_clock("2026-11-20T09:21:00+08:00")
    assert desk("ticket", "assign", "7K3Q9M", "--to", "li-qiang", "--push").code == 0
    desk.set_clock("2026-11-20T09:22:00+08:00")
    acknowledged = desk("ticket", "ack", "7K3Q9M", "--push", folder=engineer.path)
    assert acknowledged.code == 0
    assert "Merged, in commit" in acknowledged.out
    desk.repository.git("pull", "-q")

    lines = desk.repository.read(PATH).splitlines()[-2:]
    assert {"assigned", "acknowledged"} == {
        line.partition("event: ")[2].split(",")[0] for line in lines
    }
    assert desk("check", "--base", "HEAD~1").code == 0
    told = json.loads(desk("explain", "7K3Q9M", "--format", "json").out)
    steps = {one["event"]: one for one in told["entries"]}
    assert steps["assigned"]["recorded"] == "2026-11-20T09:21:00+08:00"
    assert steps["acknowledged"]["recorded"] == "2026-11-20T09:22:00+08:00"
    assert {one["grade"] for one in steps.values()} == {"A"}
    authors = desk.repository.git("blame", "--line-porcelain", "HEAD", "--", PATH)
    assert "author-mail <li.qiang@provider.example>" in authors
    assert "author-mail <wang.lei@provider.example>" in authors


def test_an_edit_by_hand_is_judged_like_a_command(desk: Weibao) -> None:
    desk.repository.append(PATH, entry("09:20", "acknowledged", note="手写"))
    assert desk("check").code == 0
    desk.repository.append(PATH, entry("09:25", "closed", by="wang-lei"))
    assert desk("check").code == 1
    refused = desk("ticket", "close", "7K3Q9M", "--by", "wang-lei")
    assert refused.code == 1
    assert "X201" in refused.err


def test_a_pull_request_that_rewrites_a_record_fails_against_its_base(desk: Weibao) -> None:
    repository = desk.repository
    repository.branch("change")
    repository.write(PATH, repository.read(PATH).replace("09:15:00", "09:13:00"))
    repository.commit(at="2026-11-20T09:25:00+08:00")
    assert desk("check").code == 0
    ran = desk("check", "--base", "main", "--format", "json")
    assert ran.code == 1
    (found,) = json.loads(ran.out)["findings"]
    assert (found["code"], found["path"], found["record"]) == ("L101", PATH, TICKET)
    annotated = desk("check", "--base", "main", "--format", "github")
    assert annotated.out.startswith(f"::error file={PATH},title=L101,line=")


def test_the_history_of_tickets_never_deletes_a_line(desk: Weibao) -> None:
    desk.set_clock("2026-11-20T09:21:00+08:00")
    assert desk("ticket", "ack", "7K3Q9M").code == 0
    desk.set_clock("2026-11-20T09:22:00+08:00")
    assert desk("ticket", "update", "7K3Q9M", "--note", "排查中").code == 0
    counted = desk.repository.git("log", "--numstat", "--format=", "--", "records/tickets")
    assert {line.split("\t")[1] for line in counted.splitlines()} == {"0"}


def test_two_people_who_look_at_one_round_at_once_are_both_recorded_and_counted_once(
    desk: Weibao, tmp_path: Path
) -> None:
    """Of a piece that both looked at, both checks stand, and the graver one is the round's."""
    repository = desk.repository
    repository.write(".gitattributes", "records/*/** merge=union\n")
    repository.write("records/assets.yaml", ASSETS + another_asset("acc-sw-02"))
    repository.commit(at="2026-11-20T09:18:00+08:00")
    desk.set_clock("2026-11-20T09:20:00+08:00")
    by = ("--by", "li-qiang", "--push")
    ran = desk("inspection", "start", "quarterly-inspection", *by)
    assert ran.code == 0, ran.err
    (record,) = set(re.findall(r"I20261120-\w{6}", ran.out))
    other = clone(tmp_path, "other", "zhao.min")
    desk.set_clock("2026-11-20T10:45:00+08:00")
    check = ("inspection", "check", record, "--all", "ok")
    assert desk(*check, "--except", "acc-sw-02/appearance", *by).code == 0
    seen = ("--except", "core-sw-01/temperature=47,acc-sw-02/temperature", "--by", "zhao-min")
    merged = desk(*check, *seen, "--push", folder=other.path)
    assert merged.code == 0, merged.err
    assert "Merged, in commit" in merged.out
    repository.git("pull", "-q")
    assert desk("check").code == 0
    shown = json.loads(desk("inspection", "show", record, "--format", "json").out)
    assert len(shown["checks"]) == 6
    assert shown["counts"] == {"ok": 3, "warning": 1, "failed": 0, "not_applicable": 0}
    coverage = shown["round"]["coverage"]
    assert (coverage["checks"], coverage["checks_planned"], coverage["left"]) == (4, 4, [])
    assert desk("inspection", "complete", record, *by).code == 0
    again = desk("inspection", "complete", record, "--by", "zhao-min", folder=other.path)
    assert again.code == 0
    late = desk("sync", folder=other.path)
    assert "Together with what others have recorded, these records would be wrong." in late.err
