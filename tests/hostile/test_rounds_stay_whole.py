"""A round is no smaller for what is written on its day or after it, and no wider for what nobody looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.audited import book_at, change_file
from building.contract import ASSETS, another_asset, entry, small_contract, ticket_path
from building.repository import Repository
from weibao.rules.book.work import check_planned

if TYPE_CHECKING:
    from pathlib import Path

MANAGER = "chen.jie@provider.example"
ROUND = "I20261125-4F2MXA"
AS_OF = "2026-12-20T09:00:00+08:00"
ENGINEER = "li.qiang@provider.example"
CHECKS = [("core-sw-01", "appearance"), ("core-sw-01", "temperature")]
LOG = (
    entry("2026-11-25T09:00:00+08:00", "started"),
    *(
        entry(f"2026-11-25T09:1{number}:00+08:00", "checked", asset=asset, item=item, status="ok")
        for number, (asset, item) in enumerate(CHECKS)
    ),
    entry("2026-11-25T10:00:00+08:00", "completed"),
)
SHORTER = ("records/assets.yaml", "2026-12-31}", "2026-11-24}")
FEWER = ("records/plan.yaml", "assets: {kinds: [switch]}", "assets: {ids: [core-sw-01]}")


def contract(path: Path) -> Repository:
    """Two switches, both in the round of the 25th of November; the engineer looks at one."""
    repository = Repository(path)
    register = {"records/assets.yaml": ASSETS + another_asset("acc-sw-02")}
    for name, text in (small_contract() | register).items():
        repository.write(name, text)
    repository.commit("合同", at="2026-11-01T09:00:00+08:00", by=MANAGER)
    return repository


def inspect(repository: Repository) -> None:
    head = f"id: {ROUND}\nplan: quarterly-inspection\nperiod: 2026-Q4\nassets: [core-sw-01]\nlog:\n"
    repository.write(ticket_path(ROUND), head + "".join(f"{line}\n" for line in LOG))
    repository.commit("巡检", at="2026-11-25T10:05:00+08:00", by=ENGINEER)


def shrink(repository: Repository, how: tuple[str, str, str], at: str) -> None:
    path, old, new = how
    text = repository.read(path)
    where = text.rindex(old)
    repository.write(path, text[:where] + new + text[where + len(old) :])
    repository.commit("改范围", at=at, by=MANAGER)


def told(repository: Repository) -> list[tuple[str, object]]:
    book = book_at(repository, as_of=AS_OF)
    return [(found.code, found.facts.get("assets")) for found in check_planned(book)]


GAP = [("O251", ("acc-sw-02",))]


@pytest.mark.parametrize("how", [SHORTER, FEWER], ids=["the register", "the plan"])
def test_what_is_taken_out_of_a_round_on_its_day_or_later_is_still_promised(
    tmp_path: Path, how: tuple[str, str, str]
) -> None:
    repository = contract(tmp_path / "clone")
    inspect(repository)
    assert told(repository) == GAP
    shrink(repository, how, "2026-11-25T11:00:00+08:00")
    assert told(repository) == GAP


@pytest.mark.parametrize("how", [SHORTER, FEWER], ids=["the register", "the plan"])
def test_what_was_taken_out_before_the_day_is_not_promised(
    tmp_path: Path, how: tuple[str, str, str]
) -> None:
    repository = contract(tmp_path / "clone")
    # The first record freezes the configuration: until then it may be edited freely.
    change_file(
        repository, "records/contract.yaml", "张工", "张 工", at="2026-11-02T09:00:00+08:00"
    )
    shrink(repository, how, "2026-11-20T11:00:00+08:00")
    inspect(repository)
    assert told(repository) == []
