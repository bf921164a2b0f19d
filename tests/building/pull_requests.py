"""A small contract with two tickets of different age, and branches off it: pull requests to be."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from building.commands import Weibao
from building.contract import a_ticket, entry, small_contract, ticket_path
from building.repository import Repository
from weibao.render.json.difference_form import read_difference
from weibao.render.json.printed import printed

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

OPEN = "T20261120-7K3Q9M"
OLD = "T20261012-4F2MXA"
NOW = "2026-11-20T11:30:00+08:00"
DESK = "wang.lei@provider.example"

_OLD_STEPS = (
    ("09:05", "opened", {"by": "wang-lei"}),
    ("09:15", "acknowledged", {}),
    ("10:30", "arrived", {}),
    ("12:00", "restored", {"mode": "on_site"}),
    ("12:30", "resolved", {"mode": "on_site", "cause": "内存故障", "action": "更换主控板"}),
)


def on(day: str, clock: str) -> str:
    """A moment of the contract's zone."""
    return f"{day}T{clock}:00+08:00"


def records(path: Path) -> Repository:
    """An old ticket resolved in three hours and a half, and one of today at which someone has arrived."""
    repository = Repository(path)
    for name, text in small_contract().items():
        repository.write(name, text)
    repository.commit("合同", at="2026-01-05T09:00:00+08:00")
    old = ticket_path(OLD)
    for clock, event, data in _OLD_STEPS:
        line = entry(on("2026-10-12", clock), event, **data)
        if event == "opened":
            text = a_ticket(OLD, reported_at=on("2026-10-12", "09:00"), log=(line,))
            repository.write(old, text)
        else:
            repository.append(old, line)
        repository.commit(event, at=on("2026-10-12", clock))
    today = ticket_path(OPEN)
    repository.write(today, a_ticket(log=(entry("09:15", "opened", by="wang-lei"),)))
    repository.commit("opened", at=on("2026-11-20", "09:16"), by=DESK)
    for clock, event in (("09:20", "acknowledged"), ("10:30", "arrived")):
        repository.append(today, entry(clock, event))
        repository.commit(event, at=on("2026-11-20", clock))
    return repository


def on_a_branch(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Weibao:
    """The command on a branch of the small repository, late in the morning."""
    weibao = Weibao(records(path / "clone"), monkeypatch, capsys)
    weibao.set_clock(NOW)
    weibao.repository.branch("change")
    return weibao


def replace(repository: Repository, path: str, old: str, new: str) -> None:
    """Change a text of a file, which must have it."""
    text = repository.read(path)
    assert old in text
    repository.write(path, text.replace(old, new, 1))


def diff(
    weibao: Weibao, *options: str, base: str = "main", head: str = "change"
) -> tuple[int, dict[str, Any]]:
    """The exit code and the values, which have passed the check of their form and are told again alike."""
    ran = weibao("diff", base, head, "--format", "json", *options)
    assert ran.err == ""
    assert printed(read_difference(ran.out.encode())) == ran.out
    return ran.code, json.loads(ran.out)
