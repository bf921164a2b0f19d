"""A serial number is in one place, whoever says otherwise: at each command, and of two people at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.commands import TICKET, Weibao, record_repository
from building.contract import SPARES, entry
from building.together import shared_repository

if TYPE_CHECKING:
    from pathlib import Path

    from building.repository import Repository

LEDGER = "records/spares.yaml"
PART = ("--part", "hw-s12700-mpu")
HERE = (*PART, "--depot", "suzhou-depot")
BY = ("--by", "sun-yu")
REPLACE = ("ticket", "part", "replace", "7K3Q9M", "--asset", "core-sw-01", *PART)
OPENED = entry("09:15", "opened", by="wang-lei")


@pytest.fixture
def weibao(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Weibao:
    log = (
        OPENED,
        entry("09:17", "assigned", by="wang-lei", to="li-qiang"),
        entry("09:20", "arrived"),
    )
    return Weibao(record_repository(tmp_path / "clone", log), monkeypatch, capsys)


def install(weibao: Weibao, serial: str, removed: str = "OLD1") -> str:
    ran = weibao(*REPLACE, "--removed-serial", removed, "--installed-serial", serial)
    return ran.err if ran.code else ""


def spares(weibao: Weibao, *words: str) -> str:
    ran = weibao("spares", *words, *BY)
    return ran.err if ran.code else ""


def test_each_command_says_where_the_piece_is(weibao: Weibao) -> None:
    """The week of a part, with what nobody can mean refused at each step, and nothing written."""
    assert "lies in suzhou-depot" in install(weibao, "HDMPU1")
    assert "No depot had" in install(weibao, "HDMPU7")
    assert not spares(weibao, "issue", *HERE, "--serial", "HDMPU1", "--ticket", TICKET)
    assert not install(weibao, "HDMPU1")
    before = weibao.repository.git("rev-parse", "HEAD")
    assert "installed in core-sw-01" in install(weibao, "HDMPU1", "OLD2")
    assert "installed in core-sw-01" in spares(weibao, "return", *HERE, "--serial", "HDMPU1")
    faulty = ("--ticket", TICKET, "--condition", "faulty")
    assert "took it out of no" in spares(weibao, "return", *HERE, "--serial", "OLD9", *faulty)
    assert "never received" in spares(weibao, "return", *HERE, "--serial", "OLD1")
    listed = ("receive", *HERE, "--serial", "2102HD0001", "--supplier", "华为")
    assert "installed in core-sw-01" in spares(weibao, *listed)
    assert weibao.repository.git("rev-parse", "HEAD") == before
    assert not spares(weibao, "return", *HERE, "--serial", "OLD1", *faulty)
    assert "faulty" in spares(weibao, "issue", *HERE, "--serial", "OLD1", "--ticket", TICKET)
    maker = ("--supplier", "华为", "--rma", "RMA-1001")
    assert not spares(weibao, "rma", "send", *HERE, "--serial", "OLD1", *maker)
    assert "At the maker: hw-s12700-mpu OLD1" in weibao("spares", "stock").out
    assert not spares(weibao, "rma", "return", *HERE, "--serial", "OLD1")
    taken_out = ("--ticket", TICKET, "--condition", "good")
    assert not spares(weibao, "return", *HERE, "--serial", "HDMPU1", *taken_out)
    assert weibao("check").out.startswith("✓")


def test_a_part_goes_into_equipment_that_it_fits(weibao: Weibao) -> None:
    repository = weibao.repository
    repository.write(LEDGER, SPARES.replace("fits: [S12708]", "fits: [S5735]"))
    repository.commit("目录", at="2026-11-20T09:30:00+08:00")
    assert not spares(weibao, "issue", *HERE, "--serial", "HDMPU1", "--ticket", TICKET)
    assert "does not fit core-sw-01" in install(weibao, "HDMPU1")


def test_of_two_who_issue_one_piece_the_second_is_told_before_it_lands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both wrote without a network between them; the merge keeps both lines, and the check says whose it is."""
    _, clones = shared_repository(tmp_path)
    one, other = (Weibao(clone, monkeypatch, capsys) for clone in clones)
    issue = ("issue", *HERE, "--serial", "HDMPU1", "--ticket", TICKET)
    assert not spares(one, *issue, "--at", "2026-11-20T09:25:00+08:00")
    assert not spares(other, *issue, "--at", "2026-11-20T09:27:00+08:00")
    assert one("sync").code == 0
    ran = other("sync")
    assert ran.code != 0
    assert "X301" in ran.err
    assert _issues(clones[0]) == 1
    landed = clones[0].git("rev-parse", "origin/main")
    assert clones[1].git("rev-parse", "origin/main") == landed, "nothing of it was sent"


def _issues(clone: Repository) -> int:
    return clone.git("show", f"HEAD:{LEDGER}").count("event: issued")
