"""A ticket is told alike by every command: as it was corrected, as of now, and paused where it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from building.contract import entry, ticket_path

if TYPE_CHECKING:
    from building.commands import Weibao

SUFFIX = "7K3Q9M"
PATH = ticket_path(f"T20261120-{SUFFIX}")
OLD, NEW = "主控板告警", "电源模块告警"
VIEWS = [
    ("ticket",),
    ("ticket", "list"),
    ("ticket", "show", SUFFIX),
    ("ticket", "show", SUFFIX, "--format", "json"),
    ("ticket", "list", "--format", "json"),
    ("status",),
    ("explain", SUFFIX),
    ("ticket", "update", SUFFIX, "--note", "在查", "--no-commit"),
]


def amend(weibao: Weibao, field: str, value: str) -> None:
    said = ("--field", field, "--value", value, "--reason", "登记时写错")
    assert weibao("ticket", "amend", SUFFIX, *said).code == 0


@pytest.mark.parametrize("view", VIEWS, ids=" ".join)
def test_a_corrected_title_is_told_and_the_first_one_no_more(
    weibao: Weibao, view: tuple[str, ...]
) -> None:
    amend(weibao, "title", NEW)
    told = weibao(*view)
    assert told.code in {0, 1}
    lines = [line for line in told.out.splitlines() if '"before"' not in line]
    assert NEW in told.out
    assert OLD not in "\n".join(lines)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("severity", "六级", "No severity is called"),
        ("severity", "8", "X107"),
        ("reported_at", "昨天", "at what time of the day"),
        ("reported_by", "nobody", "No contact"),
        ("id", "T20261120-2D8VXN", "no key"),
        ("log", "1", "no key"),
        ("nonsense", "1", "no key"),
    ],
)
def test_nonsense_is_no_correction(weibao: Weibao, field: str, value: str, said: str) -> None:
    before = weibao.repository.read(PATH)
    values = ("--field", field, "--value", value, "--reason", "登记时写错")
    told = weibao("ticket", "amend", SUFFIX, *values)
    assert told.code != 0
    assert said in told.err
    assert weibao.repository.read(PATH) == before


@pytest.mark.parametrize(
    ("corrected", "as_said", "written"),
    [
        (("--field", "reported_at"), "昨晚11点半", "2026-11-19T23:30:00+08:00"),
        (("--field", "reported_by"), "监控室", "factory-noc"),
        (("--field", "severity"), "三级", "3"),
        (("--entry", "受理", "--field", "note"), "昨晚", "昨晚"),
    ],
)
def test_a_correction_is_said_as_the_field_is(
    weibao: Weibao, corrected: tuple[str, ...], as_said: str, written: str
) -> None:
    ran = weibao("ticket", "amend", SUFFIX, *corrected, "--value", as_said, "--reason", "写错")
    assert ran.code == 0, ran.err
    assert f"Corrected to: {written}" in ran.out
    assert weibao("check").code == 0


def test_a_mistyped_report_is_corrected(weibao: Weibao) -> None:
    amend(weibao, "reported_at", "2026-11-20T09:02:00+08:00")
    shown = json.loads(weibao("ticket", "show", SUFFIX, "--format", "json").out)
    assert shown["reported_at"] == "2026-11-20T09:02:00+08:00"
    (amendment,) = shown["amendments"]
    assert (amendment["before"], amendment["counts"]) == ("2026-11-20T09:12:00+08:00", True)
    assert {one["start"] for one in shown["verdicts"]} == {"2026-11-20T09:02:00+08:00"}


def test_what_is_claimed_for_later_has_not_happened_in_any_view(weibao: Weibao) -> None:
    later = {"mode": "remote", "cause": "内存", "action": "重启"}
    weibao.repository.append(PATH, entry("11:00", "resolved", **later))
    weibao.repository.commit(at="2026-11-20T09:20:00+08:00")
    assert SUFFIX in weibao("status").out
    assert SUFFIX in weibao("ticket").out
    told = weibao("ticket", "update", SUFFIX, "--note", "在查", "--no-commit")
    assert "State: opened" in told.out


def test_a_paused_ticket_is_told_so(weibao: Weibao) -> None:
    assert weibao("ticket", "ack", SUFFIX).code == 0
    assert weibao("ticket", "pause", SUFFIX, "--reason", "site_access").code == 0
    for view in (("status",), ("ticket", "list"), ("ticket", "show", SUFFIX)):
        assert "(paused)" in weibao(*view).out, view


def test_a_level_of_other_terms_than_those_in_force_is_refused(weibao: Weibao) -> None:
    contract = weibao.repository.read("records/contract.yaml")
    fifth = """\
  - effective_from: 2026-12-15
    source: default-not-contract
    severities:
      - level: 5
        name: {zh: 五级, en: Wish}
        targets:
          respond: {within: 4h, clock: workdays}
escalation:
"""
    weibao.repository.write("records/contract.yaml", contract.replace("escalation:\n", fifth, 1))
    weibao.repository.commit("新条款", at="2026-11-20T09:18:00+08:00")
    told = weibao("ticket", "severity", SUFFIX, "--severity", "5")
    assert told.code != 0
    assert "X107" in told.err
    assert "X206" not in told.err  # one cause, one finding
