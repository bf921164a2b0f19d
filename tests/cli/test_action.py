"""Every verb of ``weibao action``: raised, done, verified, in this order and each once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from building.refusing import refused

if TYPE_CHECKING:
    from building.commands import Weibao

PATH = "records/actions.yaml"
BY = ("--by", "chen-jie")
NEW = ("--action", "spare-in-wuxi")
RAISE = (
    *("action", "raise", *NEW, "--text", "无锡增设备件", "--owner", "sun-yu"),
    *("--due", "2026-11-25", *BY),
)


def test_an_action_is_raised_done_and_verified_one_line_and_one_commit_each(
    weibao: Weibao,
) -> None:
    repository = weibao.repository
    for command in (
        (*RAISE, "--about", "7K3Q9M"),
        ("action", "done", *NEW, "--by", "sun-yu", "--note", "已到货"),
        ("action", "verify", *NEW, *BY),
    ):
        before, parent = repository.read(PATH), repository.head
        ran = weibao(*command)
        assert ran.code == 0, ran.err
        assert repository.read(PATH).startswith(before)
        assert repository.git("diff", "--name-only", parent, "HEAD").split() == [PATH]
    assert "about: {ticket: T20261120-7K3Q9M}" in repository.read(PATH)
    assert weibao("check").code == 0
    told = {
        one["action"]: one
        for one in json.loads(weibao("action", "list", "--format", "json").out)["actions"]
    }
    assert told["spare-in-wuxi"]["state"] == "verified"
    assert [step["event"] for step in told["spare-in-wuxi"]["steps"]] == [
        *("raised", "done", "verified")
    ]
    assert "label-patch-panels" in weibao("action", "list", "--open").out
    assert "spare-in-wuxi" not in weibao("action", "list", "--open").out


def test_an_action_is_overdue_from_the_day_after_it_was_due_until_it_is_done(
    weibao: Weibao,
) -> None:
    weibao.set_clock("2026-12-15T23:59:00+08:00")
    assert "overdue" not in weibao("action", "list").out
    weibao.set_clock("2026-12-16T00:00:00+08:00")
    assert "✗ overdue" in weibao("action", "list").out
    assert "逾期" in weibao("action", "list", lang="zh").out
    weibao("action", "done", "--action", "label-patch-panels", "--by", "li-qiang")
    assert "overdue" not in weibao("action", "list").out


@pytest.mark.parametrize(
    ("about", "written"),
    [
        ("finding:O101", "{finding: O101}"),
        ("O101", "{finding: O101}"),
        ("audit:2026-11", "{audit: 2026-11}"),
        ("ticket:7K3Q9M", "{ticket: T20261120-7K3Q9M}"),
    ],
)
def test_what_an_action_is_about_is_named_in_few_letters(
    weibao: Weibao, about: str, written: str
) -> None:
    assert weibao(*RAISE, "--about", about).code == 0
    assert f"about: {written}" in weibao.repository.read(PATH)


def test_the_first_action_of_a_contract_begins_the_file(weibao: Weibao) -> None:
    repository = weibao.repository
    repository.git("rm", "-q", PATH)
    repository.commit(at="2026-11-20T09:20:00+08:00")
    ran = weibao(*RAISE, "--about", "O101")
    assert ran.code == 0, ran.err
    assert repository.read(PATH).count("event: raised") == 1
    assert repository.git("status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("action", "verify", "--action", "label-patch-panels", *BY), 1, "raised"),
        (("action", "done", "--action", "never-raised", *BY), 1, "X108"),
        ((*RAISE, "--about", "ZZZZZZ"), 2, "weibao inspection list"),
        ((*RAISE, "--about", "finding:none"), 1, "R205"),
        ((*RAISE, "--about", "O101", "--due", "2026-02-30"), 2, "names a day"),
        ((*RAISE, "--about", "O101", "--owner", "nobody"), 2, "Nobody is called"),
        ((*RAISE, "--about", "O101", "--at", "2026-11-22 09:00"), 2, "still to come"),
        ((*RAISE, "--about", "O101", "--action", "label-patch-panels"), 1, "X201"),
        (RAISE, 2, "--about"),
    ],
)
def test_a_step_that_cannot_be_is_refused_and_nothing_is_written(
    weibao: Weibao, arguments: tuple[str, ...], code: int, said: str
) -> None:
    ran = refused(weibao, *arguments)
    assert ran.code == code, ran.err
    assert said in ran.err
